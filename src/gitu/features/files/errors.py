"""The errors of files. A path is shown as it was given, so that one sees what was meant."""

from gitu.kernel.errors import Conflict, Denied, GituError, Invalid, NotFound, TooLarge, Unavailable


class FilesUnsupported(Unavailable):
    code = "files.unsupported"
    title = "Not on this system"
    text = "Files can't be confined safely on {$system}; run Gitu on Linux or macOS to use them."


class FolderUnknown(NotFound):
    code = "files.folder_unknown"
    title = "No such folder"
    text = "There is no allowed folder {$id}, or it is not yours any more; list your folders and choose one."


class FolderGone(Conflict):
    code = "files.folder_gone"
    title = "The folder is not there"
    text = "{$path} is not the folder any more that was allowed; an admin can allow it again."


class FolderReadOnly(Denied):
    code = "files.folder_read_only"
    title = "Only for reading"
    text = "The folder {$name} is only for reading; ask an admin to allow writing there."


class FolderForbidden(Denied):
    code = "files.folder_forbidden"
    title = "This folder can't be allowed"
    text = (
        "{$path} can't be allowed: it is, holds or lies in {$protected}, which stays closed. Choose a narrower folder."
    )


class FolderNotFound(Invalid):
    code = "files.folder_missing"
    title = "No such folder on the server"
    text = "{$path} is no folder on the server's machine that Gitu can open; give its full path."


class FolderAllowedAlready(Conflict):
    code = "files.folder_allowed_already"
    title = "Allowed already"
    text = "{$path} is allowed to this person already; take it back first to change how."


class PersonUnknown(NotFound):
    code = "files.person_unknown"
    title = "No such person"
    text = "There is no person {$id} on this Gitu; list people and choose one."


class TooManyFolders(Conflict):
    code = "files.too_many_folders"
    title = "Too many folders"
    text = "A person can have {$limit} allowed folders; take one back first."


class WorkspaceStays(Denied):
    code = "files.workspace_stays"
    text = "A person's own workspace can't be taken away; only folders that were allowed can."


class PathOutside(Invalid):
    code = "files.path_outside"
    title = "Not a path inside the folder"
    text = "{$path} is not a path inside the folder; give it relative to the folder, without '..'."


class PathLinked(Denied):
    code = "files.path_linked"
    title = "Links are not followed"
    text = "{$path} leads through a link or onto another disk, which is not followed; use the real path."


class NameUnusable(Invalid):
    code = "files.name_unusable"
    title = "The name can't be used"
    text = (
        "The name {$name} can't be used: at most 255 bytes, composed Unicode (NFC), no invisible or control "
        "characters, and not starting with .gitu-"
    )


class PathNotFound(NotFound):
    code = "files.not_found"
    title = "Not there"
    text = "There is no {$path} in this folder; list the folder to see what is there."


class PathTaken(Conflict):
    code = "files.path_taken"
    title = "There is something already"
    text = "{$path} is there already; choose another name, or say that it may be overwritten."


class NotAFile(Invalid):
    code = "files.not_a_file"
    title = "Not a file"
    text = "{$path} is no ordinary file, so it is not opened."


class NotAFolder(Invalid):
    code = "files.not_a_folder"
    title = "Not a folder"
    text = "{$path} is no folder."


class FolderFull(Conflict):
    code = "files.folder_not_empty"
    title = "The folder is not empty"
    text = "{$path} is not empty any more; force it to move what is there to the trash."


class FileLinked(Denied):
    code = "files.file_linked"
    title = "A file with a second name"
    text = (
        "{$path} has more than one name (a hard link), and the other one may lie outside; "
        "an admin can allow such files for this folder."
    )


class FileBinary(Invalid):
    code = "files.binary"
    title = "Not text"
    text = "{$path} is not text; ask for it as base64, or download it."


class FileNotEncodable(Invalid):
    code = "files.not_encodable"
    title = "The text does not fit its encoding"
    text = "{$path} is kept in {$charset}, which can't hold this text; save it as utf-8."


class FileTooLarge(TooLarge):
    code = "files.too_large"
    title = "The file is too large"
    text = "{$path} has {$size} bytes; {$limit} is the most for this. Use the terminal of the machine for larger ones."


class FileChanged(Conflict):
    code = "files.changed_since"
    title = "Changed in between"
    text = "{$path} is not any more what you saw; read it again and repeat the change."


class FileForeign(Denied):
    code = "files.not_writable"
    title = "The machine does not allow it"
    text = (
        "The server's account may not do this with {$path}; give it the right on the machine, or choose another file."
    )


class FileBusy(Conflict):
    code = "files.busy"
    title = "In use"
    text = "{$path} is in use by a program or changing all the time; try again in a moment."


class TextNotFound(Invalid):
    code = "files.text_not_found"
    title = "The text is not there"
    text = "The text to replace is not in {$path}; read the file again and give it exactly."


class TextNotUnique(Invalid):
    code = "files.text_not_unique"
    title = "The text is there more than once"
    text = "The text to replace is {$count} times in {$path}; give more of what surrounds it, or replace all."


class MoveIntoItself(Invalid):
    code = "files.into_itself"
    title = "Not into itself"
    text = "{$path} can't be moved or copied onto or into itself; choose another place."


class DiskFull(GituError):
    status = 507
    code = "files.disk_full"
    title = "No space left"
    text = "There is no space left for {$path}; nothing was changed. Free some space and try again."


class WorkspaceFull(GituError):
    status = 507
    code = "files.workspace_full"
    title = "Your workspace is full"
    text = "Your workspace holds {$limit} bytes, which is the most; delete what you don't need."


class ChangeUnknown(NotFound):
    code = "files.change_unknown"
    title = "No such change"
    text = "There is no change {$id}, or it is not yours; list your changes and choose one."


class RunUnknown(NotFound):
    code = "files.run_unknown"
    title = "No changes of such a run"
    text = "The run {$id} changed no file of yours, or it is not yours; /shell list-runs shows yours."


class NotUndoable(Conflict):
    code = "files.not_undoable"
    title = "Can't be undone"
    text = "This change can't be undone any more: it was undone already, or what it replaced is not kept any longer."


class UndoConflict(Conflict):
    code = "files.undo_conflict"
    title = "Changed since"
    text = "{$path} was changed since; force it to undo anyway, which keeps the present content for a further undo."


class PreviewUnknown(Invalid):
    code = "files.preview_unknown"
    text = "{$name} has no preview; choose one of {$names}."


class DiskFailed(Unavailable):
    code = "files.disk_failed"
    title = "The disk failed"
    text = "{$path} can't be reached ({$reason}); nothing was changed. Try again, and look at the machine's disk."
