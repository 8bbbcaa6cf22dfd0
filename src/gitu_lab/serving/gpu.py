"""NVIDIA's GPUs as NVML tells of them, where nvidia-ml-py and a driver are there; none otherwise."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU at one moment; ``utilisation`` from 0 to 1."""

    number: int
    used_bytes: int
    total_bytes: int
    utilisation: float


class Gpus:
    """The GPUs of this machine."""

    def __init__(self) -> None:
        self._nvml: Any = None  # Any: NVML's bindings have no types
        try:
            nvml = importlib.import_module("pynvml")
            nvml.nvmlInit()
            self._nvml = nvml
        except Exception:
            self._nvml = None  # no binding, no driver, no GPU: all the same here

    def look(self) -> Iterator[Gpu]:
        """Each GPU now."""
        if self._nvml is None:
            return
        for number in range(self._nvml.nvmlDeviceGetCount()):
            handle = self._nvml.nvmlDeviceGetHandleByIndex(number)
            memory = self._nvml.nvmlDeviceGetMemoryInfo(handle)
            rates = self._nvml.nvmlDeviceGetUtilizationRates(handle)
            yield Gpu(number, int(memory.used), int(memory.total), rates.gpu / 100)
