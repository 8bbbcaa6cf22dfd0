"""Trust's errors."""

from gitu.kernel.errors import Conflict, Denied, Invalid


class ApprovalClosed(Conflict):
    code = "approval.closed"
    title = "Decided already"
    text = "This request is {$state} already; ask the assistant again if you still want it."


class NotForDelegates(Denied):
    code = "approval.not_for_delegates"
    title = "Only you can decide this"
    text = "An approval is yours to give, in the web app or the terminal; nothing that acts for you can give it."


class GrantTooNarrow(Invalid):
    code = "grant.too_narrow"
    title = "These limits don't cover the request"
    text = "The limits leave out what this very request touches; widen them, or approve it just once."


class GrantUnknownAction(Invalid):
    code = "grant.unknown"
    title = "Nothing has this name"
    text = "{$covers} is neither a permission nor an action here; the list of actions names both."


class GrantNeverHolds(Invalid):
    code = "grant.never_holds"
    title = "This is asked every time"
    text = "{$covers} needs your approval for every single call; no permission can take its place."


class GrantWithoutSession(Invalid):
    code = "grant.without_session"
    title = "There is no conversation"
    text = "This request did not come from a conversation; choose a time, or always."


class GrantNeedsEnd(Invalid):
    code = "grant.needs_end"
    title = "Until when?"
    text = "Say until when this shall hold."


class GrantEndsBefore(Invalid):
    code = "grant.ends_before"
    title = "This time has passed"
    text = "Choose an end that lies in the future."


class GrantNotForDelegates(Denied):
    code = "grant.not_for_delegates"
    title = "Only you can decide this"
    text = "What may act for you is yours to decide, in the web app or the terminal; nothing that acts for you can."
