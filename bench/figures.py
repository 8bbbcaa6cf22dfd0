"""What a measurement leaves behind: figures with their spread, their goal, and how they were taken."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``goal`` is the most it may be (``bound="max"``) or the least (``bound="min"``)."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    bound: Literal["max", "min"] = "max"
    spread: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value < self.goal if self.bound == "max" else self.value >= self.goal


@dataclass(slots=True)
class Section:
    """The figures of one subject, with how they were measured."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list[Figure])
    notes: list[str] = field(default_factory=list[str])

    def add(
        self,
        name: str,
        values: float | Sequence[float],
        unit: str,
        *,
        goal: float | None = None,
        bound: Literal["max", "min"] = "max",
    ) -> Figure:
        """Add a figure: of several values the median, with their quartiles and range as its spread."""
        if isinstance(values, (int, float)):
            figure = Figure(name, float(values), unit, goal, bound)
        else:
            figure = Figure(name, statistics.median(values), unit, goal, bound, spread_of(values))
        self.figures.append(figure)
        return figure


def spread_of(values: Sequence[float]) -> str:
    """``n = 40, quartiles 9.1-11.2, range 8.3-40.1``."""
    low, high = min(values), max(values)
    text = f"n = {len(values)}"
    if len(values) >= 8:
        first, _, third = statistics.quantiles(values, n=4)
        text += f", quartiles {short(first)} to {short(third)}"
    return f"{text}, range {short(low)} to {short(high)}"


def noise() -> str:
    """How busy with other things the machine was, and how fast: fixed work's time over its CPU time, and that."""
    ratios: list[float] = []
    times: list[float] = []
    for _ in range(20):
        clock, cpu = time.perf_counter(), time.process_time()
        sum(range(300_000))
        times.append(time.process_time() - cpu)
        ratios.append((time.perf_counter() - clock) / times[-1])
        time.sleep(0.05)
    median = statistics.median(ratios)
    return (
        f"Noise before it began: fixed work took {median:.2f} times its CPU time ({spread_of(ratios)}), "
        f"which was {statistics.median(times) * 1000:.2f} ms."
    )


def short(value: float) -> str:
    """Three significant digits, without an exponent."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
