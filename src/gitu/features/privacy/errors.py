"""The errors of privacy."""

from gitu.kernel.errors import Conflict, NotFound


class ExportNotFound(NotFound):
    code = "privacy.export_not_found"
    text = "There is no export {$id}, it is not yours, or its time is over; start a new one."


class ExportNotReady(Conflict):
    code = "privacy.export_not_ready"
    title = "Not ready yet"
    text = "The export is still being written; try again in a moment."


class ErasureNotFound(NotFound):
    code = "privacy.erasure_not_found"
    text = "There is no report under this receipt, or its time is over."


class OwnerStays(Conflict):
    code = "privacy.owner_stays"
    title = "This Gitu would have no owner"
    text = (
        "You are the only owner of this Gitu. Hand it to an admin first (gitu identity hand-over), "
        "or remove Gitu as a whole: stop it and delete its home folder."
    )


class StillHasAccess(Conflict):
    code = "privacy.still_has_access"
    title = "Close the access first"
    text = "{$login} still has access; close it first, then erase what is held on them."


class AlreadyErasing(Conflict):
    code = "privacy.already_erasing"
    title = "It is being erased already"
    text = "What is held on this person is being erased already."
