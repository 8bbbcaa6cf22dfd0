"""Chores of the files: what is kept is forgotten in time, and changes that were cut off are settled."""

import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from gitu.features.files import repository
from gitu.features.files.confined import writing
from gitu.features.files.confined.names import parse
from gitu.features.files.confined.tree import Tree
from gitu.features.files.disk import Disk
from gitu.features.files.folders import Grant, of_row, workspace
from gitu.features.files.journal import Journal
from gitu.features.files.kept import KeptContents, digest_of
from gitu.features.files.records import Intent
from gitu.features.files.service import to_row
from gitu.features.files.tables import ChangeRow
from gitu.kernel import clock
from gitu.kernel.errors import GituError
from gitu.kernel.jobs.schedules import system_schedule

if TYPE_CHECKING:
    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)
BATCH = 200
LEFT_OVER_S = 300.0
"""A change under way for longer was left by a process that died: its transaction can't be open any more."""


@system_schedule("files.forget_old_changes", every=timedelta(minutes=10))
async def forget_old_changes(services: "Services") -> int:
    """Delete former contents and trash past their time, and return of how many changes. The log itself stays."""
    forgotten = 0
    while True:
        async with services.database.transaction() as db:
            rows = await repository.expired(db, clock.now(), BATCH)
            places = await repository.places_of(db, {row.folder_id for row in rows})
            await repository.forget(db, {row.id for row in rows})
            await db.flush()
            needed = {
                owner: await repository.still_needed(db, owner, _digests(rows, owner))
                for owner in {row.owner_id for row in rows}
            }
            # Before the commit: cut off here, it is done again.
            for row in rows:
                place = places.get(row.folder_id)
                where = of_row(services, place) if place else workspace(services, row.owner_id)
                work = _Forgetting(row, where, services.resource(Disk).home, needed[row.owner_id])
                await services.resource(Disk).change(row.owner_id, work.run)
        forgotten += len(rows)
        if len(rows) < BATCH:
            return forgotten


def _digests(rows: Sequence[ChangeRow], owner_id: UUID) -> set[str]:
    return {row.digest_before for row in rows if row.owner_id == owner_id and row.digest_before}


class _Forgetting:
    """Deleting what one change kept."""

    def __init__(self, row: ChangeRow, where: Grant, home: Path, needed: set[str]) -> None:
        self._row = row
        self._where = where
        self._home = home
        self._needed = needed

    def run(self) -> None:
        """Blocks. A folder that is not there any more holds no trash of ours either."""
        if self._row.digest_before and self._row.digest_before not in self._needed:
            KeptContents(self._home, self._row.owner_id).delete({self._row.digest_before})
        if self._row.undone_by is None:
            try:
                with self._where.open() as tree:
                    writing.clear_kept(tree, str(self._row.id))
            except (GituError, OSError) as error:
                log.warning("files.trash_not_cleared", change=str(self._row.id), error=type(error).__name__)


@system_schedule("files.settle_cut_off_changes", every=timedelta(minutes=2))
async def settle_cut_off_changes(services: "Services", *, older_than_s: float = LEFT_OVER_S) -> int:
    """Log changes whose process died between the disk and the database; return how many were looked at."""
    home = services.resource(Disk).home
    journal = Journal(home)
    intents = list(journal.left_over(older_than_s, time.time()))
    for intent in intents:
        async with services.database.transaction() as db:
            places = await repository.places_of(db, {intent.folder_id})
            place = places.get(intent.folder_id)
            where = of_row(services, place) if place else workspace(services, intent.owner_id)
            known = await repository.change_exists(db, intent.change_id)
            there = await repository.person_exists(db, intent.owner_id)
            happened = await services.resource(Disk).change(intent.owner_id, _Settling(intent, where).run)
            if happened and not known and there:
                db.add(to_row(intent, where.name))
        journal.end(intent.change_id)
    return len(intents)


class _Settling:
    """Finding out whether a change that was cut off took place, and tidying up behind it."""

    def __init__(self, intent: Intent, where: Grant) -> None:
        self._intent = intent
        self._where = where

    def run(self) -> bool:
        """Blocks."""
        intent = self._intent
        try:
            with self._where.open() as tree:
                target = parse(intent.target)
                if intent.temp:
                    writing.clear_temp(tree, target[:-1], intent.temp)
                return self._happened(tree)
        except GituError:  # the folder is gone, and with it what could be undone
            return False

    def _happened(self, tree: Tree) -> bool:
        intent = self._intent
        found = tree.find_from_top(parse(intent.target))
        match intent.kind:
            case "delete":
                return found is None
            case "move":
                return found is not None and tree.find_from_top(parse(intent.path)) is None
            case "make_folder":
                return found is not None and found.kind == "folder"
            case _:
                if found is None or found.kind != "file" or found.size != intent.size_after:
                    return False
                return digest_of(tree.read_whole(parse(intent.target), found.size)) == intent.digest_after
