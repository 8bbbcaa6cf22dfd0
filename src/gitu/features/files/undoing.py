"""Taking a change back. What is there now is kept again, so that an undo can itself be undone."""

from gitu.features.files import changing
from gitu.features.files.changing import Job
from gitu.features.files.confined import writing
from gitu.features.files.confined.names import Parts, joined, parse, shown
from gitu.features.files.confined.tree import Tree
from gitu.features.files.errors import FolderFull, NotUndoable, PathTaken, UndoConflict
from gitu.features.files.kept import digest_of
from gitu.features.files.records import Intent
from gitu.features.files.schemas import Change


def undo(job: Job, change: Change, *, force: bool) -> Intent:
    """Bring back what was there before ``change``. Blocks.

    Raises UndoConflict when the file is not what the change left, unless ``force``; NotUndoable, PathTaken.
    """
    with job.grant.open() as tree:
        parts = parse(change.to_path or change.path)
        match change.kind:
            case "write" | "edit" | "copy":
                return _restore(job, tree, parts, change, force=force)
            case "move":
                _expect(tree, parts, change, force=force)
                return changing.move_in(job, tree, parts, parse(change.path))
            case "delete" if change.run_id is not None:
                return _restore(job, tree, parts, change, force=force)
            case "delete":
                return _bring_back(job, tree, parts, change)
            case "make_folder":
                return _remove_folder(job, tree, parts, force=force)


def content_after(job: Job, change: Change) -> bytes | None:
    """What a file would hold after the undo; None when it would be gone. For previews."""
    by_command = change.kind == "delete" and change.run_id is not None
    if change.digest_before is None or (change.kind not in ("write", "edit") and not by_command):
        return None
    content = job.kept.get(change.digest_before)
    if content is None:
        raise NotUndoable(what="change")
    return content


def _restore(job: Job, tree: Tree, parts: Parts, change: Change, *, force: bool) -> Intent:
    if len(parts) > 1 and tree.find_from_top(parts[:-1]) is None:
        writing.make_folder(tree, parts[:-1], parents=True)  # a command deleted it with all its folder
    former = changing.former_of(tree, parts)
    if former.digest != change.digest_after and not force:
        raise UndoConflict(path=shown(joined(parts)), what="file")
    if change.digest_before is None or change.kind == "copy":
        if former.content is None:
            raise NotUndoable(what="change")
        return changing.discard(job, tree, parts)
    content = job.kept.get(change.digest_before)
    if content is None:
        raise NotUndoable(what="change")
    return changing.put(job, tree, parts, former, content, "write")


def _expect(tree: Tree, parts: Parts, change: Change, *, force: bool) -> None:
    found = tree.get(parts)
    if force:
        return
    same = found.kind == change.entry
    if same and change.digest_after is not None:
        same = digest_of(tree.read_whole(parts, changing.MOST_KEPT)) == change.digest_after
    if not same:
        raise UndoConflict(path=shown(joined(parts)), what="file")


def _bring_back(job: Job, tree: Tree, parts: Parts, change: Change) -> Intent:
    if tree.find(parts) is not None:
        raise PathTaken(path=shown(joined(parts)), what="file")
    intent = job.note(
        tree,
        "make_folder" if change.entry == "folder" else "write",
        change.entry,
        parts,
        size_after=change.size_before,
        digest_after=change.digest_before,
    )
    with changing.noted(job, intent):
        writing.bring_back(tree, str(change.id), parts)
    return intent


def _remove_folder(job: Job, tree: Tree, parts: Parts, *, force: bool) -> Intent:
    if not force and tree.list(parts, None, 1).entries:
        raise FolderFull(path=shown(joined(parts)), what="folder")
    return changing.discard(job, tree, parts)
