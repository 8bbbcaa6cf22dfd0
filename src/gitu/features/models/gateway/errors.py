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


class DatabaseAway(Unavailable):
    code = "gateway.database_away"
    title = "The database is away"
    text = "The database is away, so nothing was asked; try again in a moment."


class ModelMissing(Invalid):
    code = "gateway.model_missing"
    title = "The model is missing"
    text = "The request names no model; set model to one of /v1/models, or to gitu/auto."


class FieldRefused(Invalid):
    """``field``: which one, as ``param`` tells it."""

    code = "gateway.field_refused"
    title = "Not taken at the gateway"
    text = "{$field} ({$what}) can't be used at the gateway; leave it out."


class FieldUnfit(FieldRefused):
    code = "gateway.field_unfit"
    text = "{$field} is missing, or has not the form that OpenAI's API describes; correct it."


class NothingKept(FieldRefused):
    code = "gateway.nothing_kept"
    text = (
        "{$field} needs what was kept at the provider, and the gateway lets nothing be kept there; "
        "send the whole conversation in input."
    )


class NoBackground(FieldRefused):
    code = "gateway.no_background"
    text = "An answer in the background goes on when its budget is settled; leave {$field} out, and stream the answer."


class TierRefused(FieldRefused):
    code = "gateway.tier_refused"
    text = (
        "Nobody says what {$field} {$tier} costs, so budgets can't count it; "
        "use auto, default, flex, priority, fast or ultrafast."
    )


class ToolRefused(FieldRefused):
    code = "gateway.tool_refused"
    text = (
        "{$field}: a tool of the type {$type} runs at the provider and costs more than the tokens that budgets count; "
        "give the model functions instead."
    )


class OnlyAtOpenAI(FieldRefused):
    code = "gateway.only_at_openai"
    text = "{$field} ({$what}) is understood at OpenAI alone; leave it out, or name a model that is connected there."


class ModelNotAtDoor(ModelCallFailed):
    code = "gateway.model_not_at_door"
    title = "Not through the gateway"
    text = (
        "{$connection} takes OpenAI's requests for OpenAI's models only, and {$model} is none; choose another model. "
        "The assistant can use it."
    )
