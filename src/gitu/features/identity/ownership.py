"""Handing this Gitu to another owner: the one before stays an admin."""

from gitu.features.identity import repository, tickets
from gitu.features.identity.confirming import require_confirmed
from gitu.features.identity.errors import OwnerUntouchable, SuccessorNotAdmin
from gitu.features.identity.events import UserChanged
from gitu.features.identity.schemas.factors import PersonRef
from gitu.kernel.actions.context import Context
from gitu.kernel.auth.principal import Role
from gitu.kernel.errors import NotFound


async def hand_over(ctx: Context, data: PersonRef) -> None:
    """Raises NotFound, PersonNeeded, OwnerUntouchable, SuccessorNotAdmin, ConfirmationNeeded."""
    tickets.require_person(ctx)
    await repository.lock_accounts(ctx.db)
    successor = await repository.lock_user(ctx.db, data.user_id)
    if successor is None:
        raise NotFound(what="user", id=str(data.user_id))
    owner = await repository.lock_user(ctx.db, ctx.user_id)
    if owner is None or owner.role != Role.OWNER:
        raise OwnerUntouchable(scope="users:admin")
    if successor.role != Role.ADMIN or successor.disabled_at is not None:
        raise SuccessorNotAdmin(login=successor.login, what="person")
    await require_confirmed(ctx)
    successor.role, owner.role = Role.OWNER.value, Role.ADMIN.value
    ctx.audit_detail["user_id"] = str(successor.id)
    for person in (successor, owner):
        ctx.emit(UserChanged(user_id=person.id), owner_id=person.id)
