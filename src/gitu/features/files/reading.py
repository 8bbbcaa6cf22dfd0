"""Listing, reading and searching what lies in a person's folders."""

import base64
import contextlib
from collections.abc import Generator
from datetime import UTC, datetime

from gitu.features.files.confined import text
from gitu.features.files.confined.names import joined, parse, shown
from gitu.features.files.confined.searching import Bounds, Search
from gitu.features.files.confined.tree import Found, sort_key
from gitu.features.files.disk import Disk
from gitu.features.files.errors import FileBinary
from gitu.features.files.folders import grant
from gitu.features.files.kept import digest_of
from gitu.features.files.schemas import (
    Entry,
    EntryPage,
    EntryQuery,
    FileContent,
    FileMatch,
    FileMatches,
    FileQuery,
    FileRef,
    FileSearch,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import decode_cursor, encode_cursor

WHOLE = 8 * 1024 * 1024
"""Bytes up to which a file is read whole, and its digest told."""


async def list_entries(ctx: Context, query: EntryQuery) -> EntryPage:
    """A page of a folder. Raises FolderUnknown, PathOutside, NotAFolder, PathNotFound, …"""
    where = await grant(ctx, query.folder_id)
    parts = parse(query.path)
    after: tuple[str, str] | None = None
    if query.cursor:
        group, name = decode_cursor(query.cursor, str, str)
        after = (group, name)

    def work() -> EntryPage:
        with where.open() as tree:
            listed = tree.list(parts, after, query.limit)
        items = [to_entry(found, "/".join((*parts, found.name))) for found in listed.entries]
        cursor = None
        if listed.more and listed.entries:
            last = listed.entries[-1]
            cursor = encode_cursor(*sort_key(last.name, folder=last.kind == "folder"))
        return EntryPage(items=items, next_cursor=cursor, path=joined(parts), unusable=listed.unusable)

    return await ctx.services.resource(Disk).read(ctx.user_id, work)


async def stat_file(ctx: Context, data: FileRef) -> Entry:
    """What stands under a path. Raises PathNotFound, …"""
    where = await grant(ctx, data.folder_id)
    parts = parse(data.path)

    def work() -> Entry:
        with where.open() as tree:
            return to_entry(tree.get(parts), joined(parts))

    return await ctx.services.resource(Disk).read(ctx.user_id, work)


async def read_file(ctx: Context, query: FileQuery) -> FileContent:
    """A file or a stretch of it. Raises FileBinary, NotAFile, FileLinked, …"""
    where = await grant(ctx, query.folder_id)
    parts = parse(query.path)

    def work() -> FileContent:
        with where.open() as tree:
            found = tree.get(parts)
            digest = digest_of(tree.read_whole(parts, WHOLE)) if found.size <= WHOLE else None
            piece, size = tree.read(parts, query.offset, query.limit)
            head = piece if query.offset == 0 else tree.read(parts, 0, text.LOOKED_AT)[0]
        last = query.offset + len(piece) >= size
        charset = None
        if query.encoding == "base64":
            content, used = base64.b64encode(piece).decode(), len(piece)
        else:
            charset = text.charset_of(head)
            if charset is None:
                raise FileBinary(path=shown(query.path))
            continuing = text.continuing(charset, head) if query.offset else charset
            content, used = text.decode_part(piece, continuing, query.path, last=last)
        end = query.offset + used
        return FileContent(
            path=joined(parts),
            size=size,
            offset=query.offset,
            next_offset=end if end < size and used else None,
            encoding=query.encoding,
            charset=charset,
            content=content,
            digest=digest,
            modified_at=_moment(found.modified),
        )

    return await ctx.services.resource(Disk).read(ctx.user_id, work)


async def search_files(ctx: Context, data: FileSearch) -> FileMatches:
    """Names and lines with a text. It stops when whoever asked leaves."""
    where = await grant(ctx, data.folder_id)
    parts = parse(data.path)
    search = Search(data.query, data.where, Bounds(matches=data.limit))

    def work() -> None:
        with where.open() as tree:
            search.run(tree, parts)

    with _stopping(search):
        await ctx.services.resource(Disk).read(ctx.user_id, work)
    items = [
        FileMatch.model_validate({"path": m.path, "kind": m.kind, "size": m.size, "line": m.line, "text": m.text})
        for m in search.matches
    ]
    return FileMatches(items=items, stopped=search.stopped)


@contextlib.contextmanager
def _stopping(search: Search) -> Generator[None]:
    try:
        yield
    finally:
        search.stop.set()


def to_entry(found: Found, path: str) -> Entry:
    """What was found, as the schema."""
    return Entry(
        name=found.name,
        path=path,
        kind=found.kind,
        size=found.size,
        modified_at=_moment(found.modified),
        linked=found.linked,
    )


def _moment(seconds: float) -> datetime | None:
    """A time of a file; None for one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
