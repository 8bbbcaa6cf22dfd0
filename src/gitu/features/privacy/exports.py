"""Exports: begun by a person, written by a job, fetched for a while, then removed."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from gitu.features.identity import api as identity
from gitu.features.privacy import archives, repository
from gitu.features.privacy.archives import Archive
from gitu.features.privacy.errors import ExportNotFound, ExportNotReady
from gitu.features.privacy.events import ExportChanged
from gitu.features.privacy.notice import kept_for, title_of
from gitu.features.privacy.schemas import Export
from gitu.features.privacy.tables import ExportRow
from gitu.kernel import __version__, clock
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.events.store import append_events
from gitu.kernel.i18n import translate
from gitu.kernel.ids import new_id
from gitu.kernel.jobs import Jobs
from gitu.kernel.privacy.hooks import stores
from gitu.kernel.privacy.registry import Kind, PersonalTable, kinds, personal_tables
from gitu.kernel.privacy.rows import read_rows
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

WORKFLOW = "privacy.write_export"
FAILED = "privacy.export_failed"


async def start(ctx: Context) -> Export:
    """Begin one, in place of the one before; while one is being written, that one is told."""
    owner_id = identity.require_person(ctx)
    running = await repository.running_export(ctx.db, owner_id)
    if running is not None:
        return to_export(running)
    formers = await repository.delete_finished_exports(ctx.db, owner_id)
    row = ExportRow(
        id=new_id(),
        owner_id=owner_id,
        locale=ctx.locale,
        state="queued",
        done=0,
        total=len(kinds()) + sum(store.files is not None for store in stores()),
        size_bytes=None,
        sha256=None,
        error_code=None,
        created_at=ctx.now,
        finished_at=None,
        expires_at=ctx.now + timedelta(hours=ctx.services.settings.keep_exports_hours),
    )
    ctx.db.add(row)
    await ctx.db.flush()
    ctx.audit_detail["export_id"] = str(row.id)
    ctx.emit(ExportChanged(export_id=row.id))

    async def remove_formers() -> None:
        for former in formers:
            await archives.delete(ctx.services.home, owner_id, former)

    ctx.after_commit(remove_formers)
    await ctx.services.resource(Jobs).enqueue(ctx, WORKFLOW, str(row.id), workflow_id=f"export-{row.id}")
    return to_export(row)


async def list_exports(ctx: Context, data: PageQuery) -> Page[Export]:
    """The caller's, newest first."""
    before = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_exports(ctx.db, ctx.user_id, before, data.limit + 1)
    items = [to_export(row) for row in rows[: data.limit]]
    return Page[Export](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


async def get_export(ctx: Context, export_id: UUID) -> Export:
    """Raises ExportNotFound."""
    row = await repository.find_export(ctx.db, ctx.user_id, export_id)
    if row is None:
        raise ExportNotFound(id=str(export_id), what="export")
    return to_export(row)


async def get_ready(ctx: Context, export_id: UUID) -> Export:
    """One that can be fetched. Raises ExportNotFound, ExportNotReady, PersonNeeded."""
    identity.require_person(ctx)
    export = await get_export(ctx, export_id)
    if export.state == "failed" or (export.expires_at is not None and export.expires_at <= ctx.now):
        raise ExportNotFound(id=str(export_id), what="export")
    if export.state != "ready":
        raise ExportNotReady(what="export")
    return export


async def delete(ctx: Context, export_id: UUID) -> None:
    """Remove it before its time. Raises ExportNotFound."""
    if not await repository.delete_export(ctx.db, ctx.user_id, export_id):
        raise ExportNotFound(id=str(export_id), what="export")
    ctx.emit(ExportChanged(export_id=export_id))
    owner_id = ctx.user_id

    async def remove() -> None:
        await archives.delete(ctx.services.home, owner_id, export_id)

    ctx.after_commit(remove)


def to_export(row: ExportRow) -> Export:
    """A row as the schema."""
    return Export.model_validate(row, from_attributes=True)


class Writing:
    """The job that writes one archive. Cut off, it begins anew: nothing else changes by it."""

    def __init__(self, services: Services, row: ExportRow) -> None:
        self._services = services
        self._row = row
        self._path = archives.path_of(services.home, row.owner_id, row.id)
        self._done = 0

    async def run(self) -> None:
        """Write it whole, or note that it failed."""
        try:
            await self._tell(state="running", done=0)
            await self._write()
            size = self._path.stat().st_size
            digest = await asyncio.to_thread(archives.digest_of, self._path)
        except OSError as error:  # the disk is full, say
            log.warning("privacy.export_failed", export=str(self._row.id), error=type(error).__name__)
            await self._tell(state="failed", error_code=FAILED, finished_at=clock.now())
            return
        await self._tell(state="ready", size_bytes=size, sha256=digest, finished_at=clock.now())

    async def _write(self) -> None:
        archive = Archive(self._path)
        await asyncio.to_thread(archive.__enter__)
        try:
            for kind in kinds():
                await self._write_kind(archive, kind)
            for store in stores():
                if store.files is not None:
                    found = store.files(self._services, self._row.owner_id)
                    count = await asyncio.to_thread(archive.add_files, found)
                    archive.written.append({"kind": store.kind, "files": count})
                    await self._one_more()
            await asyncio.to_thread(archive.add_text, "manifest.json", self._manifest(archive))
            await asyncio.to_thread(archive.add_text, "README.txt", self._read_me())
        except BaseException as error:
            await asyncio.shield(asyncio.to_thread(archive.__exit__, type(error), error, None))
            raise
        await asyncio.to_thread(archive.__exit__, None, None, None)

    async def _write_kind(self, archive: Archive, kind: Kind) -> None:
        tables = [found for found in personal_tables() if found.kind == kind.name]
        name = f"{kind.name}.json"
        archive.begin(name)
        archive.write("{")
        for place, found in enumerate(tables):
            archive.write(("," if place else "") + f"\n{json.dumps(found.name)}: [")
            rows = await self._write_table(archive, found)
            archive.write("]")
            hidden = sorted({column.name for column in found.table.columns} - {one.name for one in found.exported})
            archive.written.append(
                {"kind": kind.name, "file": name, "table": found.name, "rows": rows, "left_out": hidden}
            )
        archive.write("\n}\n")
        archive.end()
        await self._one_more()

    async def _write_table(self, archive: Archive, found: PersonalTable) -> int:
        count = 0
        async for rows in read_rows(self._services.database, found, self._row.owner_id):
            await asyncio.to_thread(archive.add_rows, rows, first=count == 0)
            count += len(rows)
        return count

    async def _one_more(self) -> None:
        self._done += 1
        await self._tell(done=self._done)

    async def _tell(self, **values: Any) -> None:  # Any: columns' values
        async with self._services.database.transaction() as db:
            there = await repository.change_export(db, self._row.id, values)
            events = [(self._row.owner_id, ExportChanged(export_id=self._row.id))] if there else []
            recorded = await append_events(db, self._services.bus.process_id, [*events], clock.now())
        self._services.bus.publish_local(recorded)

    def _manifest(self, archive: Archive) -> str:
        about = {
            "format": "gitu-export",
            "format_version": 1,
            "gitu_version": __version__,
            "person_id": str(self._row.owner_id),
            "created_at": clock.now().isoformat(),
            "parts": archive.written,
        }
        return json.dumps(about, indent=2, ensure_ascii=False)

    def _read_me(self) -> str:
        locale, settings = self._row.locale, self._services.settings
        lines = [translate("privacy-read-me", locale), ""]
        for kind in kinds():
            what = translate(f"kind-{kind.name.replace('_', '-')}-what", locale)
            kept = kept_for(kind, settings, locale)
            lines.append(f"{kind.name}.json – {title_of(kind.name, locale)}: {what} {kept}")
        return "\n".join(["\ufeff" + lines[0], *lines[1:], "", translate("privacy-read-me-files", locale), ""])


async def write(services: Services, export_id: UUID) -> None:
    """Write the archive, unless it was deleted meanwhile."""
    async with services.database.reader() as db:
        row = await repository.export_of_job(db, export_id)
    if row is not None and row.state in repository.RUNNING:
        await Writing(services, row).run()
        async with services.database.reader() as db:
            if await repository.export_of_job(db, export_id) is None:  # deleted while it was written
                await archives.delete(services.home, row.owner_id, export_id)


async def remove_old(services: Services, batch: int) -> int:
    """Remove archives whose time is over, and those that no row knows; returns how many."""
    while True:
        async with services.database.transaction() as db:
            if await repository.delete_expired_exports(db, clock.now(), batch) < batch:
                break
    removed, found = 0, await archives.found_on_disk(services.home)
    for start in range(0, len(found), batch):
        part = found[start : start + batch]
        async with services.database.reader() as db:
            known = await repository.existing_exports(db, [export_id for _, export_id in part])
        for owner_id, export_id in part:
            if export_id not in known:
                await archives.delete(services.home, owner_id, export_id)
                removed += 1
    return removed
