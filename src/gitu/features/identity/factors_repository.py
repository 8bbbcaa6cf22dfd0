"""The SQL of second factors. Everything is asked for with the person's id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity.tables import OpenIdLinkRow, PasskeyRow, RecoveryCodeRow, TotpRow
from gitu.kernel.ids import new_id

# -- one-time codes -------------------------------------------------------------------------------------


async def find_totp(db: AsyncSession, owner_id: UUID) -> TotpRow | None:
    return await db.get(TotpRow, owner_id, populate_existing=True)


async def save_unconfirmed_totp(db: AsyncSession, owner_id: UUID, secret: bytes, now: datetime) -> bool:
    """Instead of a former unconfirmed one; False when there is a confirmed one, which stays."""
    values = {"secret": secret, "created_at": now, "last_step": 0}
    statement = insert(TotpRow).values(owner_id=owner_id, confirmed_at=None, **values)
    kept = await db.scalar(
        statement.on_conflict_do_update(
            index_elements=[TotpRow.owner_id], set_=values, where=TotpRow.confirmed_at.is_(None)
        ).returning(TotpRow.owner_id)
    )
    return kept is not None


async def use_totp_step(db: AsyncSession, owner_id: UUID, step: int) -> bool:
    """Mark the code of that time step as used; False when it, or a later one, was used before."""
    used = await db.scalar(
        update(TotpRow)
        .where(TotpRow.owner_id == owner_id, TotpRow.last_step < step)
        .values(last_step=step)
        .returning(TotpRow.owner_id)
    )
    return used is not None


async def confirm_totp(db: AsyncSession, owner_id: UUID, now: datetime) -> None:
    await db.execute(update(TotpRow).where(TotpRow.owner_id == owner_id).values(confirmed_at=now))


async def delete_totp(db: AsyncSession, owner_id: UUID) -> bool:
    gone = await db.scalar(delete(TotpRow).where(TotpRow.owner_id == owner_id).returning(TotpRow.owner_id))
    await db.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.owner_id == owner_id))
    return gone is not None


async def who_has_totp(db: AsyncSession, user_ids: Sequence[UUID]) -> set[UUID]:
    statement = select(TotpRow.owner_id).where(TotpRow.owner_id.in_(user_ids), TotpRow.confirmed_at.is_not(None))
    return set((await db.scalars(statement)).all())


# -- recovery codes -------------------------------------------------------------------------------------


async def replace_recovery_codes(db: AsyncSession, owner_id: UUID, hashes: Sequence[str], now: datetime) -> None:
    await db.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.owner_id == owner_id))
    for code_hash in hashes:
        db.add(RecoveryCodeRow(id=new_id(), owner_id=owner_id, code_hash=code_hash, created_at=now))


async def use_recovery_code(db: AsyncSession, owner_id: UUID, code_hash: str) -> bool:
    gone = await db.scalar(
        delete(RecoveryCodeRow)
        .where(RecoveryCodeRow.owner_id == owner_id, RecoveryCodeRow.code_hash == code_hash)
        .returning(RecoveryCodeRow.id)
    )
    return gone is not None


async def count_recovery_codes(db: AsyncSession, owner_id: UUID) -> int:
    statement = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.owner_id == owner_id)
    return await db.scalar(statement) or 0


# -- passkeys -------------------------------------------------------------------------------------------


async def passkeys_of(db: AsyncSession, owner_id: UUID) -> Sequence[PasskeyRow]:
    return (await db.scalars(select(PasskeyRow).where(PasskeyRow.owner_id == owner_id))).all()


async def list_passkeys(
    db: AsyncSession, owner_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[PasskeyRow]:
    statement = (
        select(PasskeyRow)
        .where(PasskeyRow.owner_id == owner_id)
        .order_by(PasskeyRow.created_at.desc(), PasskeyRow.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(PasskeyRow.created_at, PasskeyRow.id) < after)
    return (await db.scalars(statement)).all()


async def find_passkey(db: AsyncSession, owner_id: UUID, passkey_id: UUID) -> PasskeyRow | None:
    return await db.scalar(select(PasskeyRow).where(PasskeyRow.owner_id == owner_id, PasskeyRow.id == passkey_id))


async def lock_passkey(db: AsyncSession, credential_id: bytes) -> PasskeyRow | None:
    return await db.scalar(select(PasskeyRow).where(PasskeyRow.credential_id == credential_id).with_for_update())


async def count_ways_in(db: AsyncSession, owner_id: UUID) -> int:
    """How many passkeys and linked accounts a person has; with a password there is one more."""
    passkeys = select(PasskeyRow.id).where(PasskeyRow.owner_id == owner_id)
    links = select(OpenIdLinkRow.id).where(OpenIdLinkRow.owner_id == owner_id)
    return await db.scalar(select(func.count()).select_from(passkeys.union_all(links).subquery())) or 0
