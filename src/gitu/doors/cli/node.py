"""``gitu node``: starts the lab's inference node in this process; all that it says to a person is said here."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from gitu.doors.cli.errors import FAILED, MISUSED, CliError
from gitu.kernel import __version__

if TYPE_CHECKING:
    from gitu_lab.serving.engine import ComputeType, Device

KEY, UPSTREAM_KEY = "GITU_NODE_KEY", "GITU_NODE_UPSTREAM_KEY"
DEVICES = ("auto", "cpu", "cuda")
COMPUTE_TYPES = ("default", "auto", "int8", "int8_float16", "int8_float32", "float16", "float32")
_LONGEST_KEY = 4_096


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options as given."""

    model: str | None
    upstream: str | None
    host: str
    port: int
    key_file: str | None
    upstream_key_file: str | None
    device: str
    compute_type: str
    workers: int
    threads: int
    max_batch: int
    max_queue: int
    drain_s: int


def run_node(wanted: Wanted) -> int:
    """Serve until told to stop; the exit code. Raises CliError."""
    _check_choice("--device", wanted.device, DEVICES)
    _check_choice("--compute-type", wanted.compute_type, COMPUTE_TYPES)
    needed = "aiohttp" if wanted.upstream else "ctranslate2"
    try:
        __import__(needed)  # which also loads it before anything listens
        from gitu_lab.serving import node  # noqa: PLC0415 - of the extra
        from gitu_lab.serving.batching import Limits  # noqa: PLC0415
        from gitu_lab.serving.engine import EngineOptions  # noqa: PLC0415
        from gitu_lab.serving.errors import NodeProblem  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CliError("node-no-extra", package=error.name or needed) from None
    from gitu.kernel.telemetry import logs  # noqa: PLC0415 - after it is known that it can start

    options = node.NodeOptions(
        model=Path(wanted.model).expanduser() if wanted.model else None,
        upstream=wanted.upstream,
        upstream_key=_secret(UPSTREAM_KEY, wanted.upstream_key_file),
        host=wanted.host,
        port=wanted.port,
        key=_secret(KEY, wanted.key_file),
        drain_s=wanted.drain_s,
        engine=EngineOptions(
            # Checked above.
            cast("Device", wanted.device),
            cast("ComputeType", wanted.compute_type),
            wanted.workers,
            wanted.threads,
        ),
        limits=Limits(queue=wanted.max_queue, batch=wanted.max_batch),
        version=__version__,
    )
    logs.configure("info", "console" if sys.stderr.isatty() else "json")
    try:
        return node.run(options)
    except NodeProblem as problem:
        raise CliError(problem.key, exit_code=FAILED, **problem.params) from None


def _check_choice(option: str, given: str, choices: tuple[str, ...]) -> None:
    if given not in choices:
        raise CliError("node-choice", exit_code=MISUSED, option=option, given=given, choices=", ".join(choices))


def _secret(variable: str, file: str | None) -> str | None:
    """A key from a file that only its owner reads, or from the environment; never from the command line."""
    if file is None:
        return os.environ.get(variable) or None
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            if os.name != "nt" and stat.S_IMODE(os.fstat(opened.fileno()).st_mode) & 0o077:
                raise CliError("node-open-key-file", file=str(path))
            found = opened.read(_LONGEST_KEY + 1).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise CliError("node-no-key-file", file=str(path), reason=reason or "") from None
    if not found or len(found) > _LONGEST_KEY or "\n" in found:
        raise CliError("node-bad-key-file", file=str(path))
    return found
