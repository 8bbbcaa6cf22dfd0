"""Jobs and chores of models."""

from gitu.features.models.embeddings import workflows as embeddings  # they register themselves
from gitu.features.models.nodes import workflows as nodes

__all__ = ["embeddings", "nodes"]
