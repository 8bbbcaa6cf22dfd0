"""Bedrock's models: those that are asked by their own name, and those behind an inference profile.

Newer models are reached through profiles only (``eu.anthropic.…``, ``global.…``), which spread requests over regions.
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html and API_ListInferenceProfiles.html
"""

from collections.abc import Iterator
from typing import Any, cast

MODELS_PATH = "/foundation-models"
PROFILES_PATH = "/inference-profiles?maxResults=1000&type=SYSTEM_DEFINED"


def names_of(models: object, profiles: object) -> list[str] | None:
    """The names to ask by, profiles first; None when either answer is none. Only what answers with streamed text."""
    summaries, reached = _entries(models, "modelSummaries"), _entries(profiles, "inferenceProfileSummaries")
    if summaries is None or reached is None:
        return None
    talking = {str(entry.get("modelId")): entry for entry in summaries if _talks(entry)}
    direct = [name for name, entry in talking.items() if "ON_DEMAND" in (entry.get("inferenceTypesSupported") or ())]
    through = [
        str(entry["inferenceProfileId"])
        for entry in reached
        if entry.get("status") == "ACTIVE"
        and entry.get("inferenceProfileId")
        and any(name in talking for name in _behind(entry))
    ]
    return [name for name in [*through, *direct] if 0 < len(name) <= 200]


def _entries(answer: object, key: str) -> list[dict[str, Any]] | None:  # Any: whatever was sent, checked below
    found = cast("dict[str, Any]", answer).get(key) if isinstance(answer, dict) else None
    if not isinstance(found, list):
        return None
    return [cast("dict[str, Any]", entry) for entry in cast("list[object]", found) if isinstance(entry, dict)]


def _talks(entry: dict[str, Any]) -> bool:
    lifecycle: dict[str, Any] = entry.get("modelLifecycle") or {}
    return (
        "TEXT" in (entry.get("inputModalities") or ())
        and "TEXT" in (entry.get("outputModalities") or ())
        and entry.get("responseStreamingSupported") is True
        and lifecycle.get("status", "ACTIVE") == "ACTIVE"
    )


def _behind(profile: dict[str, Any]) -> Iterator[str]:
    """The models of a profile: the ends of ``arn:aws:bedrock:us-east-1::foundation-model/anthropic.…``."""
    for model in profile.get("models") or ():
        yield str(model.get("modelArn", "")).rpartition("/")[2]
