"""All of identity's SQL. What a person owns is always asked for with their id."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity.tables import (
    ApiKeyRow,
    DeviceRow,
    InstanceRow,
    InvitationRow,
    OwnerLinkRow,
    ThrottleRow,
    TicketRow,
    UserRow,
)

# -- people ---------------------------------------------------------------------------------------------


async def find_user(db: AsyncSession, user_id: UUID) -> UserRow | None:
    return await db.get(UserRow, user_id)


async def lock_user(db: AsyncSession, user_id: UUID) -> UserRow | None:
    return await db.scalar(select(UserRow).where(UserRow.id == user_id).with_for_update())


async def find_user_by_login(db: AsyncSession, login: str) -> UserRow | None:
    return await db.scalar(select(UserRow).where(func.lower(UserRow.login) == login.lower()))


async def count_owners(db: AsyncSession) -> int:
    return await db.scalar(select(func.count()).where(UserRow.role == "owner")) or 0


async def find_owner(db: AsyncSession) -> UserRow | None:
    return await db.scalar(select(UserRow).where(UserRow.role == "owner").limit(1))


async def names_of(db: AsyncSession, user_ids: set[UUID]) -> dict[UUID, str]:
    if not user_ids:
        return {}
    rows = await db.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(user_ids)))
    return dict(rows.all())


async def list_users(
    db: AsyncSession, query: str, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[UserRow]:
    statement = select(UserRow).order_by(UserRow.created_at, UserRow.id).limit(limit)
    if query:
        pattern = f"%{escape_like(query)}%"
        statement = statement.where(or_(UserRow.name.ilike(pattern), UserRow.login.ilike(pattern)))
    if after is not None:
        statement = statement.where(tuple_(UserRow.created_at, UserRow.id) > after)
    return (await db.scalars(statement)).all()


def escape_like(text: str) -> str:
    """``text`` with LIKE's wildcards made literal."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def touch_user(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    await db.execute(update(UserRow).where(UserRow.id == user_id).values(last_seen_at=now))


# -- devices --------------------------------------------------------------------------------------------


async def find_device_by_access(db: AsyncSession, access_hash: str) -> tuple[DeviceRow, UserRow] | None:
    row = await db.execute(
        select(DeviceRow, UserRow)
        .join(UserRow, UserRow.id == DeviceRow.owner_id)
        .where(DeviceRow.access_hash == access_hash)
    )
    found = row.first()
    return (found[0], found[1]) if found else None


async def lock_device_by_refresh(db: AsyncSession, refresh_hash: str) -> DeviceRow | None:
    return await db.scalar(
        select(DeviceRow)
        .where(or_(DeviceRow.refresh_hash == refresh_hash, DeviceRow.previous_refresh_hash == refresh_hash))
        .with_for_update()
    )


