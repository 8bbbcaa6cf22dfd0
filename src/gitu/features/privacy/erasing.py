"""Erasures as people begin and follow them; ``erasure`` carries them out."""

from datetime import timedelta
from uuid import UUID

from gitu.features.identity import api as identity
from gitu.features.identity.schemas.factors import Proof
from gitu.features.privacy import repository
from gitu.features.privacy.errors import AlreadyErasing, ErasureNotFound, OwnerStays, StillHasAccess
from gitu.features.privacy.notice import title_of, why_stays
from gitu.features.privacy.schemas import (
    EraseMe,
    ErasePerson,
    ErasurePreview,
    ErasureReport,
    ErasureStarted,
    Going,
    Staying,
)
from gitu.features.privacy.tables import ErasureRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import allows
from gitu.kernel.crypto.tokens import hash_token, new_token
from gitu.kernel.errors import Denied, FieldProblem, GituError, NotFound
from gitu.kernel.i18n import translate
from gitu.kernel.ids import new_id
from gitu.kernel.jobs import Jobs
from gitu.kernel.privacy.registry import kinds, personal_tables
from gitu.kernel.privacy.rows import count_rows

WORKFLOW = "privacy.erase"
ADMIN = "privacy:admin"


async def preview(ctx: Context, person_id: UUID | None) -> ErasurePreview:
    """What would go and stay, of the caller or, for admins, of somebody whose access was closed.

    Raises Denied, NotFound.
    """
    identity.require_person(ctx)
    person = await _person(ctx, person_id)
    blocked: str | None = None
    try:
        await _check(ctx, person)
    except GituError as error:
        blocked = error.localised(ctx.locale)
    found = await _found(ctx, person.id)
    going, staying = told(found, {}, ctx.locale)
    return ErasurePreview(
        person_id=person.id,
        confirm=person.login,
        going=going,
        staying=staying,
        proofs=[*await identity.ways_to_prove(ctx)],
        blocked=blocked,
    )


async def erase_me(ctx: Context, data: EraseMe) -> ErasureStarted:
    """Raises PersonNeeded, OwnerStays, Invalid, and what proving raises."""
    identity.require_person(ctx)
    return await _begin(ctx, await _person(ctx, None), data.confirm, data)


async def erase_person(ctx: Context, data: ErasePerson) -> ErasureStarted:
    """Raises NotFound, StillHasAccess, Denied, and as ``erase_me``."""
    identity.require_person(ctx)
    person = await _person(ctx, data.person_id)
    if person.id == ctx.user_id:
        raise Denied(scope=ADMIN)
    return await _begin(ctx, person, data.confirm, data)


async def _person(ctx: Context, person_id: UUID | None) -> identity.Person:
    if person_id is not None and person_id != ctx.user_id and not allows(ctx.principal, ADMIN):
        raise Denied(scope=ADMIN)
    person = await identity.find_person(ctx.db, person_id or ctx.user_id)
    if person is None:
        raise NotFound(what="person", id=str(person_id or ctx.user_id))
    return person


async def _check(ctx: Context, person: identity.Person) -> None:
    """Raises OwnerStays, StillHasAccess, Denied or AlreadyErasing where it can't be done."""
    if await identity.is_last_owner(ctx.db, person):
        raise OwnerStays(what="owner")
    if person.id != ctx.user_id:
        if person.role in (Role.OWNER, Role.ADMIN) and ctx.principal.role is not Role.OWNER:
            raise Denied(scope=ADMIN)
        if not person.disabled:
            raise StillHasAccess(login=person.login, what="person")
    if await repository.running_erasure(ctx.db, person.id) is not None:
        raise AlreadyErasing(what="person")


async def _found(ctx: Context, person_id: UUID) -> dict[str, int]:
    found = {table.name: await count_rows(ctx.db, table, person_id) for table in personal_tables()}
    found[ErasureRow.__tablename__] += 1  # this one's own report
    return found


async def _begin(ctx: Context, person: identity.Person, confirm: str, proof: Proof) -> ErasureStarted:
    await _check(ctx, person)
    if confirm != person.login:
        raise invalid_fields([FieldProblem.of("confirm", "field-erase-confirm")])
    await identity.prove(ctx, proof)
    found = await _found(ctx, person.id)
    await identity.close_account(ctx, person.id)
    receipt = new_token("gitu_era")
    row = ErasureRow(
        id=new_id(),
        person_id=person.id,
        requested_by=ctx.user_id,
        receipt_hash=hash_token(receipt),
        found=found,
        files={},
        left_behind=None,
        log_cut=None,
        started_at=ctx.now,
        finished_at=None,
    )
    ctx.db.add(row)
    await ctx.db.flush()
    ctx.audit_detail |= {"erasure_id": str(row.id), "person_id": str(person.id)}
    await ctx.services.resource(Jobs).enqueue(
        ctx, WORKFLOW, str(row.id), queue="interactive", workflow_id=f"erase-{row.id}"
    )
    return ErasureStarted(erasure_id=row.id, receipt=receipt)


# -- reports --------------------------------------------------------------------------------------------


async def get_report(ctx: Context, receipt: str) -> ErasureReport:
    """For whoever holds the receipt, who may have no account any more. Raises ErasureNotFound."""
    row = await repository.find_erasure_by_receipt(ctx.db, hash_token(receipt))
    if row is None:
        raise ErasureNotFound(what="report", id="-")
    return to_report(ctx, row)


async def list_erasures(ctx: Context, data: PageQuery) -> Page[ErasureReport]:
    """Everybody's, newest first; they name nobody."""
    before = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_erasures(ctx.db, before, data.limit + 1)
    items = [to_report(ctx, row) for row in rows[: data.limit]]
    return Page[ErasureReport](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


def to_report(ctx: Context, row: ErasureRow) -> ErasureReport:
    """A row as the schema, its sentences in the reader's language."""
    going, staying = told(row.found, row.files, ctx.locale)
    kept = timedelta(days=ctx.services.settings.keep_erasure_reports_days)
    notes: list[str] = []
    if row.finished_at is not None:
        notes.append(translate("privacy-note-rewritten", ctx.locale))
        if row.left_behind:
            tables = ", ".join(row.left_behind)
            notes.append(translate("privacy-note-left-behind", ctx.locale, tables=tables))
        notes.append(translate("privacy-note-log-cut" if row.log_cut else "privacy-note-log-stays", ctx.locale))
    return ErasureReport(
        id=row.id,
        person_id=row.person_id,
        by="self" if row.requested_by == row.person_id else "admin",
        state="running" if row.finished_at is None else "done",
        started_at=row.started_at,
        finished_at=row.finished_at,
        kept_until=row.finished_at + kept if row.finished_at else None,
        going=going,
        staying=staying,
        notes=notes,
    )


def told(found: dict[str, int], files: dict[str, int], locale: str) -> tuple[list[Going], list[Staying]]:
    """Numbers of rows by table and of files by kind, as what goes and what stays of each kind."""
    going: list[Going] = []
    staying: list[Staying] = []
    for kind in kinds():
        tables = [table for table in personal_tables() if table.kind == kind.name]
        title = title_of(kind.name, locale)
        rows = sum(found.get(table.name, 0) for table in tables if table.stays is None)
        if rows or files.get(kind.name):
            going.append(Going(kind=kind.name, title=title, rows=rows, files=files.get(kind.name, 0)))
        stayed = sum(found.get(table.name, 0) for table in tables if table.stays is not None)
        why = why_stays(kind.name, locale)
        if stayed and why is not None:
            staying.append(Staying(kind=kind.name, title=title, rows=stayed, why=why))
    return going, staying
