"""Trains the tiny demo model and writes it as a folder for `gitu node`; ten seconds to a minute on one core.

python scripts/train_demo_model.py build/demo-model [--quantization int8]
"""

import argparse
import os
import sys
import time
from pathlib import Path

# Matrices this small are multiplied fastest by one thread; NumPy reads this when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

QUANTIZATIONS = ("float32", "float16", "int8")


def main() -> None:
    """Read the command line, train, save, and say how to go on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write the model")
    parser.add_argument("--name", default="gitu-demo", help="what requests call it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="float32")
    options = parser.parse_args()
    try:
        from gitu_lab.demo_model.saving import save  # noqa: PLC0415 - after the setting above
        from gitu_lab.demo_model.training import Recipe, train  # noqa: PLC0415
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed; run: pip install 'gitu[infer]', or use make's own environment")

    recipe = Recipe(seed=options.seed)
    began = time.perf_counter()

    def tell(step: int, loss: float) -> None:
        if step % 20 == 0 or step == recipe.steps - 1:
            print(f"step {step + 1:4} of {recipe.steps}  loss {loss:.3f}", flush=True)

    try:
        made = train(recipe, tell=tell)
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing was written.")
    save(options.folder, options.name, made.shape, made.weights, made.tokenizer, options.quantization)
    print(f"{made.shape.parameters:,} parameters in {time.perf_counter() - began:.0f} s, written to {options.folder}")
    print(f"Serve it with:  gitu node --model {options.folder}")


if __name__ == "__main__":
    main()