async def list_devices(
    db: AsyncSession, owner_id: UUID, kind: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[DeviceRow]:
    statement = (
        select(DeviceRow)
        .where(DeviceRow.owner_id == owner_id)
        .order_by(DeviceRow.last_used_at.desc(), DeviceRow.id.desc())
        .limit(limit)
    )
    if kind is not None:
        statement = statement.where(DeviceRow.kind == kind)
    if after is not None:
        statement = statement.where(tuple_(DeviceRow.last_used_at, DeviceRow.id) < after)
    return (await db.scalars(statement)).all()


async def signed_in_at(db: AsyncSession, owner_id: UUID, device_id: UUID) -> datetime | None:
    return await db.scalar(
        select(DeviceRow.created_at).where(DeviceRow.owner_id == owner_id, DeviceRow.id == device_id)
    )


async def delete_device(db: AsyncSession, owner_id: UUID, device_id: UUID) -> bool:
    gone = await db.scalar(
        delete(DeviceRow).where(DeviceRow.owner_id == owner_id, DeviceRow.id == device_id).returning(DeviceRow.id)
    )
    return gone is not None


async def delete_devices_of(db: AsyncSession, owner_id: UUID, keep: UUID | None) -> Sequence[UUID]:
    statement = delete(DeviceRow).where(DeviceRow.owner_id == owner_id)
    if keep is not None:
        statement = statement.where(DeviceRow.id != keep)
    return (await db.scalars(statement.returning(DeviceRow.id))).all()


async def delete_devices_of_client(db: AsyncSession, owner_id: UUID, client_id: UUID) -> Sequence[UUID]:
    statement = delete(DeviceRow).where(DeviceRow.owner_id == owner_id, DeviceRow.client_id == client_id)
    return (await db.scalars(statement.returning(DeviceRow.id))).all()


async def confirmed_at(db: AsyncSession, owner_id: UUID, device_id: UUID) -> datetime | None:
    return await db.scalar(
        select(DeviceRow.confirmed_at).where(DeviceRow.owner_id == owner_id, DeviceRow.id == device_id)
    )


async def confirm_device(db: AsyncSession, owner_id: UUID, device_id: UUID, now: datetime) -> None:
    mine = (DeviceRow.owner_id == owner_id, DeviceRow.id == device_id)
    await db.execute(update(DeviceRow).where(*mine).values(confirmed_at=now))


async def touch_device(db: AsyncSession, device_id: UUID, address: str | None, now: datetime) -> None:
    await db.execute(update(DeviceRow).where(DeviceRow.id == device_id).values(last_used_at=now, address=address))


# -- API keys -------------------------------------------------------------------------------------------


async def find_key(db: AsyncSession, secret_hash: str) -> tuple[ApiKeyRow, UserRow] | None:
    row = await db.execute(
        select(ApiKeyRow, UserRow)
        .join(UserRow, UserRow.id == ApiKeyRow.owner_id)
        .where(ApiKeyRow.secret_hash == secret_hash)
    )
    found = row.first()
    return (found[0], found[1]) if found else None


async def list_keys(
    db: AsyncSession, owner_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[ApiKeyRow]:
    statement = (
        select(ApiKeyRow)
        .where(ApiKeyRow.owner_id == owner_id)
        .order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(ApiKeyRow.created_at, ApiKeyRow.id) < after)
    return (await db.scalars(statement)).all()


async def delete_key(db: AsyncSession, owner_id: UUID, key_id: UUID) -> bool:
    gone = await db.scalar(
        delete(ApiKeyRow).where(ApiKeyRow.owner_id == owner_id, ApiKeyRow.id == key_id).returning(ApiKeyRow.id)
    )
    return gone is not None


async def delete_keys_of(db: AsyncSession, owner_id: UUID) -> Sequence[UUID]:
    return (await db.scalars(delete(ApiKeyRow).where(ApiKeyRow.owner_id == owner_id).returning(ApiKeyRow.id))).all()


async def touch_key(db: AsyncSession, key_id: UUID, now: datetime) -> None:
    await db.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_at=now))


# -- invitations and the owner's link -------------------------------------------------------------------


