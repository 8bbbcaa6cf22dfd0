"""The models feature's errors; every failure of a provider becomes one of them (see ``upstream.py``)."""

from typing import ClassVar

from gitu.kernel.errors import Conflict, Denied, Invalid, NotFound, TooMany, Unavailable, UpstreamFailed


class NoModel(Unavailable):
    code = "models.none"
    title = "No model is connected"
    text = (
        "No model is connected yet. Connect one under Settings, Models, or with "
        "`gitu models create-connection`; commands that start with / work without one."
    )


class NoModelFits(Unavailable):
    code = "models.none_fits"
    title = "No model can do this"
    text = (
        "No connected model can take this request of {$tokens} tokens (way of choosing: {$mode}); "
        "connect one that can, or choose a model yourself."
    )


class ModelUnknown(NotFound):
    code = "models.unknown"
    title = "No such model"
    text = "There is no model {$model} for you; choose one of the list of models."


class ConnectionUnknown(NotFound):
    code = "models.connection_unknown"
    title = "No such connection"
    text = "There is no connection {$id}, or it is not yours; list yours and choose one of them."


class SharingDenied(Denied):
    code = "models.sharing_denied"
    text = "Only the owner or an admin may manage what is shared; keep it personal, or ask one of them."


class AddressInvalid(Invalid):
    code = "models.address_invalid"
    title = "The address can't be used"
    text = "{$address} can't be used as a model's address: {$reason}."


class AddressNeeded(Invalid):
    code = "models.address_needed"
    title = "The address is missing"
    text = "An OpenAI-compatible server needs its address, such as http://127.0.0.1:11434/v1; add base_url."


class KeyNeeded(Invalid):
    code = "models.key_needed"
    title = "The key is missing"
    text = "{$provider} needs an API key; add one to the connection."


class KeyUnreadable(Unavailable):
    code = "models.key_unreadable"
    title = "The key can't be read"
    text = "The key of {$connection} can't be read with this Gitu's encryption keys; enter it again."


class TooManyConnections(Conflict):
    code = "models.too_many_connections"
    title = "Too many connections"
    text = "You have {$limit} connections already; delete one that you don't use."


class OfferGone(NotFound):
    code = "models.offer_gone"
    title = "Not there any more"
    text = "What was offered ({$name}) is not there any more; look again for what can be connected."


class ModelCallFailed(UpstreamFailed):
    """A call that a provider did not answer as it should; ``model_id`` names the model that was asked."""

    code = "models.call_failed"
    title = "The model did not answer"
    text = "{$connection} failed while {$model} was answering; try again, or choose another model."
    fallback: ClassVar[bool] = True
    model_id: str = ""


class ModelUnreachable(ModelCallFailed):
    code = "models.unreachable"
    title = "The model can't be reached"
    text = "{$connection} can't be reached at {$address}; check the address and that the server runs."


class ModelRedirected(ModelCallFailed):
    code = "models.redirected"
    title = "The address points elsewhere"
    text = "{$connection} redirects elsewhere, where your key is not sent; enter the final address."


class ModelKeyRefused(ModelCallFailed):
    code = "models.key_refused"
    title = "The key was refused"
    text = "{$connection} refused the API key; enter a valid one under Settings, Models."


class ModelQuotaUsedUp(ModelCallFailed):
    code = "models.quota_used_up"
    title = "The quota is used up"
    text = "The account at {$connection} has no credit or quota left; top it up, or choose another model."


class ModelRateLimited(ModelCallFailed, TooMany):
    status = 429
    code = "models.rate_limited"
    title = "Too many requests to the model"
    text = "{$connection} takes no more requests for the moment; wait a little, or choose another model."


class ModelRateLimitedUntil(ModelRateLimited):
    code = "models.rate_limited_until"
    text = "{$connection} takes no more requests for {$seconds} seconds; wait so long, or choose another model."


class ModelContextTooLong(ModelCallFailed):
    code = "models.context_too_long"
    title = "The conversation is too long"
    text = "The conversation is too long for {$model}; start a new one, or choose a model with a larger window."


class ModelNotThere(ModelCallFailed):
    code = "models.not_there"
    title = "The provider has no such model"
    text = "{$connection} has no model {$model}, or its address is wrong; choose another or mend the address."


class ModelRejected(ModelCallFailed):
    code = "models.rejected"
    title = "The provider rejected the request"
    text = "{$connection} rejected the request to {$model} ({$reason}); choose another model."


class ModelOverloaded(ModelCallFailed):
    code = "models.overloaded"
    title = "The provider is overloaded"
    text = "{$connection} is overloaded or down for the moment; try again soon, or choose another model."


class ModelServerFailed(ModelCallFailed):
    code = "models.server_failed"
    title = "The provider failed"
    text = "{$connection} failed on its side; try again in a moment, or choose another model."


class ModelTimedOut(ModelCallFailed):
    code = "models.timed_out"
    title = "The model fell silent"
    text = "{$model} said nothing for {$seconds} seconds; try again, or choose another model."


class ModelCut(ModelCallFailed):
    code = "models.cut"
    title = "The answer broke off"
    text = "{$connection} broke off in the middle of the answer; what came is kept. Send the message again."
    fallback = False


class ModelAnswerMalformed(ModelCallFailed):
    code = "models.malformed"
    title = "The answer can't be read"
    text = "{$connection} sent no valid answer; try again, and check that its address is a model API."
