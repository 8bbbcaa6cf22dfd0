"""A model of ten million random parameters, in every format that is compared, from the same weights.

What it writes makes no sense, but computing it costs what a trained model's would. The end token's embedding is zero,
so that it is never the likeliest, and every answer has all the tokens that are asked for.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.node.llama import PYTHON, set_up
from bench.servers import ROOT
from gitu_lab.demo_model.saving import save
from gitu_lab.demo_model.tokenizer import END, learn
from gitu_lab.demo_model.training import conversations
from gitu_lab.demo_model.transformer import Shape, Weights, initial

FOLDER = ROOT / "build" / "bench-node"
NAME = "bench-10m"
SHAPE = Shape(vocabulary=10_000, width=256, layers=9, heads=8, inner=704, context=4096)
FORMATS = ("int8", "float16")
GGUF = {"int8": "q8_0", "float16": "f16"}


def make_models() -> dict[str, Path]:
    """Write what is missing; the folders and files by format, llama.cpp's under q8_0 and f16 if it can be set up."""
    weights: Weights | None = None
    found: dict[str, Path] = {}
    tokenizer = learn((text for pair in conversations() for text in pair), SHAPE.vocabulary)
    unused = [f"<unused{number}>" for number in range(SHAPE.vocabulary - tokenizer.get_vocab_size())]
    typed: Any = tokenizer  # Any: it takes a list, its types say not of what
    typed.add_tokens(unused)
    end = tokenizer.token_to_id(END)
    assert end is not None
    for name in FORMATS:
        found[name] = FOLDER / name
        if not (found[name] / "gitu-model.json").exists():
            weights = weights or _weights(end)
            save(found[name], NAME, SHAPE, weights, tokenizer, name)
    if set_up():
        flat = FOLDER / "weights.npz"
        for name, kind in GGUF.items():
            found[kind] = FOLDER / f"{NAME}-{kind}.gguf"
            if found[kind].exists():
                continue
            if not flat.exists():
                np.savez(flat, allow_pickle=False, **(weights or _weights(end)))
            _run_llama("write", str(flat), str(found[name] / "tokenizer.json"), str(found[kind]), kind)
    return found


def _weights(end: int) -> Weights:
    weights = initial(SHAPE, 1)
    weights["embedding"][end] = 0
    return weights


def _run_llama(*arguments: str) -> None:
    numbers = [SHAPE.width, SHAPE.layers, SHAPE.heads, SHAPE.inner, SHAPE.context]
    command = [str(PYTHON), str(ROOT / "bench" / "node" / "llama.py"), *arguments, *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(f"the GGUF file could not be written: {done.stderr[-2_000:]}")
