"""The tree of errors a person may see: a status, a stable code, one sentence with the way out.

    GituError
    ├── Invalid 422          ├── Unauthenticated 401   ├── Denied 403
    ├── NotFound 404         ├── Conflict 409          ├── TooLarge 413
    ├── TooMany 429          ├── UpstreamFailed 502    └── Unavailable 503

``text`` is a Fluent pattern in English; Arabic stands beside it in the package's ``locale/ar.ftl``.
"""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import BaseModel, PrivateAttr

from gitu.kernel.i18n import (
    Localisable,
    Words,
    error_key,
    error_title_key,
    format_pattern,
    said,
    translate,
    translate_or,
)

_PLACEABLE = re.compile(r"\{\s*\$([a-z_]+)\s*\}")


class FieldProblem(BaseModel):
    """One problem of one input field; ``path`` is dotted (``lines.0.amount``), empty for the whole input."""

    path: str
    message: str
    _words: Localisable | None = PrivateAttr(None)

    @classmethod
    def of(cls, path: str, key: str, /, **params: object) -> Self:
        """The problem that the message ``key`` of the locale files tells."""
        return cls.told(path, Words(key, **params))

    @classmethod
    def told(cls, path: str, words: Localisable) -> Self:
        """The problem in words that exist in every language; ``message`` is their English."""
        problem = cls(path=path, message=words.localised("en"))
        problem._words = words
        return problem

    def localised(self, locale: str) -> str:
        """The message in ``locale``."""
        return self.message if self._words is None or locale == "en" else self._words.localised(locale)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FieldProblem) and (self.path, self.message) == (other.path, other.message)

    __hash__ = None


class Summary:
    """Problems in one line, in whatever language it is asked for."""

    def __init__(self, fields: list[FieldProblem]) -> None:
        self._fields = fields

    def __str__(self) -> str:
        return self.localised("en")

    def localised(self, locale: str) -> str:
        """The line in ``locale``; a field's path is the same everywhere."""
        if not self._fields:
            return translate("field-summary-none", locale)
        whole = translate("field-whole-input", locale)
        told = (f"{field.path or whole}: {field.localised(locale)}" for field in self._fields)
        return translate("field-summary-separator", locale).join(told)


class Problem(BaseModel):
    """What a door tells of an error (RFC 9457 problem details, media type application/problem+json)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: list[FieldProblem] = []
    request_id: str | None = None
    retry_after: float | None = None


class GituError(Exception):
    """Base of every error that reaches a person. ``params`` fill the placeables of ``text``."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"
    text: ClassVar[str] = "Something went wrong here; the log has the details under request {$request_id}."

    def __init__(
        self,
        *,
        fields: list[FieldProblem] | None = None,
        retry_after: float | None = None,
        **params: Any,  # whatever the sentence names: text, numbers, dates
    ) -> None:
        self.params = params
        self.fields = fields or []
        self.retry_after = retry_after
        super().__init__(self.english())

    def english(self) -> str:
        """The sentence in English, for logs and for the command line before a locale is known."""
        return _PLACEABLE.sub(lambda match: str(self.params.get(match[1], match[0])), self.text)

    def localised(self, locale: str) -> str:
        """The sentence in ``locale``; English where a translation is missing."""
        params = {name: said(value, locale) for name, value in self.params.items()}
        if locale == "en":
            return format_pattern(self.text, locale, **params)
        return translate_or(error_key(self.code), self.text, locale, **params)

    def _title(self, locale: str) -> str:
        if locale == "en":
            return self.title
        return translate_or(error_title_key(self.title_code()), self.title, locale)

    @classmethod
    def title_code(cls) -> str:
        """The code of the class that gave this error its title: its own, or that of the base it takes it from."""
        return next(base.code for base in cls.__mro__ if issubclass(base, GituError) and "title" in vars(base))

    def problem(self, locale: str = "en", request_id: str | None = None) -> Problem:
        """This error as problem details in ``locale``."""
        self.params.setdefault("request_id", request_id or "-")
        return Problem(
            type=f"urn:gitu:error:{self.code}",
            title=self.title
            if locale == "en"
            else translate_or(error_title_key(self.title_code()), self.title, locale),
            status=self.status,
            code=self.code,
            detail=self.localised(locale),
            fields=[FieldProblem(path=field.path, message=field.localised(locale)) for field in self.fields],
            request_id=request_id,
            retry_after=self.retry_after,
        )


