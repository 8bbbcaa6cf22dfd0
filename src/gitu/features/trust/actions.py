"""What trust can do."""

from gitu.features.trust import approvals, grants, service
from gitu.features.trust.schemas import (
    ActionList,
    Approval,
    ApprovalDecided,
    ApprovalGive,
    ApprovalQuery,
    ApprovalRef,
    AuditEntry,
    AuditQuery,
    Grant,
    GrantCreate,
    GrantQuery,
    GrantRef,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import Door, Nothing, Origin, Risk, action
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

AUDIT_READ = declare_scope("audit:read", role=Role.GUEST, title="See what was done here in your name")
APPROVALS_READ = declare_scope("approvals:read", role=Role.GUEST, title="See what waits for your approval")
APPROVALS_DECIDE = declare_scope("approvals:decide", role=Role.GUEST, title="Approve or deny what waits")
GRANTS_READ = declare_scope("grants:read", role=Role.GUEST, title="See what may act for you, and how far")
GRANTS_WRITE = declare_scope("grants:write", role=Role.GUEST, title="Decide what may act for you, and how far")
ACTIONS_READ = declare_scope("actions:read", role=Role.GUEST, title="List what you may do")

# A conversation may not decide on what it asked for itself.
PERSON_ONLY = frozenset({Door.REST, Door.WEBSOCKET, Door.CLI, Door.CHAT})


class NoInput(Input):
    """Nothing to give."""


@action("trust.list_audit", scope=AUDIT_READ, risk=Risk.READ, http="GET /audit")
async def list_audit(ctx: Context, data: AuditQuery) -> Page[AuditEntry]:
    """Search the audit log: who did what, through which door, and what came of it."""
    return await service.list_audit(ctx, data)


# A held call holds whatever made the assistant ask for it: read again, that is from outside as before.
@action("trust.list_approvals", scope=APPROVALS_READ, risk=Risk.READ, http="GET /approvals", origin=Origin.OUTSIDE)
async def list_approvals(ctx: Context, data: ApprovalQuery) -> Page[Approval]:
    """List what waits for your approval, and what you decided."""
    return await approvals.list_approvals(ctx, data)


@action("trust.get_approval", scope=APPROVALS_READ, risk=Risk.READ, http="GET /approvals/{approval_id}")
async def get_approval(ctx: Context, data: ApprovalRef) -> Approval:
    """Show one request: exactly what it would do, who asks, and what became of it."""
    return await approvals.get_approval(ctx, data.approval_id)


@action(
    "trust.approve",
    scope=APPROVALS_DECIDE,
    risk=Risk.WRITE,
    http="POST /approvals/{approval_id}/approve",
    doors=PERSON_ONLY,
)
async def approve(ctx: Context, data: ApprovalGive) -> ApprovalDecided:
    """Approve a held request; it runs at once, exactly as shown.

    With ``remember`` the same may be done again without asking: in this conversation, until a time, or always, within
    the limits given.
    """
    return await approvals.approve(ctx, data)


@action(
    "trust.deny",
    scope=APPROVALS_DECIDE,
    risk=Risk.WRITE,
    http="POST /approvals/{approval_id}/deny",
    doors=PERSON_ONLY,
)
async def deny(ctx: Context, data: ApprovalRef) -> ApprovalDecided:
    """Deny a held request; nothing runs."""
    return await approvals.deny(ctx, data.approval_id)


@action("trust.list_grants", scope=GRANTS_READ, risk=Risk.READ, http="GET /grants")
async def list_grants(ctx: Context, data: GrantQuery) -> Page[Grant]:
    """List what the assistant and your programs may do without asking, and how far."""
    return await grants.list_grants(ctx, data)


@action("trust.create_grant", scope=GRANTS_WRITE, risk=Risk.WRITE, http="POST /grants", doors=PERSON_ONLY)
async def create_grant(ctx: Context, data: GrantCreate) -> Grant:
    """Let the assistant or one of your programs do something without asking, within limits."""
    return await grants.create(ctx, data)


@action("trust.revoke_grant", scope=GRANTS_WRITE, risk=Risk.WRITE, http="DELETE /grants/{grant_id}", doors=PERSON_ONLY)
async def revoke_grant(ctx: Context, data: GrantRef) -> Nothing:
    """Take a permission back; it holds from the next call on."""
    await grants.revoke(ctx, data.grant_id)
    return Nothing()


@action("trust.list_actions", scope=ACTIONS_READ, risk=Risk.READ, http="GET /actions", untracked=True)
async def list_actions(ctx: Context, data: NoInput) -> ActionList:
    """List everything you may do here, with the input each needs."""
    return service.list_actions(ctx)
