"""What can go wrong on the command line: one sentence each, from the locale files, and an exit code."""

from gitu.doors.cli.language import say

FAILED = 1
MISUSED = 2
UNREACHABLE = 3
SIGN_IN_NEEDED = 4


class CliError(Exception):
    """``key`` names the sentence; ``params`` fill it."""

    def __init__(self, key: str, *, exit_code: int = FAILED, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.exit_code = exit_code
        self.params = params

    def sentence(self) -> str:
        """The sentence in the person's language."""
        return say(self.key, **self.params)


class Problem(CliError):
    """A refusal or failure told by the server, in its own words (RFC 9457)."""

    def __init__(self, status: int, code: str, detail: str, body: dict[str, object] | None = None) -> None:
        super().__init__("cli-problem", exit_code=SIGN_IN_NEEDED if status == 401 else FAILED)
        self.status = status
        self.code = code
        self.detail = detail
        self.body = body or {"status": status, "code": code, "detail": detail}

    def sentence(self) -> str:
        """The server's sentence."""
        return self.detail
