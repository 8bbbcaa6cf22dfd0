"""What doors and higher tiers may ask of the assistant."""

from gitu.features.assistant.streams import Numbered, watch

__all__ = ["Numbered", "watch"]