class Invalid(GituError):
    """The input does not fit; ``fields`` names every problem."""

    status = 422
    code = "input.invalid"
    title = "The input does not fit"
    text = "{$summary}"


class Unauthenticated(GituError):
    status = 401
    code = "auth.required"
    title = "Sign in first"
    text = "You are not signed in; sign in and try again."


class Denied(GituError):
    status = 403
    code = "auth.denied"
    title = "Not permitted"
    text = "You may not do this: it needs the permission {$scope}. Ask an admin of this Gitu for it."


class NotFound(GituError):
    status = 404
    code = "not_found"
    title = "Not found"
    text = "There is no {$what} {$id}, or it is not yours; list yours and choose one of them."


class Conflict(GituError):
    status = 409
    code = "conflict"
    title = "In conflict with what is there"
    text = "{$what} conflicts with what is there; load it again and repeat the change."


class TooLarge(GituError):
    status = 413
    code = "input.too_large"
    title = "Too large"
    text = "The request has more than {$limit} bytes; send less at once."


class TooMany(GituError):
    status = 429
    code = "too_many"
    title = "Too many requests"
    text = "Too many attempts; wait {$seconds} seconds and try again."


class UpstreamFailed(GituError):
    status = 502
    code = "upstream.failed"
    title = "A service outside failed"
    text = "{$service} failed: {$reason}."


class Unavailable(GituError):
    status = 503
    code = "unavailable"
    title = "Not available now"
    text = "{$what} is not available now; try again in a moment."


class ActionUnknown(NotFound):
    code = "action.unknown"
    text = "There is no action {$name}. Did you mean {$nearest}? /help lists all of them."


class DoorClosed(Denied):
    code = "action.door_closed"
    text = "{$name} can't be run from here ({$door}); do it yourself in the web app or the terminal."


class ApprovalNeeded(GituError):
    """Held by the risk gate; ``params['approval_id']`` names the stored request."""

    status = 403
    code = "action.approval_needed"
    title = "Waiting for your approval"
    text = "{$name} waits for your approval ({$approval_id}). See what it would do, then approve or deny it."


class ApprovalDenied(Denied):
    code = "action.approval_denied"
    title = "You denied this"
    text = "{$name} was denied; it did not run. Ask again only if you changed your mind."


class ApprovalExpired(Denied):
    code = "action.approval_expired"
    title = "Nobody answered in time"
    text = "The request for {$name} expired before somebody answered; it did not run. Ask again if it is still wanted."


class ApprovedButFailed(Conflict):
    code = "action.approved_but_failed"
    title = "Approved, but it failed"
    text = "{$name} was approved and failed ({$reason}); look at what came of it before you ask again."


class ApprovedButCut(Conflict):
    code = "action.approved_but_cut"
    title = "Approved, then cut off"
    text = (
        "{$name} was approved and begun, and then cut off: nobody knows whether it was done. Look at what came of it."
    )


class TooManyPending(TooMany):
    code = "action.too_many_pending"
    title = "Too much waits for you"
    text = "{$limit} requests wait for your answer already; decide on them before more are made."


class TooManyGrants(Conflict):
    code = "grant.too_many"
    title = "Too many permissions"
    text = "You have {$limit} permissions in force already; revoke some that you don't need."


class TooManyHeld(TooMany):
    """For the model of an answer: its person has enough to decide on."""

    code = "action.too_many_held"
    title = "Enough was asked for here"
    text = "{$limit} requests of this answer or conversation wait for you or were denied; decide on them first."


class GrantNeeded(Denied):
    """For what acts for a person and asks for something that can't wait for an approval."""

    code = "action.grant_needed"
    title = "Not allowed beforehand"
    text = "{$name} can't wait for an approval; allow it to this key under Permissions, or do it yourself."


class OutcomeUnknown(Conflict):
    code = "action.outcome_unknown"
    title = "Nobody knows whether it ran"
    text = "{$name} was begun with this key and cut off; look at what came of it, then ask again with a new key."


class IdempotencyKeyReused(Conflict):
    code = "idempotency.key_reused"
    text = "The idempotency key {$key} was used before with other input; send a new key."


class IdempotencyReplayHidden(Conflict):
    code = "idempotency.answer_not_kept"
    text = "{$name} ran already with this key; its answer held a secret and was not kept. Create a new one."


def all_errors(base: type[GituError] = GituError) -> Iterator[type[GituError]]:
    """Every error class that has been imported, the base first (translations are checked against it)."""
    yield base
    for child in base.__subclasses__():
        yield from all_errors(child)
