"""What can go wrong: answers in OpenAI's shape (ApiError), and why a node can't start (NodeProblem).

ApiError
├── BadRequest 400 · KeyMissing 401 · NotLocal 403 · ModelNotFound, NotFound 404 · TooLarge 413 · Unreadable 408
├── QueueFull 429 · NotReady 503
└── Failed 500 · UpstreamFailed 502
"""

from typing import ClassVar


class ApiError(Exception):
    """One refusal: status, OpenAI's ``type`` and ``code``, and a sentence with the way out."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "server_error"
    code: str = "failed"

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.retry_after_s = retry_after_s
        if code is not None:
            self.code = code

    def body(self) -> dict[str, object]:
        """As OpenAI tells it."""
        return {"error": {"message": self.message, "type": self.type, "param": self.param, "code": self.code}}


class BadRequest(ApiError):
    """The request can't be understood, or asks for what this node does not do."""

    status, type, code = 400, "invalid_request_error", "invalid_value"


class KeyMissing(ApiError):
    """No key, or a wrong one."""

    status, type, code = 401, "invalid_request_error", "invalid_api_key"


class NotLocal(ApiError):
    """A web page, or a name from elsewhere, reaches for a node that has no key."""

    status, type, code = 403, "invalid_request_error", "not_local"


class ModelNotFound(ApiError):
    """Another model is asked for than the one served."""

    status, type, code = 404, "invalid_request_error", "model_not_found"


class NotFound(ApiError):
    """No such address."""

    status, type, code = 404, "invalid_request_error", "not_found"


class Unreadable(ApiError):
    """The request's body did not arrive in time."""

    status, type, code = 408, "invalid_request_error", "timeout"


class TooLarge(ApiError):
    """The request's body is over the limit."""

    status, type, code = 413, "invalid_request_error", "too_large"


class QueueFull(ApiError):
    """As many wait as may."""

    status, type, code = 429, "rate_limit_error", "queue_full"


class NotReady(ApiError):
    """The model is being loaded, the node is being stopped, or what it fronts is away."""

    status, type, code = 503, "server_error", "not_ready"


class Failed(ApiError):
    """The model failed."""


class UpstreamFailed(ApiError):
    """What this node fronts could not be reached, or broke off."""

    status, type, code = 502, "server_error", "upstream_failed"


class NodeProblem(Exception):
    """Why a node can't start: ``key`` names the sentence in the locale files, ``params`` fill it."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params