async def list_invitations(
    db: AsyncSession, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[InvitationRow]:
    statement = select(InvitationRow).order_by(InvitationRow.created_at.desc(), InvitationRow.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(InvitationRow.created_at, InvitationRow.id) < after)
    return (await db.scalars(statement)).all()


async def lock_invitation(db: AsyncSession, token_hash: str) -> InvitationRow | None:
    return await db.scalar(select(InvitationRow).where(InvitationRow.token_hash == token_hash).with_for_update())


async def delete_invitation(db: AsyncSession, invitation_id: UUID) -> bool:
    gone = await db.scalar(delete(InvitationRow).where(InvitationRow.id == invitation_id).returning(InvitationRow.id))
    return gone is not None


async def replace_owner_link(db: AsyncSession, token_hash: str, now: datetime) -> None:
    await db.execute(delete(OwnerLinkRow))
    db.add(OwnerLinkRow(token_hash=token_hash, created_at=now))


async def take_owner_link(db: AsyncSession, token_hash: str) -> bool:
    taken = await db.scalar(
        delete(OwnerLinkRow).where(OwnerLinkRow.token_hash == token_hash).returning(OwnerLinkRow.created_at)
    )
    return taken is not None


# -- tickets --------------------------------------------------------------------------------------------


async def lock_ticket(db: AsyncSession, kind: str, token_hash: str, now: datetime) -> TicketRow | None:
    return await db.scalar(
        select(TicketRow)
        .where(TicketRow.token_hash == token_hash, TicketRow.kind == kind, TicketRow.expires_at > now)
        .with_for_update()
    )


async def find_claim(db: AsyncSession, claim_hash: str, now: datetime, *, lock: bool) -> TicketRow | None:
    statement = select(TicketRow).where(TicketRow.claim_hash == claim_hash, TicketRow.expires_at > now)
    return await db.scalar(statement.with_for_update() if lock else statement)


async def count_tickets(db: AsyncSession, kind: str, address: str | None, now: datetime) -> int:
    statement = (
        select(func.count())
        .select_from(TicketRow)
        .where(
            TicketRow.kind == kind,
            TicketRow.owner_id.is_(None),
            TicketRow.address == address,
            TicketRow.expires_at > now,
        )
    )
    return await db.scalar(statement) or 0


async def delete_tickets_of(db: AsyncSession, kind: str, owner_id: UUID) -> None:
    await db.execute(delete(TicketRow).where(TicketRow.owner_id == owner_id, TicketRow.kind == kind))


async def forget_tickets(db: AsyncSession, before: datetime) -> None:
    await db.execute(delete(TicketRow).where(TicketRow.expires_at < before))


# -- throttling -----------------------------------------------------------------------------------------


async def blocked_until(db: AsyncSession, keys: list[str], now: datetime) -> datetime | None:
    return await db.scalar(
        select(func.max(ThrottleRow.blocked_until)).where(
            ThrottleRow.key_hash.in_(keys), ThrottleRow.blocked_until > now
        )
    )


async def count_failure(db: AsyncSession, key: str, now: datetime, window: timedelta) -> int:
    """One more failure, and how many there were within the window; an older count starts anew."""
    statement = insert(ThrottleRow).values(key_hash=key, failures=1, blocked_until=None, updated_at=now)
    failures = await db.scalar(
        statement.on_conflict_do_update(
            index_elements=[ThrottleRow.key_hash],
            set_={
                # Of the row as it is once we hold it, so that failures at the same moment all count.
                "failures": case((ThrottleRow.updated_at > now - window, ThrottleRow.failures + 1), else_=1),
                "updated_at": now,
            },
        ).returning(ThrottleRow.failures)
    )
    assert failures is not None
    return failures


async def block(db: AsyncSession, key: str, until: datetime) -> None:
    await db.execute(update(ThrottleRow).where(ThrottleRow.key_hash == key).values(blocked_until=until))


async def forget_old_failures(db: AsyncSession, before: datetime, limit: int) -> int:
    old = select(ThrottleRow.key_hash).where(ThrottleRow.updated_at < before).limit(limit)
    gone = delete(ThrottleRow).where(ThrottleRow.key_hash.in_(old)).returning(ThrottleRow.key_hash)
    return len((await db.scalars(gone)).all())


async def forget_failures(db: AsyncSession, keys: list[str]) -> None:
    await db.execute(delete(ThrottleRow).where(ThrottleRow.key_hash.in_(keys)))


# -- the instance ---------------------------------------------------------------------------------------


async def get_instance(db: AsyncSession) -> InstanceRow | None:
    return await db.get(InstanceRow, 1)


async def save_instance(db: AsyncSession, name: str, sign_up: str) -> None:
    values = {"name": name, "sign_up": sign_up}
    await db.execute(
        insert(InstanceRow).values(id=1, **values).on_conflict_do_update(index_elements=[InstanceRow.id], set_=values)
    )


async def lock_accounts(db: AsyncSession) -> None:
    """Hold the making of owners and accounts to one at a time (a transaction-long advisory lock)."""
    await db.execute(select(func.pg_advisory_xact_lock(4243, 1)))


async def key_names(db: AsyncSession, owner_id: UUID, key_ids: set[UUID]) -> dict[UUID, str]:
    """The names of those of the person's keys."""
    statement = select(ApiKeyRow.id, ApiKeyRow.name).where(ApiKeyRow.owner_id == owner_id, ApiKeyRow.id.in_(key_ids))
    return {row.id: row.name for row in (await db.execute(statement)).all()}
