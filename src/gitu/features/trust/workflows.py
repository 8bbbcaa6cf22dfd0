"""Trust's durable jobs."""

from uuid import UUID

from gitu.features.trust import approvals
from gitu.kernel.jobs import workflow
from gitu.kernel.services import Services


@workflow(approvals.RUN_APPROVED)
async def run_approved(services: Services, approval_id: str) -> None:
    """Run an approved external call, whatever becomes of the process that took the approval."""
    await approvals.run_approved(services, UUID(approval_id))
