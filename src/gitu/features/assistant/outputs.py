"""What a command writes while an answer waits for it, told to who watches the answer."""

import codecs
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from gitu.features.shell import api as shell
from gitu.kernel.actions.registry import registry
from gitu.kernel.services import Services

MOST_TOLD = 32_000
"""Characters of one call; its result shows the end too."""

Tell = Callable[[str, str], None]
"""Hears the stream and the text."""


@asynccontextmanager
async def told_while_running(
    services: Services, action: str, turn_id: UUID, tool_call_id: str, tell: Tell
) -> AsyncGenerator[None]:
    """Within the block, tell what the command writes that the call runs, if it runs one."""
    known = registry.find(action)
    if known is None or not known.external:
        yield
        return
    async with shell.following(services, str(turn_id), tool_call_id, _Teller(tell).heard):
        yield


class _Teller:
    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._left = MOST_TOLD
        self._decoders = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in ("stdout", "stderr")}

    def heard(self, heard: shell.Heard) -> None:
        text = self._decoders[heard.stream].decode(heard.data)[: self._left]
        if text:
            self._left -= len(text)
            self._tell(heard.stream, text)
