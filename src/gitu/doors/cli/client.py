"""The terminal as a client of a server: who one is there, and how to run an action on it."""

import platform
import re
from collections.abc import Generator, Mapping
from typing import IO, Any, Self, cast
from urllib.parse import quote

from gitu.doors.cli import transport
from gitu.doors.cli.confirming import NEEDED, confirm
from gitu.doors.cli.credentials import Credentials
from gitu.doors.cli.errors import SIGN_IN_NEEDED, CliError, Problem
from gitu.doors.cli.language import language
from gitu.doors.cli.transport import Event

API = "/api/v1"
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Client:
    """One server and one identity on it. ``credentials`` are refreshed and kept when they run out."""

    def __init__(self, url: str, *, token: str | None = None, credentials: Credentials | None = None) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._credentials = credentials

    def __enter__(self) -> Self:
        """For symmetry with clients that hold a connection."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held between calls."""

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, object] | None = None,
        api: bool = True,
        timeout: float = transport.ANSWER_TIMEOUT_S,
    ) -> Any:  # Any: the answer's JSON
        """The answer's JSON, None for an empty one. Raises Problem or CliError."""
        whole = transport.with_query((API if api else "") + path, query or {})

        for _ in range(2):  # a sign-in that ran out, and a person who has to show that it is them
            try:
                return self._send(method, whole, body, timeout)
            except Problem as problem:
                expired = problem.code == "auth.expired" and self.refresh()
                if not expired and not (problem.code == NEEDED and confirm(self._send)):
                    raise self._explained(problem) from None
        return self._send(method, whole, body, timeout)

    def _send(self, method: str, path: str, body: object, timeout: float = transport.ANSWER_TIMEOUT_S) -> Any:
        return transport.request(self.url, method, path, headers=self._headers(), body=body, timeout=timeout).body

    def act(self, entry: Mapping[str, Any], payload: Mapping[str, Any]) -> Any:  # Any: JSON
        """Run an action of the catalogue by its REST route."""
        method, path = str(entry["http"]).split(" ")
        left = dict(payload)
        for name in _PLACE.findall(path):
            path = path.replace("{" + name + "}", in_path(left.pop(name)))
        if method in ("GET", "DELETE"):
            return self.call(method, path, query=left)
        # A body that may be empty is still asked for, unless all of the input stood in the path.
        fields = cast("Mapping[str, Any]", entry["input_schema"].get("properties", {}))
        has_body = bool(set(fields) - set(_PLACE.findall(str(entry["http"]))))
        return self.call(method, path, left if has_body else None)

    def save(self, path: str, file: IO[bytes]) -> int:
        """Write the bytes behind a path into a file; returns how many. Raises Problem or CliError."""
        self.call("GET", "/me")  # credentials that ran out are renewed
        return transport.save(self.url, API + path, file, headers=self._headers())

    def events(self, path: str, last_event_id: str = "") -> Generator[Event]:
        """A stream of server-sent events, from behind the given one on."""
        headers = self._headers()
        if last_event_id:
            headers["last-event-id"] = last_event_id
        yield from transport.events(self.url, API + path, headers=headers)

    def post_for_events(self, path: str, body: object) -> Generator[Event]:
        """The stream of server-sent events that answers a request."""
        self.call("GET", "/me")  # credentials that ran out are renewed
        yield from transport.events(self.url, API + path, headers=self._headers(), body=body)

    def date(self) -> str | None:
        """What the server's clock says (HTTP's Date header)."""
        return transport.request(self.url, "GET", "/health/live", headers=self._headers()).date

    def refresh(self) -> bool:
        """Trade the refresh token for new tokens and keep them; False when there is none or it no longer counts."""
        if self._credentials is None:
            return False
        headers = {**self._headers(), "authorization": f"Bearer {self._credentials.refresh_token}"}
        try:
            answer = transport.request(self.url, "POST", f"{API}/auth/refresh", headers=headers)
        except Problem:
            return False
        self._credentials = self._credentials.renewed(
            answer.body["access_token"], answer.body["refresh_token"], answer.body["refresh_expires_at"]
        )
        self._credentials.keep()
        return True

    def _headers(self) -> dict[str, str]:
        headers = {
            "accept-language": language(),
            "user-agent": f"gitu-cli {platform.node()[:60] or 'terminal'}",
            "x-gitu-door": "cli",
        }
        token = self._credentials.access_token if self._credentials else self._token
        if token:
            headers["authorization"] = f"Bearer {token}"
        # A header carries ASCII alone; a host's name may be anything.
        return {name: value.encode("ascii", "replace").decode() for name, value in headers.items()}

    def _explained(self, problem: Problem) -> CliError:
        """The local token counts once there is an owner; say so instead of speaking of sign-ins."""
        if problem.status == 401 and self._token and self._credentials is None:
            state = transport.request(self.url, "GET", f"{API}/instance", headers={}).body["state"]
            if state == "owner_needed":
                return CliError("cli-owner-needed", exit_code=SIGN_IN_NEEDED)
        return problem


def in_path(value: object) -> str:
    """A value as one segment of a path."""
    return quote(str(value), safe="")
