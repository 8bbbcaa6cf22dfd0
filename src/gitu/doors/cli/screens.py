"""Where answers are shown: Markdown that streams in a terminal, text alone in a pipe, nothing for JSON."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gitu.doors.cli import output
from gitu.doors.cli.language import say
from gitu.doors.cli.turns import ToolCall
from gitu.kernel.hidden import revealed

if TYPE_CHECKING:
    from rich.live import Live

REDRAW_EVERY_S = 0.08
_MARKS = {"running": "⋯", "done": "✓", "failed": "✗", "held": "?"}


class Silent:
    """Shows nothing while the answer comes; used for pipes and JSON.

    A pipe gets the answer whole at the end: what was written to it could not be taken back when the model
    is asked once more.
    """

    def text(self, delta: str) -> None:
        """Kept by the outcome."""

    def tool(self, call: ToolCall) -> None:
        """Kept by the outcome."""

    def pause(self) -> None:
        """Nothing was shown yet."""

    def notice(self, text: str) -> None:
        """Beside the answer."""
        output.note(text)

    def reset(self) -> None:
        """Nothing was shown yet."""

    def end(self) -> None:
        """Nothing is held."""


class Streaming:
    """Markdown as it comes: finished blocks are printed for good, only the block being written is redrawn."""

    def __init__(self) -> None:
        self.shown = False
        self._tail = ""
        self._drawn_at = 0.0
        self._live: Live | None = None

    def text(self, delta: str) -> None:
        """Add to the block being written; print what is finished."""
        self._tail += delta
        self.shown = self.shown or bool(delta.strip())
        end = finished(self._tail)
        if end:
            self._print(self._tail[:end])
            self._tail = self._tail[end:]
        self._draw()

    def tool(self, call: ToolCall) -> None:
        """One line when the call begins to matter: its end, or that it waits for approval."""
        self._flush()
        if call.status == "running":
            return
        from rich.text import Text  # noqa: PLC0415 - only a terminal needs Rich

        style = {"done": "dim", "failed": "red", "held": "yellow"}.get(call.status, "")
        took = f" · {call.duration_ms:.0f} ms" if call.duration_ms is not None else ""
        why = f" · {call.error.splitlines()[0]}" if call.error else ""
        name = call.name.replace("__", " ").replace("_", "-")
        shown = revealed(f"{_MARKS.get(call.status, '·')} {name}{took}{why}")
        output.console().print(Text(shown, style=style))
        if call.status == "held" and call.approval_id is not None:
            output.console().print(Text(say("turn-held", approval=call.approval_id), style=style))
        if call.receipt is not None:
            output.console().print(Text(say("turn-receipt", receipt=call.receipt), style="dim"))

    def pause(self) -> None:
        """Print what is finished or not: a question stands below it."""
        self._flush()

    def notice(self, text: str) -> None:
        """A line of Gitu's own."""
        from rich.text import Text  # noqa: PLC0415

        self._flush()
        self.shown = True
        output.console().print(Text(text, style="yellow"))

    def reset(self) -> None:
        """What was printed stays; a line says that it no longer counts."""
        self._tail = ""
        self._close()
        if self.shown:
            output.note(say("turn-again"), "dim")
        self.shown = False

    def end(self) -> None:
        """Print the rest."""
        self._flush()

    def _flush(self) -> None:
        self._close()
        if self._tail.strip():
            self._print(self._tail)
        self._tail = ""

    def _print(self, block: str) -> None:
        from gitu.doors.cli.markdown import Markdown  # noqa: PLC0415

        self._close()
        output.console().print(Markdown(block.strip("\n")))
        output.console().print()

    def _draw(self) -> None:
        # Each drawing lays the whole block out anew, so not every token gets one.
        if not self._tail.strip() or time.monotonic() - self._drawn_at < REDRAW_EVERY_S:
            return
        self._drawn_at = time.monotonic()
        from rich.live import Live  # noqa: PLC0415

        from gitu.doors.cli.markdown import Markdown  # noqa: PLC0415

        if self._live is None:
            self._live = Live(console=output.console(), transient=True, auto_refresh=False)
            self._live.start()
        self._live.update(Markdown(self._tail), refresh=True)

    def _close(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def finished(text: str) -> int:
    """How much of a growing Markdown text is whole blocks: up to the last blank line outside a code fence."""
    end, at, fence = 0, 0, ""
    for raw in text.splitlines(keepends=True):
        at += len(raw)
        stripped = raw.strip()
        if fence:
            if stripped.startswith(fence) and not stripped.strip(fence[0]):
                fence = ""
        elif stripped.startswith(("```", "~~~")):
            fence = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
        elif not stripped and raw.endswith("\n"):
            end = at
    return end


def show_parts(parts: Sequence[dict[str, Any]], *, only_tables: bool = False) -> None:
    """The parts of a finished message: text and tables."""
    for part in parts:
        kind = part.get("type")
        if kind == "table":
            titles = {column["key"]: column["title"] for column in part["columns"]}
            output.table([{titles[key]: row.get(key) for key in titles} for row in part["rows"]])
        elif only_tables:
            continue
        elif kind in ("text", "notice"):
            markdown(str(part["text"]))


def markdown(text: str) -> None:
    """Markdown for a terminal, the text itself for a pipe."""
    if not sys.stdout.isatty():
        output.line(text)
        return
    from gitu.doors.cli.markdown import Markdown  # noqa: PLC0415

    output.console().print(Markdown(text))
