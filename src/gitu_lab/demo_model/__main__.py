"""Trains the tiny demo model and writes it as a folder for `gitu node`; ten seconds to a minute on one core.

python -m gitu_lab.demo_model demo-model [--quantization int8]
"""

import argparse
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path

# Matrices this small are multiplied fastest by one thread; NumPy reads this when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

QUANTIZATIONS = ("float32", "float16", "int8")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program's own output


def main() -> None:
    """Read the command line, train, save, and say how to go on."""
    missing = [name for name in ("numpy", "tokenizers", "ctranslate2") if find_spec(name) is None]
    if missing:
        sys.exit(f"{', '.join(missing)} not installed; run: pip install 'gitu[infer]'")
    from gitu_lab.demo_model.saving import save  # noqa: PLC0415 - after the setting above
    from gitu_lab.demo_model.training import Recipe, train  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="python -m gitu_lab.demo_model", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where to write the model")
    parser.add_argument("--name", default="gitu-demo", help="what requests call it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="float32")
    options = parser.parse_args()
    recipe = Recipe(seed=options.seed)
    began = time.perf_counter()

    def tell(step: int, loss: float) -> None:
        if step % 20 == 0 or step == recipe.steps - 1:
            _say(f"step {step + 1:4} of {recipe.steps}  loss {loss:.3f}")

    try:
        made = train(recipe, tell=tell)
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing was written.")
    save(options.folder, options.name, made.shape, made.weights, made.tokenizer, options.quantization)
    _say(f"{made.shape.parameters:,} parameters in {time.perf_counter() - began:.0f} s, written to {options.folder}")
    _say(f"Serve it with:  gitu node --model {options.folder}")


if __name__ == "__main__":
    main()
