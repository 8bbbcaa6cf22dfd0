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


def steps_of(desk: ModelDesk, usable: Usable, owner_id: UUID, chosen: str, needs: Callable[[], Needs]) -> list[Step]:
    """The models to ask in order. Several connections with a model of that name stand in for each other.

    Raises ModelUnknown, NoModel, NoModelFits.
    """
    rows = usable.by_name.get(chosen)
    if rows is not None:
        steps = [Step(row, chosen, _ALSO_NAMED if place else _BY_NAME) for place, row in enumerate(rows)]
        if len(steps) > 1:
            steps.sort(key=lambda step: desk.health.rests(step.row.id))
        elif not _falls_back(usable, owner_id):
            return steps
        return desk.health.present(steps + _fallbacks(desk, usable, owner_id, steps))
    if not usable.by_name:
        raise NoModel()
    if mode_of(chosen) is None and "/" not in chosen:
        raise ModelUnknown(model=chosen[:200])
    wanted = needs() if mode_of(chosen) is not None else Needs()
    found = chain(desk.router, desk.health, usable.connections, usable.defaults, owner_id, chosen, wanted)
    return [Step(step.row, step.name, kept_reason(step.reason, wanted)) for step in found]


def _falls_back(usable: Usable, owner_id: UUID) -> bool:
    return any(row.fallbacks for row in usable.defaults.values())


def _fallbacks(desk: ModelDesk, usable: Usable, owner_id: UUID, before: list[Step]) -> list[Step]:
    """Those that the person, or the instance, lets step in."""
    if not _falls_back(usable, owner_id):
        return []
    nobody = Needs()
    found = chain(desk.router, desk.health, usable.connections, usable.defaults, owner_id, None, nobody)
    there = {(step.row.id, step.name) for step in before}
    return [
        Step(step.row, step.name, kept_reason(step.reason, nobody))
        for step in found
        if step.reason.key == "route-steps-in" and (step.row.id, step.name) not in there
    ]
