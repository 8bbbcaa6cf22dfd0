"""What is held of people about models, and to whom their words are sent."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from gitu.features.models import repository
from gitu.features.models.answers.kept import Answers
from gitu.features.models.choosing import local
from gitu.features.models.providers import TITLES
from gitu.kernel.privacy.hooks import Recipient, declare_recipients, declare_store
from gitu.kernel.privacy.registry import declare_kind

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.kernel.services import Services

declare_kind("models", kept="until_deleted")
declare_kind("budgets", kept="until_deleted")
declare_kind("usage", kept="for_days", setting="keep_usage_days")
declare_kind("answers", kept="for_hours", setting="models_cache_hours")


@declare_store("models.answers", kind="answers")
async def erase_answers(services: "Services", person_id: UUID) -> int:
    """Forget the person's kept answers, in every process and in Redis; returns how many there were."""
    return await services.resource(Answers).clear_everywhere(person_id)


@declare_recipients("models.connections")
async def providers(db: "AsyncSession", person_id: UUID) -> list[Recipient]:
    """The model providers that the person can use."""
    rows = await repository.usable_connections(db, person_id)
    return [
        Recipient(
            name=f"{row.name} ({TITLES[row.provider]})" if row.name != TITLES[row.provider] else row.name,
            host=urlsplit(row.base_url).hostname or row.base_url,
            local=local(row),
        )
        for row in rows
    ]
