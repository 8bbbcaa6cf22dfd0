"""What is listed of calls and what they cost."""

import asyncio
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from gitu.features.models import repository
from gitu.features.models.desk import ModelDesk
from gitu.features.models.routing.comparing import compare
from gitu.features.models.schemas import (
    CallRecord,
    CallsQuery,
    PersonUsageRow,
    RoutedWay,
    RoutingComparison,
    RoutingQuery,
    UsageQuery,
    UsageRow,
)
from gitu.features.models.tables import CallRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.i18n import translate


async def list_calls(ctx: Context, data: CallsQuery) -> Page[CallRecord]:
    """The person's calls, newest first."""
    before = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_calls(ctx.db, ctx.user_id, data.session_id, before, data.limit + 1)
    items = [to_call(row, ctx.locale) for row in rows[: data.limit]]
    return Page[CallRecord](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


def to_call(row: CallRow, locale: str) -> CallRecord:
    """A call as people see it."""
    fields = {name: getattr(row, name) for name in CallRecord.model_fields}
    kept = row.reason
    fields["reason"] = None
    if kept is not None:
        params = {name: _said(value, locale) for name, value in kept["params"].items()}
        fields["reason"] = translate(kept["key"], locale, **params)
    return CallRecord.model_validate(fields)


def _said(value: object, locale: str) -> object:
    """A word that is kept by its key, in the reader's language; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return translate(str(cast("dict[str, object]", value)["key"]), locale)


async def get_usage(ctx: Context, data: UsageQuery) -> Page[UsageRow]:
    """Sums by day in the person's zone, model and feature."""
    after = decode_cursor(data.cursor, date, str, str) if data.cursor else None
    rows = await repository.usage(ctx.db, ctx.user_id, _span(ctx, data), after, data.limit + 1)
    items = [UsageRow.model_validate(row, from_attributes=True) for row in rows[: data.limit]]
    last = items[-1] if len(rows) > data.limit else None
    return Page[UsageRow](items=items, next_cursor=encode_cursor(last.day, last.model, last.feature) if last else None)


async def get_usage_of_everyone(ctx: Context, data: UsageQuery) -> Page[PersonUsageRow]:
    """Everyone's, by day in the reader's zone, person, model and feature."""
    after = decode_cursor(data.cursor, date, UUID, str, str) if data.cursor else None
    rows = await repository.usage_of_everyone(ctx.db, _span(ctx, data), after, data.limit + 1)
    items = [PersonUsageRow.model_validate(row, from_attributes=True) for row in rows[: data.limit]]
    last = items[-1] if len(rows) > data.limit else None
    return Page[PersonUsageRow](
        items=items,
        next_cursor=encode_cursor(last.day, last.person_id, last.model, last.feature) if last else None,
    )


def _span(ctx: Context, data: UsageQuery) -> repository.Span:
    return repository.Span(ctx.now - timedelta(days=data.days), ctx.principal.time_zone)


async def compare_routing(ctx: Context, data: RoutingQuery) -> RoutingComparison:
    """The person's calls of the last days by each way of choosing; in a thread, since it counts for seconds."""
    desk = ctx.services.resource(ModelDesk)
    since = ctx.now - timedelta(days=data.days)
    calls = await repository.answered_calls(ctx.db, ctx.user_id, since, data.calls)
    usable = await desk.catalog.usable(ctx.user_id)
    sums = await asyncio.to_thread(compare, calls, usable.connections, desk.prices, desk.qualities)
    return RoutingComparison(
        calls=sums[0].calls,
        ways=[
            RoutedWay(
                way=one.way,
                cost=one.cost,
                unknown_cost_calls=one.unknown_cost_calls,
                quality=round(one.quality / one.calls, 1),
                well_served=round(100 * one.well_served / one.calls, 1),
            )
            for one in sums
            if one.calls
        ],
    )
