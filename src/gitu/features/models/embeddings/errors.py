"""What can go wrong with embeddings and vector spaces; a provider's failures are in the feature's own errors."""

from gitu.kernel.errors import Conflict, Invalid, NotFound, TooLarge, Unavailable, UpstreamFailed


class EmbeddingModelUnknown(NotFound):
    code = "models.embedding_model_unknown"
    title = "No such embedding model"
    text = "There is no embedding model {$model} for you; choose one of the list of embedding models."


class LocalModelMissing(Unavailable):
    code = "models.local_model_missing"
    title = "The model is not installed"
    text = "The model {$model} is not installed here; run pip install 'gitu[embeddings]', or choose another one."


class LocalModelFailed(Unavailable):
    code = "models.local_model_failed"
    title = "The model on this machine failed"
    text = "The model {$model} on this machine broke off twice; see whether memory is free, and try again."


class TextEmpty(Invalid):
    code = "models.text_empty"
    title = "An empty text has no vector"
    text = "Text number {$number} is empty, and an empty text has no vector; leave it out."


class TooManyTexts(TooLarge):
    code = "models.too_many_texts"
    title = "Too many texts at once"
    text = "{$count} texts are more than the {$limit} that are embedded at once; send them in parts."


class DimensionsChanged(UpstreamFailed):
    code = "models.dimensions_changed"
    title = "The vectors have another length"
    text = "{$model} made vectors of {$found} numbers, not of {$expected} as before; compute those of {$index} anew."


class IndexUnknown(NotFound):
    code = "models.index_unknown"
    title = "No such index"
    text = "There is no index {$index}; these are there: {$known}."


class VectorSpaceUnknown(NotFound):
    code = "models.vector_space_unknown"
    title = "No such vectors"
    text = "There are no vectors {$id}, or they are not yours; list yours and choose one of them."


class NotBuilding(Conflict):
    code = "models.not_building"
    title = "Nothing to cancel"
    text = "The vectors of {$index} are not being computed, so there is nothing to cancel."
