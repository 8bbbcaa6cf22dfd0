"""Jobs and chores of models."""

from gitu.features.models.embeddings import workflows as embeddings  # they register themselves

__all__ = ["embeddings"]
