"""What privacy can do."""

from gitu.features.privacy import erasing, exports, notice
from gitu.features.privacy.schemas import (
    EraseMe,
    ErasePerson,
    ErasurePreview,
    ErasureQuery,
    ErasureReport,
    ErasureStarted,
    Export,
    ExportRef,
    NoInput,
    Notice,
    ReportRequest,
)
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

READ = declare_scope("privacy:read", role=Role.GUEST, title="See what is held on you, and your exports")
EXPORT = declare_scope("privacy:export", role=Role.GUEST, title="Export what is held on you")
ERASE = declare_scope("privacy:erase", role=Role.GUEST, title="Erase what is held on you")
ADMIN = declare_scope(erasing.ADMIN, role=Role.ADMIN, title="Erase people whose access was closed, and see the reports")


@action("privacy.get_notice", scope=None, risk=Risk.READ, http="GET /privacy/notice", untracked=True)
async def get_notice(ctx: Context, data: NoInput) -> Notice:
    """Show what is held on people here, why, how long, and who gets it."""
    return await notice.get_notice(ctx)


@action("privacy.start_export", scope=EXPORT, risk=Risk.WRITE, http="POST /privacy/exports", doors=PEOPLE_DOORS)
async def start_export(ctx: Context, data: NoInput) -> Export:
    """Begin to write all that is held on you into an archive."""
    return await exports.start(ctx)


@action("privacy.list_exports", scope=READ, risk=Risk.READ, http="GET /privacy/exports")
async def list_exports(ctx: Context, data: PageQuery) -> Page[Export]:
    """List your exports."""
    return await exports.list_exports(ctx, data)


@action("privacy.get_export", scope=READ, risk=Risk.READ, http="GET /privacy/exports/{export_id}", untracked=True)
async def get_export(ctx: Context, data: ExportRef) -> Export:
    """Show how far an export is."""
    return await exports.get_export(ctx, data.export_id)


@action("privacy.fetch_export", scope=EXPORT, risk=Risk.READ, doors=PEOPLE_DOORS)
async def fetch_export(ctx: Context, data: ExportRef) -> Export:
    """Fetch the archive of an export; its bytes come by the route that asks for this."""
    return await exports.get_ready(ctx, data.export_id)


@action("privacy.delete_export", scope=EXPORT, risk=Risk.WRITE, http="DELETE /privacy/exports/{export_id}")
async def delete_export(ctx: Context, data: ExportRef) -> Nothing:
    """Remove an export before its time."""
    await exports.delete(ctx, data.export_id)
    return Nothing()


@action("privacy.preview_erasure", scope=ERASE, risk=Risk.READ, http="GET /privacy/erasure", doors=PEOPLE_DOORS)
async def preview_erasure(ctx: Context, data: ErasureQuery) -> ErasurePreview:
    """Show what an erasure would delete and what would stay."""
    return await erasing.preview(ctx, data.person_id)


@action("privacy.erase_me", scope=ERASE, risk=Risk.DANGEROUS, http="POST /privacy/erasure", secret_output=True)
async def erase_me(ctx: Context, data: EraseMe) -> ErasureStarted:
    """Erase your account and all that is held on you, for good."""
    return await erasing.erase_me(ctx, data)


@action(
    "privacy.erase_person",
    scope=ADMIN,
    risk=Risk.DANGEROUS,
    http="POST /privacy/people/{person_id}/erase",
    secret_output=True,
)
async def erase_person(ctx: Context, data: ErasePerson) -> ErasureStarted:
    """Erase all that is held on a person whose access was closed, for good."""
    return await erasing.erase_person(ctx, data)


@action("privacy.list_erasures", scope=ADMIN, risk=Risk.READ, http="GET /privacy/erasures")
async def list_erasures(ctx: Context, data: PageQuery) -> Page[ErasureReport]:
    """List the reports of erasures; they name nobody."""
    return await erasing.list_erasures(ctx, data)


@action("privacy.get_report", scope=None, risk=Risk.READ, doors=PEOPLE_DOORS)
async def get_report(ctx: Context, data: ReportRequest) -> ErasureReport:
    """Show the report of an erasure to whoever holds its receipt."""
    return await erasing.get_report(ctx, data.receipt.get_secret_value())
