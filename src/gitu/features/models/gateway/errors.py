"""What the gateway refuses by itself."""

from gitu.kernel.errors import Invalid, TooMany, Unavailable


class TooManyRequests(TooMany):
    code = "gateway.too_many_requests"
    title = "Too many requests"
    text = "{$most} requests a minute are allowed, and they are used up; wait a little, or ask for a higher limit."


class LimitUnchecked(Unavailable):
    code = "gateway.limit_unchecked"
    title = "The limit can't be checked"
    text = "The database is away, so the limit of requests can't be checked; try again in a moment."


class DatabaseAway(Unavailable):
    code = "gateway.database_away"
    title = "The database is away"
    text = "The database is away, so nothing was asked; try again in a moment."


class ModelMissing(Invalid):
    code = "gateway.model_missing"
    title = "The model is missing"
    text = "The request names no model; set model to one of /v1/models, or to gitu/auto."
