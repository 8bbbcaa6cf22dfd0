"""Showing the server again who sits at the terminal, where it asks before a new way in."""

import sys
from collections.abc import Callable
from typing import Any

from gitu.doors.cli import output, secrets
from gitu.doors.cli.errors import Problem
from gitu.doors.cli.language import say

NEEDED = "auth.confirmation_needed"
_PATH = "/api/v1/me/confirmation"
_TRIES = 3


def confirm(send: Callable[[str, str, object], Any]) -> bool:
    """Ask for the password, or a code where it is left empty; whether the server took it.

    False without a terminal, where nobody can answer. Raises Problem for what another try would not help.
    """
    if not sys.stdin.isatty():
        return False
    output.note(say("confirm-why"))
    for _ in range(_TRIES):
        password = secrets.ask("confirm-ask-password")
        proof = {"password": password} if password else {"code": secrets.ask("confirm-ask-code")}
        try:
            send("POST", _PATH, proof)
        except Problem as problem:
            if problem.status != 422:
                raise
            output.note(problem.sentence(), "red")
        else:
            return True
    return False
