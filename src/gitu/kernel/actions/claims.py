"""What a run of an action can prove: that something was sent, saved, deleted, paid, run, shared, scheduled.

It follows from the verb in the action's name; an action whose verb says too little or too much names its kinds itself.
"""

from enum import StrEnum


class Claim(StrEnum):
    """What an answer may say that it did. ``DECIDED`` is the person's alone: nothing that acts for them proves it."""

    SENT = "sent"
    SAVED = "saved"
    DELETED = "deleted"
    PAID = "paid"
    RAN = "ran"
    SHARED = "shared"
    SCHEDULED = "scheduled"
    DECIDED = "decided"


def _verbs(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VERBS: dict[Claim, frozenset[str]] = {
    Claim.SENT: _verbs("send reply forward email mail message notify post publish submit"),
    Claim.DELETED: _verbs("delete remove revoke erase clear forget cancel disable purge reset unlink undo"),
    Claim.PAID: _verbs("pay transfer buy order book refund purchase reserve"),
    Claim.RAN: _verbs("run execute start stop restart launch build deploy install test close end resume"),
    Claim.SHARED: _verbs("share invite publish allow grant post"),
    Claim.SCHEDULED: _verbs("schedule plan remind postpone reschedule cancel"),
    Claim.SAVED: _verbs(
        "add adopt append archive attach change close complete connect copy create disable edit enable end import"
        " make mark merge move open post publish put record refund rename renew reset restore resume save set start"
        " store tag undo unlink update upload write"
    ),
}


def proven_by(verb: str) -> frozenset[Claim]:
    """What an action of that verb (``delete_session``) proves once it ran; what changes anything saves something."""
    first = verb.partition("_")[0]
    return frozenset(kind for kind, verbs in _VERBS.items() if first in verbs) or frozenset({Claim.SAVED})
