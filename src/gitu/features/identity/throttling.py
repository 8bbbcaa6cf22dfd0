"""Guessing slowed down: after some failures each further one doubles the pause."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.identity import repository
from gitu.features.identity.errors import SignInThrottled
from gitu.kernel.actions.context import Context
from gitu.kernel.crypto.tokens import hash_token

THROTTLE_WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
FREE_FAILURES_PER_ADDRESS = 30
LONGEST_BLOCK = timedelta(minutes=15)


def throttle_keys(ctx: Context, who: str) -> dict[str, int]:
    """What is counted for an attempt, and how many failures each forgives: ``who`` is tried, and the address tries."""
    return {hash_token(who): FREE_FAILURES, **address_key(ctx)}


def address_key(ctx: Context) -> dict[str, int]:
    """The same for the address alone."""
    return {hash_token(f"address:{ctx.address}"): FREE_FAILURES_PER_ADDRESS}


async def check_throttle(ctx: Context, keys: Mapping[str, int]) -> None:
    """Raises SignInThrottled while any of the keys is blocked."""
    _refuse(await repository.blocked_until(ctx.db, list(keys), ctx.now), ctx.now)


async def count_failure(ctx: Context, keys: Mapping[str, int]) -> None:
    """Note one more failure. What the action has changed so far is taken back: it is about to be refused."""
    # In a transaction of its own: the action's is rolled back by the refusal, and gives its connection up here.
    await ctx.db.rollback()
    async with ctx.services.database.transaction() as db:
        for key, free in keys.items():
            failures = await repository.count_failure(db, key, ctx.now, THROTTLE_WINDOW)
            await _block(db, key, failures, free, ctx.now)


async def count_attempt(db: AsyncSession, ctx: Context, who: str) -> None:
    """Count an attempt before it is made; ``forgive`` takes it back. Raises SignInThrottled while blocked.

    For secrets so short that guesses sent all at once would matter. ``db`` is a transaction of its own, that
    stands whatever becomes of the action.
    """
    key = hash_token(who)
    failures = await repository.count_failure(db, key, ctx.now, THROTTLE_WINDOW)
    # Attempts at the same moment waited for that row, and see the block that the one before brought.
    _refuse(await repository.blocked_until(db, list(throttle_keys(ctx, who)), ctx.now), ctx.now)
    await _block(db, key, failures, FREE_FAILURES, ctx.now)


async def forgive(ctx: Context, who: str) -> None:
    """Start counting anew for ``who``, after a success."""
    await repository.forget_failures(ctx.db, [hash_token(who)])


def _refuse(until: datetime | None, now: datetime) -> None:
    if until is not None:
        seconds = max(1, int((until - now).total_seconds()))
        raise SignInThrottled(seconds=seconds, retry_after=seconds)


async def _block(db: AsyncSession, key: str, failures: int, free: int, now: datetime) -> None:
    if failures >= free:
        pause = min(timedelta(seconds=2.0 ** min(failures - free + 2, 12)), LONGEST_BLOCK)
        await repository.block(db, key, now + pause)
