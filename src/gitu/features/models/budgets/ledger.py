"""Sets aside what a call may cost before it leaves, and counts what it did cost afterwards.

Nothing is spent that was not set aside: a process leases a small share of what a hard limit leaves (one transaction,
which locks the period's row) and grants from it in memory. What is leased counts as spent for every other process, so
the sum never passes the limit however many call at once; near the limit each lease is just what one call needs.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models.budgets import alerts, reconciling, repository
from gitu.features.models.budgets.book import Book
from gitu.features.models.budgets.errors import BudgetReached, BudgetUnchecked, PriceUnknown
from gitu.features.models.budgets.periods import ends_at, quarter_of
from gitu.features.models.budgets.purses import FINEST, ZERO, Plan, Purse, Reservation, charged_of
from gitu.features.models.budgets.rules import Counter, Purpose, Rule
from gitu.kernel import clock
from gitu.kernel.cancelling import end
from gitu.kernel.db.errors import DATABASE_FAILURES
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Recorded
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from gitu.features.models.calls import Call

log = structlog.get_logger(__name__)

LEASE_S: Final = 120.0  # what a killed process had set aside is looked at after so long
RENEW_S: Final = 30.0
LOOK_S: Final = 5.0
PATIENCE_S: Final = 5.0  # that a call waits for a lease
IDLE_S: Final = 1.0  # what nobody used for so long is given back
SPARE: Final = Decimal("0.0625")  # of what is left, at most, is leased beyond what is needed
BACKGROUND: Final = Decimal("0.8")  # of a hard limit is for work nobody waits for; the rest for who waits
MOST_PLANS: Final = 10_000


class _Known(NamedTuple):
    """A plan, and for how long it holds: while these are the rules, and no day has begun."""

    rules: list[Rule]
    quarter: int
    plan: Plan | None


class _Turns(asyncio.Lock):
    """A lock that nobody waits for in vain."""

    def __init__(self) -> None:
        super().__init__()
        self._ended = 0

    def release(self) -> None:
        self._ended += 1
        super().release()

    async def acquired(self, patience_s: float) -> bool:
        """Wait for it as long as others get and return it; False when nobody did for so long."""
        while True:
            ended = self._ended
            try:
                async with asyncio.timeout(patience_s):
                    return await self.acquire()
            except TimeoutError:
                if ended == self._ended:
                    return False


class Ledger:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.database
        self.process_id = services.bus.process_id
        self.book = Book(services)
        self._plans: dict[Purpose, _Known] = {}
        self._purses: dict[Counter, Purse] = {}
        self._leasing = _Turns()
        self._stuck: set[asyncio.Task[None]] = set()  # leases that nobody waits for any more
        self._looked = -LOOK_S  # when it was last looked for processes that died
        self._tending: asyncio.Task[None] | None = None

    async def plan(self, purpose: Purpose) -> Plan | None:
        """Which budgets count such a call now; None where none does. Raises BudgetUnchecked when nobody can tell."""
        rules = self.book.known(purpose.owner_id)
        if rules is None:
            rules = await self._rules(purpose.owner_id)
        if not rules:
            return None
        now = clock.now()
        known = self._plans.get(purpose)
        if known is not None and known.rules is rules and known.quarter == quarter_of(now):
            return known.plan
        counters = {rule.counter(purpose, now): rule for rule in rules if rule.counts(purpose)}
        hard = {counter: rule for counter, rule in counters.items() if rule.hard}
        plan = Plan(purpose, tuple(counters), hard) if counters else None
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        self._plans[purpose] = _Known(rules, quarter_of(now), plan)
        return plan

    async def reserve(self, plan: Plan, most: Decimal | None) -> Reservation:
        """Set ``most`` USD aside, the highest that the call can cost; None where its price is unknown.

        Raises BudgetReached, PriceUnknown (only under a hard limit), BudgetUnchecked when the database is away.
        """
        if not plan.hard:
            return Reservation(ZERO if most is None else most, plan.counters)
        if most is None:
            raise PriceUnknown()
        amount = most.quantize(FINEST, ROUND_UP)
        await self._hold(plan, amount)
        return Reservation(amount, plan.counters, tuple(plan.hard))

    async def left(self, purpose: Purpose) -> Decimal | None:
        """The least that the hard limits over such calls leave; None where there is none."""
        plan = await self.plan(purpose)
        if plan is None or not plan.hard:
            return None
        async with self._database.reader() as db:
            standing = await repository.standing(db, list(plan.hard))
        lefts: list[Decimal] = []
        for counter, rule in plan.hard.items():
            spent, leased = standing.get(counter, (ZERO, ZERO))
            lefts.append(_limit(rule, purpose) - spent - leased + self._purse(counter).free)
        return max(min(lefts), ZERO)

    async def _rules(self, owner_id: UUID) -> list[Rule]:
        try:
            return await self.book.rules(owner_id)
        except DATABASE_FAILURES as error:
            log.warning("budgets.unchecked", error=type(error).__name__)
            raise BudgetUnchecked() from None

    def _purse(self, counter: Counter) -> Purse:
        return self._purses.get(counter) or Purse()

    async def _hold(self, plan: Plan, amount: Decimal) -> None:
        if not self._take(plan.hard, amount):
            self._wait(plan.hard, amount)
            try:
                await self._hold_more(plan, amount)
            finally:
                self._wait(plan.hard, -amount)
        if self._tending is None:
            self._tending = asyncio.get_running_loop().create_task(self._tend(), name="budget-leases")

    async def _hold_more(self, plan: Plan, amount: Decimal) -> None:
        """Raises BudgetUnchecked when the database has not answered for long: what it then still grants is kept."""
        if self._stuck or not await self._leasing.acquired(PATIENCE_S):
            raise BudgetUnchecked()
        if self._take(plan.hard, amount):
            self._leasing.release()
            return
        # Held before it is there: while the database is asked, no other call may take what is free.
        self._add(plan.hard, amount)
        lease = asyncio.get_running_loop().create_task(self._lease_and_release(plan, amount), name="budget-lease")
        try:
            # A task of its own: to break off a transaction needs the database too, which may be what hangs.
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.shield(lease)
        except BaseException as error:
            if lease.done():
                raise
            self._stuck.add(lease)
            lease.add_done_callback(partial(self._unneeded, plan, amount))
            if isinstance(error, TimeoutError):
                log.warning("budgets.unchecked", error="the database does not answer")
                raise BudgetUnchecked() from None
            raise

    async def _lease_and_release(self, plan: Plan, amount: Decimal) -> None:
        try:
            await self._lease(plan, amount)
        except BaseException:
            self._add(plan.hard, -amount)
            raise
        finally:
            self._leasing.release()

    def _unneeded(self, plan: Plan, amount: Decimal, lease: asyncio.Task[None]) -> None:
        """The lease came, or failed, after the call that wanted it had given up."""
        self._stuck.discard(lease)
        if not lease.cancelled() and lease.exception() is None:
            self._add(plan.hard, -amount)

    def _take(self, hard: Iterable[Counter], amount: Decimal) -> bool:
        purses: list[Purse] = []
        for counter in hard:
            purse = self._purses.get(counter)
            if purse is None or purse.granted - purse.held - purse.used < amount:
                return False
            purses.append(purse)
        now = clock.monotonic()
        for purse in purses:
            purse.held += amount
            purse.touched = now
        return True

    def _add(self, hard: Iterable[Counter], amount: Decimal) -> None:
        now = clock.monotonic()
        for counter in hard:
            purse = self._purses.get(counter)
            if purse is None:
                purse = self._purses[counter] = Purse()
            purse.held += amount
            purse.touched = now

    def _wait(self, hard: Iterable[Counter], amount: Decimal) -> None:
        for counter in hard:
            self._purses.setdefault(counter, Purse()).waiting += amount

    async def _lease(self, plan: Plan, amount: Decimal) -> None:
        """Lease what is missing, and more within a small share of what is left: what other calls wait for, or twice
        what was spent since the last time, so that under load leases grow until they are seldom.
        """
        wanted = {counter: rule for counter, rule in sorted(plan.hard.items()) if self._purses[counter].free < 0}
        if not wanted:  # other calls have ended meanwhile
            return
        now = clock.now()
        granted: dict[Counter, Decimal] = {}
        try:
            if clock.monotonic() - self._looked >= LOOK_S:
                self._looked = clock.monotonic()
                await reconciling.reconcile(self._database, now)
            async with self._database.transaction() as db:
                spent = await repository.lock_spending(db, list(wanted))
                others = await repository.leased_by_others(db, list(wanted), self.process_id)
                for counter, rule in wanted.items():
                    if counter not in spent:  # its budget is gone
                        continue
                    purse = self._purses[counter]
                    missing = -purse.free
                    left = _limit(rule, plan.purpose) - spent[counter] - others.get(counter, ZERO) - purse.granted
                    if left < missing:
                        raise self._refusal(rule, counter, max(left + purse.free + amount, ZERO), amount)
                    spare = ((left - missing) * SPARE).quantize(FINEST)
                    ahead = min(max(2 * purse.spent_lately, purse.waiting - amount), spare)
                    granted[counter] = purse.granted + max(missing + ahead, ZERO)
                until = now + timedelta(seconds=LEASE_S)
                await repository.set_leases(db, self.process_id, granted, until)
        except DATABASE_FAILURES as error:
            log.warning("budgets.unchecked", error=type(error).__name__)
            raise BudgetUnchecked() from None
        for counter, sum_granted in granted.items():
            self._purses[counter].granted = sum_granted
            self._purses[counter].spent_lately = ZERO

    def _refusal(self, rule: Rule, counter: Counter, left: Decimal, needed: Decimal) -> BudgetReached:
        until = ends_at(rule.period, counter.starts_on, rule.time_zone)
        return BudgetReached.of(
            kind=rule.kind, subject=rule.subject, period=rule.period, limit=rule.limit, left=left, needed=needed,
            until=until,
        )  # fmt: skip

    def settle(self, reservation: Reservation, cost: Decimal) -> None:
        """The call is over and cost so much; its record carries the counters on (see ``write``)."""
        if not reservation.open:
            return
        reservation.open = False
        now = clock.monotonic()
        for counter in reservation.hard:
            purse = self._purses[counter]
            purse.held -= reservation.amount
            purse.used += cost
            purse.spent_lately += cost
            purse.touched = now

    @contextlib.asynccontextmanager
    async def counting(self, calls: "Sequence[Call]") -> AsyncGenerator[Callable[[AsyncSession], Awaitable[None]]]:
        """Around the transaction that keeps the records of calls: gives the function that counts in it.

        A call that was counted before, as when a commit's answer was lost, is counted by the difference only.
        """
        ended = [call for call in calls if call.charged is not None and call.charges]
        if not ended:
            yield _nothing
            return
        charged = charged_of(ended)
        used = {counter: amount for counter, amount in charged.items() if counter in self._purses}
        async with self._leasing:
            left = {counter: max(self._purses[counter].granted - amount, ZERO) for counter, amount in used.items()}
            kept: set[Counter] = set()
            recorded: list[Recorded] = []

            async def count(db: AsyncSession) -> None:
                recorded.extend(await self._count(db, ended, charged))
                until = clock.now() + timedelta(seconds=LEASE_S)
                kept.update(await repository.lower_leases(db, self.process_id, left, until))

            yield count
            self._services.bus.publish_local(recorded)
            for counter, amount in used.items():
                purse = self._purses[counter]
                purse.used -= amount
                # A lease that ran out while the database was away was taken back: what is needed is asked for anew.
                purse.granted = left[counter] if counter in kept else ZERO

    async def _count(
        self, db: AsyncSession, ended: "Sequence[Call]", charged: dict[Counter, Decimal]
    ) -> list[Recorded]:
        before = await repository.charged_before(db, [call.id for call in ended])
        sums = dict(charged)
        for call in ended if before else ():
            for counter in call.charges or ():
                sums[counter] -= before.get(call.id, ZERO)
        rows = await repository.add_spending(db, sums)
        told = await alerts.passed(db, rows)
        return await append_events(db, self.process_id, told, clock.now())

    async def _tend(self) -> None:
        """Renew what is in use, give back what is not; ends when nothing is leased."""
        renewed = clock.monotonic()
        while self._purses:
            await asyncio.sleep(IDLE_S)
            now = clock.monotonic()
            idle = [counter for counter, purse in self._purses.items() if purse.idle and now - purse.touched >= IDLE_S]
            try:
                if idle:
                    async with self._leasing:
                        await self._give_back(idle)
                if now - renewed >= RENEW_S:
                    renewed = now
                    async with self._leasing:
                        await self._renew()
            except DATABASE_FAILURES as error:
                log.warning("budgets.not_tended", error=type(error).__name__)
        self._tending = None

    async def _give_back(self, counters: Sequence[Counter]) -> None:
        still = [one for one in counters if (purse := self._purses.get(one)) and purse.idle]
        gone = {counter: self._purses.pop(counter) for counter in still}
        try:
            async with self._database.transaction() as db:
                await repository.delete_leases(db, self.process_id, still)
        except BaseException:
            for counter, purse in gone.items():
                self._purses.setdefault(counter, purse)
            raise

    async def _renew(self) -> None:
        counters = list(self._purses)
        async with self._database.transaction() as db:
            kept = await repository.renew_leases(db, self.process_id, clock.now() + timedelta(seconds=LEASE_S))
        for counter in counters:
            if counter not in kept and counter in self._purses:
                self._purses[counter].granted = ZERO

    async def aclose(self) -> None:
        """Give everything back; run after the last record was written."""
        if self._tending is not None:
            await end(self._tending)
        for lease in self._stuck:
            lease.cancel()
        if self._stuck:
            await asyncio.wait(self._stuck, timeout=IDLE_S)  # not for longer: the database may never answer
        with contextlib.suppress(*DATABASE_FAILURES):
            await self._give_back(list(self._purses))
        self.book.close()


async def _nothing(_db: AsyncSession) -> None:
    """No budget counts any of them."""


def _limit(rule: Rule, purpose: Purpose) -> Decimal:
    return rule.limit * BACKGROUND if purpose.background else rule.limit
