"""Amazon's SDK, which has no types and comes with the extra ``bedrock``."""

import importlib
from typing import Any


def botocore(part: str = "") -> Any:
    """A module of botocore. Raises ImportError where the extra is not installed."""
    return importlib.import_module(f"botocore.{part}" if part else "botocore")
