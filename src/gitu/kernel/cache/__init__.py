"""Caching: one protocol, a bounded memory of this process, and Redis where several machines share one."""

from gitu.kernel.cache.base import Cache, Held
from gitu.kernel.cache.memory import MemoryCache
from gitu.kernel.cache.opening import open_cache

__all__ = ["Cache", "Held", "MemoryCache", "open_cache"]
