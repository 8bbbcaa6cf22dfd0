"""``gitu doctor``: each check is one line that says what is wrong and the way out."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from gitu.doors.cli import checks, output
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.language import say

State = Literal["ok", "warning", "failed"]
_MARKS: dict[str, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "warning": ("!", "yellow"),
    "failed": ("✗", "red"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One check's outcome as it is printed."""

    check: str
    state: State
    text: str


def examine(*, as_json: bool) -> int:
    """Run all checks, print each as it ends; 1 when one failed."""
    lines: list[Line] = []
    for check in checks.ALL:
        for line in _run(check):
            lines.append(line)
            if not as_json:
                _print(line)
    failed = sum(line.state == "failed" for line in lines)
    if as_json:
        output.as_json({"ok": not failed, "checks": [asdict(line) for line in lines]})
    return int(failed > 0)


def _run(check: Callable[[], list[checks.Finding]]) -> list[Line]:
    name = check.__name__.replace("_", "-")
    try:
        found = check()
    except Exception as error:  # a doctor that dies of one illness finds no other
        told = error.sentence() if isinstance(error, CliError) else f"{type(error).__name__}: {error}"
        reason = told.splitlines()[0]
        return [Line(name, "failed", say("doctor-crashed", check=name, reason=reason))]
    return [Line(name, finding.state, say(finding.key, **finding.params)) for finding in found]


def _print(line: Line) -> None:
    mark, style = _MARKS[line.state]
    console = output.console()
    if console.is_terminal:
        from rich.text import Text  # noqa: PLC0415 - see output.console

        console.print(Text(mark, style=style), line.text)
    else:
        output.line(f"{mark} {line.text}")
