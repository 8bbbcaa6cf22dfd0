"""The SQL of OpenID: the provider, and accounts that are linked to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity.tables import OpenIdLinkRow, OpenIdProviderRow


async def find_provider(db: AsyncSession) -> OpenIdProviderRow | None:
    return await db.get(OpenIdProviderRow, 1)


async def save_provider(db: AsyncSession, name: str, issuer: str, client_id: str, secret: bytes | None) -> None:
    values = {"name": name, "issuer": issuer, "client_id": client_id, "client_secret": secret}
    statement = insert(OpenIdProviderRow).values(id=1, **values)
    await db.execute(statement.on_conflict_do_update(index_elements=[OpenIdProviderRow.id], set_=values))


async def delete_provider(db: AsyncSession) -> bool:
    return await db.scalar(delete(OpenIdProviderRow).returning(OpenIdProviderRow.id)) is not None


async def find_link(db: AsyncSession, issuer: str, subject: str) -> OpenIdLinkRow | None:
    return await db.scalar(
        select(OpenIdLinkRow).where(OpenIdLinkRow.issuer == issuer, OpenIdLinkRow.subject == subject).with_for_update()
    )


async def links_of(db: AsyncSession, owner_id: UUID) -> Sequence[OpenIdLinkRow]:
    statement = select(OpenIdLinkRow).where(OpenIdLinkRow.owner_id == owner_id).order_by(OpenIdLinkRow.id).limit(100)
    return (await db.scalars(statement)).all()


async def delete_link(db: AsyncSession, owner_id: UUID, link_id: UUID) -> None:
    await db.execute(delete(OpenIdLinkRow).where(OpenIdLinkRow.owner_id == owner_id, OpenIdLinkRow.id == link_id))
