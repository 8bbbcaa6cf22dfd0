"""The figures as docs/benchmarks.md and build/bench.json."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.figures import Figure, Section, short
from bench.servers import ROOT

MARKDOWN, JSON = ROOT / "docs" / "benchmarks.md", ROOT / "build" / "bench.json"

_HEAD = """\
# Benchmarks

Written by `make bench`; every figure below comes from one run of it. Medians, with their spread beside them. The
same machine runs the server, its database, the loopback model and the load generator, so their costs add up;
compare ratios between machines rather than milliseconds.

Pages of their own have [the models' gateway](benchmarks-gateway.md), beside nginx and LiteLLM,
[the inference node](benchmarks-node.md), beside llama.cpp, and [embeddings](benchmarks-embeddings.md).
"""
# Figures of peers, measured by this project on the same kind of machine at its beginning.
_PEERS = """\
## Beside others

Measured on the same kind of machine before this project began, each in its default installation:

| | idle memory | ready | overhead on the first token | sent for "What is the answer?" |
|---|---|---|---|---|
| **Gitu** | {idle} | {ready} | {overhead} | {sent} |
| Hermes | 95 MB | 1.9 s | 0.5 s | 53 KB |
| nanobot | 94 MB | 5.7 s | 0.16 s | 30 KB |
| OpenClaw | 960 MB | 34 s | 0.38 s | 60 KB |
| Open WebUI | 323 MB | 36 s | | |

Open WebUI's sign-in page loads 362 KB of JavaScript (gz). Gitu's idle memory is the server's before a turn needed the
agent library; with a model connected, which loads it in the background once somebody is there, it is {loaded} from then
on. Its PostgreSQL, which the others don't run, adds {database}.
"""


def write(
    sections: list[Section], note: str = "", *, markdown: Path = MARKDOWN, data: Path = JSON, head: str = _HEAD
) -> None:
    """Write both files; ``note`` tells what was special about this run."""
    data.parent.mkdir(exist_ok=True)
    machine = _machine() | ({"note": note} if note else {})
    document = {"machine": machine, "sections": [asdict(section) for section in sections]}
    data.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    parts = [head, _machine_text(machine), _goals(sections), _peers(sections), *map(_section, sections)]
    markdown.write_text("\n".join(part for part in parts if part), encoding="utf-8")


def _machine() -> dict[str, str]:
    cpuinfo = Path("/proc/cpuinfo")
    names = [line for line in cpuinfo.read_text().splitlines() if "model name" in line] if cpuinfo.exists() else []
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "processor": names[0].split(":")[1].strip() if names else platform.processor(),
        "cores": str(psutil.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": ", ".join(f"{value:.1f}" for value in os.getloadavg()),
    }


def _machine_text(machine: dict[str, str]) -> str:
    text = (
        f"Taken on {machine['date']} with Python {machine['python']} on {machine['system']}, {machine['cores']} cores "
        f"({machine['processor']}), {machine['memory']}. The load averages of the last 1, 5 and 15 minutes at its end "
        f"were {machine['load']} (the measurements themselves keep more than one core busy). {machine.get('note', '')}"
    )
    return f"{text.rstrip()}\n"


def _goals(sections: list[Section]) -> str:
    rows = [
        f"| {figure.name} | {_value(figure)} | {_goal(figure)} | {'yes' if figure.reached else '**no**'} |"
        for section in sections
        for figure in section.figures
        if figure.goal is not None
    ]
    return "\n".join(["## Against the goals", "", "| | measured | goal | reached |", "|---|---|---|---|", *rows, ""])


def _peers(sections: list[Section]) -> str:
    found = {figure.name: _value(figure) for section in sections for figure in section.figures}
    wanted = {
        "idle": "idle memory of the server, RSS",
        "ready": "ready, warm",
        "overhead": "overhead over HTTP",
        "sent": "sent for the fresh question",
        "database": "idle memory of PostgreSQL, PSS",
        "loaded": "the same server with a model connected, somebody there, RSS",
    }
    if not all(name in found for name in wanted.values()):
        return ""
    return _PEERS.format(**{key: found[name] for key, name in wanted.items()})


def _section(section: Section) -> str:
    lines = [f"## {section.title}", "", section.how, ""]
    if section.figures:
        lines += ["| | measured | spread |", "|---|---|---|"]
        lines += [f"| {figure.name} | {_value(figure)} | {figure.spread} |" for figure in section.figures]
        lines.append("")
    for note in section.notes:
        lines += [note, ""]
    return "\n".join(lines)


def _value(figure: Figure) -> str:
    return f"{short(figure.value)} {figure.unit}"


def _goal(figure: Figure) -> str:
    words = "less than" if figure.bound == "max" else "at least"
    return f"{words} {short(figure.goal or 0)} {figure.unit}"
