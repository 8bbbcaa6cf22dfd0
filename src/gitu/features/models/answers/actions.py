"""What can be done with kept answers."""

from gitu.features.models.answers import service
from gitu.features.models.answers.schemas import CacheClear, CacheGone, CacheQuery, CacheReport
from gitu.features.models.scopes import MODELS_CACHE, MODELS_READ
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.registry import Risk, action


@action("models.get_cache", scope=MODELS_READ, risk=Risk.READ, http="GET /models/cache")
async def get_cache(ctx: Context, data: CacheQuery) -> CacheReport:
    """Show how many of your requests were answered by kept answers, and what that saved."""
    return await service.get_cache(ctx, data)


@action("models.clear_cache", scope=MODELS_CACHE, risk=Risk.WRITE, http="POST /models/cache/clear")
async def clear_cache(ctx: Context, data: CacheClear) -> CacheGone:
    """Forget the kept answers of models, so that every question is asked anew."""
    return await service.clear_cache(ctx, data)
