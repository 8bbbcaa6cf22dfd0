"""Whether what acts for a person may go on beside a call: watching a stream, typing into what runs.

Such things are no calls of actions, so nothing of them can be held; a grant lets them through, or nothing does.
"""

from gitu.kernel import clock
from gitu.kernel.actions.effects import NO_EFFECT, Effect
from gitu.kernel.actions.permissions.grants import Wanted, delegate_of
from gitu.kernel.actions.permissions.standing import standing
from gitu.kernel.actions.registry import registry
from gitu.kernel.auth.principal import Principal
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import Denied, GrantNeeded, Unauthenticated
from gitu.kernel.services import Services


async def require_standing(
    services: Services, principal: Principal, action_name: str, effect: Effect = NO_EFFECT
) -> None:
    """That the caller may do what the action does, without being asked about it.

    Raises Unauthenticated, Denied, and GrantNeeded for what acts for a person who has not granted it.
    """
    action = registry.get(action_name)
    assert action.scope is not None, "for what needs a permission"
    if principal.user_id is None:
        raise Unauthenticated()
    if not allows(principal, action.scope):
        raise Denied(scope=action.scope)
    if not principal.is_delegate:
        return
    wanted = Wanted(
        delegate=delegate_of(principal),
        action=action.name,
        scope=action.scope,
        risk=action.risk,
        effect=effect,
        touches=action.effect is not None,
        session_id=None,
        outside=False,
    )
    now = clock.now()
    stands = await standing(services.database, principal.user_id, wanted.delegate, action.name, action.scope, None, now)
    if stands.grant_for(wanted, now) is None:
        raise GrantNeeded(name=action.command, scope=action.scope)
