"""What is told of kept answers: that they were forgotten."""

from gitu.kernel.events.types import Event


class CacheCleared(Event):
    """The event's owner has none left; with ``everyone`` nobody has."""

    type = "model_cache.cleared"
    everyone: bool
