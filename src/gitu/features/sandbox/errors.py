"""The sandbox's errors."""

from typing import Any

from gitu.features.sandbox.reasons import Reason
from gitu.kernel.errors import Conflict, GituError, Invalid, TooMany, Unavailable


class _Reasoned(GituError):
    """An error whose ``reason`` is a sentence of its own, told in the language of the rest."""

    def __init__(self, *, reason: Reason, **params: Any) -> None:  # Any: as GituError
        self.reason = reason
        super().__init__(reason=str(reason), **params)

    def localised(self, locale: str) -> str:
        self.params["reason"] = self.reason.localised(locale)
        return super().localised(locale)


class SandboxUnavailable(_Reasoned, Unavailable):
    code = "sandbox.unavailable"
    title = "No sandbox"
    text = "Commands can't run here, since nothing can confine them: {$reason}"


class SandboxFailed(_Reasoned, Unavailable):
    code = "sandbox.failed"
    title = "The sandbox did not start"
    text = "The sandbox did not start: {$reason}"


class SandboxGone(_Reasoned, Conflict):
    code = "sandbox.gone"
    title = "The sandbox has ended"
    text = "The sandbox ended ({$reason}), and the command with it; run the command again in a new one."


class TooManySandboxes(TooMany):
    code = "sandbox.too_many"
    title = "Too many sandboxes"
    text = "{$count} sandboxes are running already; end one of them, or wait until one is idle and closes."


class FolderRefused(_Reasoned, Invalid):
    code = "sandbox.folder_refused"
    title = "This folder can't be shared with a sandbox"
    text = "The folder {$folder} can't be shared with a sandbox: {$reason}"


class CommandNotStarted(_Reasoned, Invalid):
    code = "sandbox.command_not_started"
    title = "The command did not start"
    text = "The command did not start: {$reason}"


class HostRuleInvalid(Invalid):
    code = "sandbox.host_rule_invalid"
    title = "This host can't be allowed"
    text = "{$rule} names no host; write pypi.org, *.example.org:443 or 10.0.0.5:8080."
