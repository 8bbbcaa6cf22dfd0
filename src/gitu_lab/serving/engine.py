"""CTranslate2 behind the two calls that the batcher needs: load a folder, and generate for one batch, blocking.

CTranslate2 runs a batch to its end and calls back for every token of every row; answering True there ends that row,
and the others go on without it. https://opennmt.net/CTranslate2/python/ctranslate2.Generator.html
"""

import importlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gitu_lab.serving.errors import NodeProblem
from gitu_lab.serving.model_folder import ModelFolder

Device = Literal["cpu", "cuda", "auto"]
ComputeType = Literal["default", "auto", "int8", "int8_float16", "int8_float32", "float16", "float32"]

# Below this, several batches on a core each beat one batch on all of them; above, weights fill the memory's bandwidth.
_SMALL_MODEL_BYTES = 300_000_000
_BLOCK = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sampling:
    """What the rows of one batch must have in common."""

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0  # 0: all

    @property
    def greedy(self) -> bool:
        """Whether the likeliest token is always taken."""
        return self.temperature == 0 or self.top_k == 1


GREEDY = Sampling(temperature=0.0, top_k=1)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How to run a model. ``workers`` batches run at once on ``threads`` each; 0 chooses by the model's size."""

    device: Device = "auto"
    compute_type: ComputeType = "default"  # as the folder was saved
    workers: int = 0
    threads: int = 0


class Engine:
    """A loaded model."""

    def __init__(self, folder: ModelFolder, options: EngineOptions, tell: Callable[[str, float], None]) -> None:
        """Load it; blocks. ``tell(what, share)`` hears how far it is. Raises NodeProblem."""
        # A heavy part, of the extra. Any: CTranslate2 has no types.
        library: Any = importlib.import_module("ctranslate2")
        device = options.device
        if device == "auto":
            device = "cuda" if library.get_cuda_device_count() > 0 else "cpu"
        elif device == "cuda" and library.get_cuda_device_count() == 0:
            raise NodeProblem("node-no-cuda")
        supported: set[str] = library.get_supported_compute_types(device)
        if options.compute_type not in ("default", "auto", *supported):
            names = ", ".join(sorted(supported))
            raise NodeProblem("node-compute-type", wanted=options.compute_type, device=device, supported=names)
        self.workers, threads = _shares(device, folder.size_bytes, options)
        _read_ahead(folder, tell)
        tell("loading", 1.0)
        try:
            self._generator: Any = library.Generator(
                str(folder.path),
                device=device,
                compute_type=options.compute_type,
                inter_threads=self.workers,
                intra_threads=threads,
                max_queued_batches=-1,
            )
        except (RuntimeError, ValueError) as error:
            raise NodeProblem("node-load-failed", folder=str(folder.path), reason=str(error)) from None
        self.device: str = self._generator.device
        self.compute_type: str = self._generator.compute_type

    def generate(
        self,
        prompts: Sequence[Sequence[str]],
        sampling: Sampling,
        most: int,
        end: Sequence[int],
        on_token: Callable[[int, int, int], bool],
    ) -> None:
        """Run a batch to its end. ``on_token(row, step, id)`` is called in this thread's engine for every token, the
        ending one too, and ends its row by True. No row gets more than ``most`` tokens.
        """

        def told(found: Any) -> bool:
            return on_token(found.batch_id, found.step, found.token_id)

        self._generator.generate_batch(
            prompts,
            max_length=most,
            include_prompt_in_result=False,
            end_token=list(end),
            sampling_temperature=1.0 if sampling.greedy else sampling.temperature,
            sampling_topk=1 if sampling.greedy else sampling.top_k,
            sampling_topp=1.0 if sampling.greedy else sampling.top_p,
            callback=told,
        )

    def close(self) -> None:
        """Let go of the model; its threads end. Nothing may be running."""
        self._generator = None

    def warm_up(self, prompt: Sequence[str], end: Sequence[int]) -> float:
        """One token, so that the first request pays for no first use; the seconds that it took."""
        began = time.perf_counter()
        self.generate([prompt], GREEDY, 1, end, lambda _row, _step, _token: True)
        return time.perf_counter() - began


def _shares(device: str, size_bytes: int, options: EngineOptions) -> tuple[int, int]:
    """Workers, and threads for each."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if device == "cuda":
        return options.workers or 2, options.threads or 1
    workers = options.workers or (min(usable, 8) if size_bytes < _SMALL_MODEL_BYTES else 1)
    return workers, options.threads or max(1, usable // workers)


def _read_ahead(folder: ModelFolder, tell: Callable[[str, float], None]) -> None:
    """Bring the weights into the page cache, telling how far: the library's own loading tells nothing."""
    done = 0
    with folder.weights.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            done += len(block)
            tell("reading", done / folder.size_bytes)
