"""What the gateway refuses by itself."""

from gitu.features.models.errors import ModelCallFailed
from gitu.kernel.errors import Invalid, TooMany, Unavailable


class TooManyRequests(TooMany):
    code = "gateway.too_many_requests"
    title = "Too many requests"
    text = "{$most} requests a minute are allowed, and they are used up; wait a little, or ask for a higher limit."


class LimitUnchecked(Unavailable):
    code = "gateway.limit_unchecked"
    title = "The limit can't be checked"
    text = "The database is away, so the limit of requests can't be checked; try again in a moment."


class ModelMissing(Invalid):
    code = "gateway.model_missing"
    title = "The model is missing"
    text = "The request names no model; set model to one of /v1/models, or to gitu/auto."


class ModelNotAtDoor(ModelCallFailed):
    code = "gateway.model_not_at_door"
    title = "Not through the gateway"
    text = (
        "{$connection} takes OpenAI's requests for OpenAI's models only, and {$model} is none; choose another model. "
        "The assistant can use it."
    )
