"""The rules of kept answers: what is shown of them, and who may forget which."""

from datetime import timedelta

from gitu.features.models.answers import repository
from gitu.features.models.answers.events import CacheCleared
from gitu.features.models.answers.kept import Answers
from gitu.features.models.answers.schemas import CacheClear, CacheDay, CacheGone, CacheQuery, CacheReport
from gitu.features.models.errors import SharingDenied
from gitu.features.models.service import may_share
from gitu.kernel.actions.context import Context


async def get_cache(ctx: Context, data: CacheQuery) -> CacheReport:
    """What is kept for the caller, and what that did on each of the days (in their zone)."""
    answers = ctx.services.resource(Answers)
    since = ctx.now - timedelta(days=data.days)
    rows = await repository.cache_days(ctx.db, ctx.user_id, since, ctx.principal.time_zone, data.days + 1)
    entries, size = await answers.held(ctx.user_id)
    return CacheReport(
        where=answers.where,
        hours=ctx.services.settings.models_cache_hours,
        entries=entries,
        size=size,
        days=[CacheDay.model_validate(row, from_attributes=True) for row in rows],
    )


async def clear_cache(ctx: Context, data: CacheClear) -> CacheGone:
    """Forget the caller's answers, or everyone's. Raises SharingDenied."""
    if data.instance and not may_share(ctx):
        raise SharingDenied()
    answers = ctx.services.resource(Answers)
    gone = await answers.clear(None if data.instance else ctx.user_id)
    ctx.emit(CacheCleared(everyone=data.instance))
    ctx.audit_detail |= {"instance": data.instance, "entries": gone}
    return CacheGone(entries=gone)
