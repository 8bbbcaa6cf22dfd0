"""The privacy notice, made from what tables and features declare, so that it can't say anything else."""

from gitu.features.privacy.schemas import KindNotice, Notice, Receiver
from gitu.kernel.actions.context import Context
from gitu.kernel.i18n import translate
from gitu.kernel.privacy.hooks import all_recipients
from gitu.kernel.privacy.registry import Kind, kinds, personal_tables
from gitu.kernel.settings import Settings

MOST_RECEIVERS = 200


async def get_notice(ctx: Context) -> Notice:
    """What is held on anybody here; whom it can be sent to, for those who are signed in."""
    receivers: list[Receiver] | None = None
    if ctx.principal.user_id is not None:
        found = [one for recipients in all_recipients() for one in await recipients(ctx.db, ctx.user_id)]
        receivers = [Receiver(name=one.name, host=one.host, local=one.local) for one in found[:MOST_RECEIVERS]]
    return Notice(kinds=[_told(kind, ctx) for kind in kinds()], receivers=receivers)


def _told(kind: Kind, ctx: Context) -> KindNotice:
    return KindNotice(
        kind=kind.name,
        title=title_of(kind.name, ctx.locale),
        what=translate(f"{_key(kind.name)}-what", ctx.locale),
        why=translate(f"{_key(kind.name)}-why", ctx.locale),
        kept=kept_for(kind, ctx.services.settings, ctx.locale),
        stays=why_stays(kind.name, ctx.locale),
    )


def kept_for(kind: Kind, settings: Settings, locale: str) -> str:
    """How long a kind is kept, with the number that is set here."""
    key = "privacy-kept-" + kind.kept.replace("_", "-")
    return translate(key, locale, count=getattr(settings, kind.setting)) if kind.setting else translate(key, locale)


def title_of(kind: str, locale: str) -> str:
    """A kind's name."""
    return translate(_key(kind), locale)


def why_stays(kind: str, locale: str) -> str | None:
    """Why rows of a kind outlive an erasure; None when none do."""
    reasons = {found.stays for found in personal_tables() if found.kind == kind and found.stays is not None}
    return " ".join(translate(f"stays-{reason}", locale) for reason in sorted(reasons)) or None


def _key(kind: str) -> str:
    return "kind-" + kind.replace("_", "-")
