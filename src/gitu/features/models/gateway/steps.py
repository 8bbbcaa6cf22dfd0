"""Whom a request at the gateway is put to: by a model's name or id, or by a way of choosing."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from gitu.features.models.catalog import Usable
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import ModelUnknown, NoModel
from gitu.features.models.routing.chains import chain, kept_reason
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.router import mode_of
from gitu.features.models.tables import ConnectionRow

_BY_NAME: dict[str, Any] = {"key": "route-named", "params": {}}
_ALSO_NAMED: dict[str, Any] = {"key": "route-same-name", "params": {}}


class Step(NamedTuple):
    """One model, and why it is asked, as a call's record keeps it."""

    row: ConnectionRow
    name: str
    reason: dict[str, Any]


class _Named(NamedTuple):
    """The models of one name, in the order of connections, and whether anybody may let others step in."""

    steps: list[Step]  # nobody changes it
    falls_back: bool


def steps_of(desk: ModelDesk, usable: Usable, owner_id: UUID, chosen: str, needs: Callable[[], Needs]) -> list[Step]:
    """The models to ask in order. Several connections with a model of that name stand in for each other.

    Raises ModelUnknown, NoModel, NoModelFits.
    """
    if chosen in usable.by_name:
        named: _Named | None = usable.derived.get(chosen)
        if named is None:
            named = usable.derived[chosen] = _named(usable, chosen)
        if desk.health.all_well and not named.falls_back:
            return named.steps
        steps = sorted(named.steps, key=lambda step: desk.health.rests(step.row.id))
        if named.falls_back:
            steps += _fallbacks(desk, usable, owner_id, steps)
        return desk.health.present(steps)
    if not usable.by_name:
        raise NoModel()
    if mode_of(chosen) is None and "/" not in chosen:
        raise ModelUnknown(model=chosen[:200])
    wanted = needs() if mode_of(chosen) is not None else Needs()
    found = chain(desk.router, desk.health, usable.connections, usable.defaults, owner_id, chosen, wanted)
    return [Step(step.row, step.name, kept_reason(step.reason, wanted)) for step in found]


def _named(usable: Usable, name: str) -> "_Named":
    rows = usable.by_name[name]
    steps = [Step(row, name, _ALSO_NAMED if place else _BY_NAME) for place, row in enumerate(rows)]
    return _Named(steps, any(row.fallbacks for row in usable.defaults.values()))


def _fallbacks(desk: ModelDesk, usable: Usable, owner_id: UUID, before: list[Step]) -> list[Step]:
    """Those that the person, or the instance, lets step in."""
    nobody = Needs()
    found = chain(desk.router, desk.health, usable.connections, usable.defaults, owner_id, None, nobody)
    there = {(step.row.id, step.name) for step in before}
    return [
        Step(step.row, step.name, kept_reason(step.reason, nobody))
        for step in found
        if step.reason.key == "route-steps-in" and (step.row.id, step.name) not in there
    ]
