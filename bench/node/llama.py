"""llama.cpp's own server, for comparison, in an environment of its own that is made once (xllamacpp and gguf, pinned).

As a program it runs in that environment and imports nothing of this project:

    python llama.py write WEIGHTS.npz TOKENIZER.json OUT.gguf q8_0|f16 WIDTH LAYERS HEADS INNER CONTEXT
    python llama.py serve MODEL.gguf THREADS      prints its address
"""

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = ROOT / ".cache" / "bench-llama"
PYTHON = ENVIRONMENT / "bin" / "python"
PACKAGES = ("xllamacpp==2026.10.11549", "gguf==0.19.0")
# What the two call the same matrix.
NAMES = {
    "attention_norm": "attn_norm",
    "query": "attn_q",
    "key": "attn_k",
    "value": "attn_v",
    "output": "attn_output",
    "ffn_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def set_up() -> bool:
    """Make the environment if it is not there; False, said on stderr, where its packages can't be had."""
    done = ENVIRONMENT / "ready"
    if done.exists() and done.read_text() == " ".join(PACKAGES):
        return True
    commands = [
        [sys.executable, "-m", "venv", str(ENVIRONMENT)],
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
    ]
    for command in commands:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if ran.returncode != 0:
            print(f"llama.cpp is left out: {ran.stderr.strip()[-500:]}", file=sys.stderr)
            return False
    done.write_text(" ".join(PACKAGES))
    return True


def write(weights: str, tokenizer: str, out: str, kind: str, *numbers: str) -> None:
    """The weights as a GGUF file of the architecture "llama", whose rotary pairs are laid out as ours."""
    # Any: neither library has types, and both are in the other environment only.
    gguf: Any = importlib.import_module("gguf")
    numpy: Any = importlib.import_module("numpy")
    width, layers, heads, inner, context = map(int, numbers)
    arrays = numpy.load(weights)
    described = json.loads(Path(tokenizer).read_text(encoding="utf-8"))
    file = gguf.GGUFWriter(out, "llama")
    file.add_context_length(context)
    file.add_embedding_length(width)
    file.add_block_count(layers)
    file.add_feed_forward_length(inner)
    file.add_head_count(heads)
    file.add_head_count_kv(heads)
    file.add_rope_dimension_count(width // heads)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_vocab_size(len(arrays["embedding"]))
    ids = dict(described["model"]["vocab"]) | {token["content"]: token["id"] for token in described["added_tokens"]}
    special = {token["content"] for token in described["added_tokens"] if token["special"]}
    tokens = sorted(ids, key=ids.__getitem__)
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre("gpt-2")
    file.add_token_list(tokens)
    file.add_token_types([gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in tokens])
    file.add_token_merges([f"{first} {second}" for first, second in described["model"]["merges"]])
    file.add_bos_token_id(ids["<|start|>"])
    file.add_eos_token_id(ids["<|end|>"])
    file.add_add_bos_token(True)
    wanted = {"q8_0": gguf.GGMLQuantizationType.Q8_0, "f16": gguf.GGMLQuantizationType.F16}[kind]

    def add(name: str, array: Any) -> None:
        if array.ndim == 1:
            file.add_tensor(name, array.astype(numpy.float32))
        else:
            file.add_tensor(name, gguf.quants.quantize(array.astype(numpy.float32), wanted), raw_dtype=wanted)

    add("token_embd.weight", arrays["embedding"])
    add("output_norm.weight", arrays["norm"])
    for number in range(layers):
        for ours, theirs in NAMES.items():
            add(f"blk.{number}.{theirs}.weight", arrays[f"{number}.{ours}"])
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def serve(model: str, threads: str) -> None:
    """Its server with one slot, until it is killed."""
    llama: Any = importlib.import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.warmup = True
    params.cache_prompt = False
    params.verbosity = -1
    for part in (params.cpuparams, params.cpuparams_batch):
        part.n_threads = int(threads)
    server = llama.Server(params)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    {"write": write, "serve": serve}[sys.argv[1]](*sys.argv[2:])
