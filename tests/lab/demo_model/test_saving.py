"""The demo model as it is saved: CTranslate2 computes what NumPy computes, and it knows its page."""

import importlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from gitu_lab.demo_model.saving import save
from gitu_lab.demo_model.tokenizer import END, learn
from gitu_lab.demo_model.training import conversations
from gitu_lab.demo_model.transformer import Shape, greedy, initial, logits

ctranslate2: Any = importlib.import_module("ctranslate2")  # Any: it has no types
SHAPE = Shape(vocabulary=640, width=32, layers=2, heads=4, inner=48, context=64)


def test_ctranslate2_continues_as_numpy_does(tmp_path: Path) -> None:
    tokenizer = learn((text for pair in conversations() for text in pair), 640)
    weights = initial(SHAPE, 4)
    weights = {name: w * (3 if w.ndim == 2 else 1) for name, w in weights.items()}  # far from ties
    save(tmp_path, "random", SHAPE, weights, tokenizer)
    generator = ctranslate2.Generator(str(tmp_path), compute_type="float32")
    end = tokenizer.token_to_id(END)
    assert end is not None
    for question, _ in conversations()[::9]:
        ids = tokenizer.encode(question).ids
        tokens = [tokenizer.id_to_token(number) for number in ids]
        computed = np.array(generator.forward_batch([ids]))[0]
        np.testing.assert_allclose(computed, logits(weights, SHAPE, np.array([ids]))[0], rtol=1e-3, atol=1e-3)
        found = generator.generate_batch([tokens], max_length=20, include_prompt_in_result=False)[0]
        assert found.sequences_ids[0] == greedy(weights, SHAPE, ids, 20, end)


@pytest.mark.parametrize("compute_type", ["float32", "int8"])
def test_the_demo_model_knows_its_whole_page(demo_model: Path, compute_type: str) -> None:
    tokenizer = Tokenizer.from_file(str(demo_model / "tokenizer.json"))
    generator = ctranslate2.Generator(str(demo_model), compute_type=compute_type)
    prompts = [
        tokenizer.encode(f"<|start|><|user|>{question}{END}<|assistant|>").tokens for question, _ in conversations()
    ]
    found = [generator.generate_batch([one], max_length=200, include_prompt_in_result=False)[0] for one in prompts]
    said = [tokenizer.decode(one.sequences_ids[0]) for one in found]
    right = sum(text == answer for text, (_, answer) in zip(said, conversations(), strict=True))
    assert right >= len(said) - 3, "a small model may stumble, but not often"


def test_weights_that_do_not_fit_to_the_tokenizer_are_refused(tmp_path: Path) -> None:
    tokenizer = learn(["a small text"], 300)
    with pytest.raises(ValueError, match="entries, the model 640"):
        save(tmp_path, "odd", SHAPE, initial(SHAPE, 1), tokenizer)


def test_the_description_says_what_a_node_needs(demo_model: Path) -> None:
    described = json.loads((demo_model / "gitu-model.json").read_text())
    assert described["name"] == "gitu-demo"
    assert described["end"] == [END]
    assert described["context_length"] == 512
