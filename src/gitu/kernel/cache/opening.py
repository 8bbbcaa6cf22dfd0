"""Which cache an installation has."""

from gitu.kernel.cache.base import Cache
from gitu.kernel.cache.memory import MemoryCache


def open_cache(redis_url: str | None = None) -> Cache:
    """The cache of this installation: Redis where its address is set, else this process's memory.

    Raises RuntimeError when Redis is wanted and its client is not installed.
    """
    if redis_url is None:
        return MemoryCache()
    try:
        from gitu.kernel.cache.shared import RedisCache  # noqa: PLC0415 - loads the Redis client
    except ImportError as missing:
        raise RuntimeError(
            "redis_url is set, but the Redis client is not installed; install gitu[redis], or remove the setting."
        ) from missing
    return RedisCache(redis_url)
