"""Markdown for a terminal in which every link and picture shows where it leads, and nothing is fetched.

A terminal's own links show only their words: what an answer claims and where it leads could differ.
"""

from typing import Any, ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import ImageItem, MarkdownElement
from rich.markdown import Markdown as RichMarkdown
from rich.text import Text

from gitu.doors.cli.escapes import plain


class Picture(ImageItem):
    """A picture as its description and its address."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        yield Text.assemble("🖼 ", self.text, f" ({self.destination}) ", end="")


class Markdown(RichMarkdown):
    """Links are written ``text (address)``."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {**RichMarkdown.elements, "image": Picture}

    def __init__(self, markup: str, **more: Any) -> None:  # Rich's own settings
        super().__init__(plain(markup), hyperlinks=False, **more)
