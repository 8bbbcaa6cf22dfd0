"""The models that a request is put to, in order, each with the reason why it stands there."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from gitu.features.models.choosing import sensible, split_id
from gitu.features.models.errors import ModelUnknown, NoModel, NoModelFits
from gitu.features.models.repository import INSTANCE
from gitu.features.models.routing.health import Health
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.router import Mode, Router, mode_of
from gitu.features.models.tables import ConnectionRow, DefaultsRow
from gitu.kernel.i18n import Words


class Step(NamedTuple):
    """One model of the chain."""

    row: ConnectionRow
    name: str
    reason: Words


def chain(
    router: Router,
    health: Health,
    usable: Sequence[ConnectionRow],
    defaults: Mapping[UUID, DefaultsRow],
    owner_id: UUID,
    chosen: str | None,
    needs: Needs,
) -> list[Step]:
    """The model to ask and those that step in, without those that are gone; who rests after failures comes last.

    ``chosen`` is the id of a model or the name of a way of choosing (``gitu/auto``).
    Raises ModelUnknown when the chosen one is not the person's to use, NoModel when there is none at all, NoModelFits
    when the router finds none that can do what is needed.
    """
    own, instance = defaults.get(owner_id), defaults.get(INSTANCE)
    wanted, reason = chosen, "route-chosen"
    if wanted is None:
        wanted = next((row.model for row in (own, instance) if row is not None and row.model is not None), None)
        reason = "route-default"
    mode = mode_of(wanted)
    if mode is not None:
        return health.present(_routed(router, usable, needs, mode))
    connections = {row.id: row for row in usable}
    if chosen is not None and split_id(chosen)[0] not in connections:
        raise ModelUnknown(model=chosen)
    force = own if own is not None and (own.model or own.fallbacks) else instance
    found: dict[str, Step] = {}
    for one in [*([wanted] if wanted else []), *(force.fallbacks if force is not None else [])]:
        if mode_of(one) is not None:
            for step in _routed(router, usable, needs, mode_of(one) or "auto"):
                found.setdefault(f"{step.row.id}/{step.name}", step)
            continue
        connection_id, name = split_id(one)
        if connection_id in connections:
            why = Words(reason) if one == wanted else Words("route-steps-in")
            found.setdefault(one, Step(connections[connection_id], name, why))
    if not found:
        there = [row for row in usable if row.models and not health.away(row.id)]
        return [Step(*sensible(there or usable), Words("route-first"))]
    steps = health.present(list(found.values()))
    return sorted(steps, key=lambda step: health.rests(step.row.id)) if len(steps) > 1 else steps


def _routed(router: Router, usable: Sequence[ConnectionRow], needs: Needs, mode: Mode) -> list[Step]:
    if not any(row.models for row in usable):
        raise NoModel()
    order = router.order(usable, needs, mode)
    if not order:
        raise NoModelFits(tokens=needs.input_tokens, mode=mode)
    first, *others = order
    why = router.reason(first, needs, mode)
    return [Step(first.row, first.name, why), *(Step(one.row, one.name, Words("route-steps-in")) for one in others)]


def kept_reason(reason: Words, needs: Needs) -> dict[str, Any]:  # Any: what JSON holds
    """A reason as a call keeps it, to be said in each reader's language, with what the choice was made from."""
    params = {name: {"key": value.key} if isinstance(value, Words) else value for name, value in reason.params.items()}
    return {"key": reason.key, "params": params, "needs": needs.as_json()}
