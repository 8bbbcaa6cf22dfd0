"""Writes the NumPy model as a node reads it: CTranslate2's format, the tokenizer, and gitu-model.json beside them."""

import importlib
import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
from tokenizers import Tokenizer

from gitu_lab.demo_model.tokenizer import END, START, UNKNOWN
from gitu_lab.demo_model.transformer import EPSILON, ROTARY_BASE, Shape, Weights

Quantization = Literal["int8", "int8_float16", "int8_float32", "float16", "float32"]

CHAT_TEMPLATE = (
    "<|start|>{% for message in messages %}<|{{ message.role }}|>{{ message.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def save(
    folder: Path,
    name: str,
    shape: Shape,
    weights: Weights,
    tokenizer: Tokenizer,
    quantization: Quantization = "float32",
) -> None:
    """Write a folder that ``gitu node --model`` serves."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = _spec(shape, weights, tokenizer)
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    described = {
        "name": name,
        "context_length": shape.context,
        "start": START,
        "end": [END],
        "chat_template": CHAT_TEMPLATE,
    }
    (folder / "gitu-model.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def _spec(shape: Shape, weights: Weights, tokenizer: Tokenizer) -> Any:
    # Any: CTranslate2 has no types.
    specs: Any = importlib.import_module("ctranslate2.specs")
    decoder = specs.TransformerDecoderSpec(
        shape.layers,
        shape.heads,
        pre_norm=True,
        with_encoder_attention=False,
        activation=specs.common_spec.Activation.SWISH,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=shape.head_width,
        rotary_interleave=True,  # pairs (2i, 2i+1), as in transformer.rotate
        rotary_base=ROTARY_BASE,
        num_heads_kv=shape.heads,
    )
    decoder.scale_embeddings = False
    decoder.embeddings.weight = weights["embedding"]
    decoder.projection.weight = weights["embedding"].copy()
    decoder.layer_norm.gamma = weights["norm"]
    for number, part in enumerate(decoder.layer):
        at = f"{number}."
        part.self_attention.layer_norm.gamma = weights[f"{at}attention_norm"]
        fused = [weights[at + name] for name in ("query", "key", "value")]
        part.self_attention.linear[0].weight = np.concatenate(fused)
        part.self_attention.linear[1].weight = weights[f"{at}output"]
        part.ffn.layer_norm.gamma = weights[f"{at}ffn_norm"]
        part.ffn.linear_0.weight = weights[f"{at}gate"]
        part.ffn.linear_0_noact.weight = weights[f"{at}up"]
        part.ffn.linear_1.weight = weights[f"{at}down"]
    spec = specs.TransformerDecoderModelSpec(decoder)
    tokens = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    if len(tokens) != shape.vocabulary:
        raise ValueError(f"the tokenizer has {len(tokens)} entries, the model {shape.vocabulary}")
    spec.register_vocabulary(tokens)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = START, END, UNKNOWN
    spec.config.layer_norm_epsilon = EPSILON
    return spec
