"""Containers of Docker or podman. The image must hold ``python3`` (3.8 or newer) and ``/bin/sh``."""

import asyncio
import base64
import contextlib
import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

from gitu.features.sandbox import seccomp, system
from gitu.features.sandbox.backends.base import HOME, PATH, Plan, Started, Words
from gitu.features.sandbox.backends.bubblewrap import unprivileged
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import WORKSPACE

MOUNTED = "/run/gitu"
PROXY_SOCKET = f"{MOUNTED}/proxy.sock"
START = f"import sys; sys.path.insert(0, {MOUNTED!r}); from inside.agent import main; main()"
LABEL = "gitu.sandbox"
ANSWER_WITHIN_S = 20
USER_PROCESSES = 4096
KEPT_ENVIRONMENT = (
    *("PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"),
    *("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY"),
    *("CONTAINER_HOST", "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF", "CONTAINERS_REGISTRIES_CONF"),
)


class Containers:
    """One of the two engines, through its command line."""

    def __init__(self, engine: str, image: str) -> None:
        self.name = engine
        self._image = image
        self._left: set[str] = set()

    def version(self) -> str | None:
        told = self._ask("version", "--format", "{{.Client.Version}}")
        return f"{self.name} {told}" if told else None

    def problem(self) -> Reason | None:
        if shutil.which(self.name) is None:
            return because("no-engine", engine=self.name)
        if self._ask("info", "--format", "ok") is None:
            return because("engine-silent", engine=self.name)
        if self._ask("image", "inspect", "--format", "ok", self._image) is None:
            return because("no-image", engine=self.name, image=self._image)
        return None

    def notes(self) -> tuple[Reason, ...]:
        why = seccomp.problem()
        return (because("no-own-filter", why=why),) if why else ()

    def sweep(self) -> None:
        told = self._ask("ps", "--all", "--quiet", "--no-trunc", "--filter", f"label={LABEL}") or ""
        for container in told.split():
            pid = self._ask("inspect", "--format", f'{{{{index .Config.Labels "{LABEL}"}}}}', container)
            if pid is None or not Path("/proc", pid).exists():
                self._ask(*self._rm(), container)

    def retry(self) -> None:
        for container in list(self._left):
            self._remove(container)

    def _remove(self, container: str) -> None:
        """Kill and delete it; where the engine does not answer in time, it is left to ``retry``."""
        self._left.add(container)
        if (
            self._ask(*self._rm(), container) is not None
            or self._ask("ps", "-aq", "--filter", f"name=^{container}$") == ""
        ):
            self._left.discard(container)

    def _rm(self) -> tuple[str, ...]:
        # podman would first ask it to end and wait ten seconds; docker kills at once, and knows no such option.
        return ("rm", "--force", "--time", "0") if self.name == "podman" else ("rm", "--force")

    async def start(self, plan: Plan) -> Started:
        container = f"gitu-sandbox-{os.getpid()}-{plan.number}"
        process = await asyncio.create_subprocess_exec(
            *self._arguments(plan, container),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd="/",
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        words = Words(process.stderr)

        async def confine() -> None:
            """The engine has done so."""

        async def end() -> None:
            await asyncio.to_thread(self._remove, container)
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            await process.wait()
            await words.end()

        async def said() -> str:
            return await words.end()

        filtering = seccomp.program(debugging=plan.spec.debugging) if seccomp.problem() is None else b""
        limits = plan.spec.limits
        return Started(
            reader=process.stdout,
            writer=process.stdin,
            home=f"{MOUNTED}/inside",
            limits={"RLIMIT_CORE": 0, "RLIMIT_CPU": limits.cpu_s, "RLIMIT_FSIZE": limits.file_bytes},
            relay=PROXY_SOCKET if plan.proxy is not None else None,
            confine=confine,
            end=end,
            said=said,
            environment={"HOME": HOME, "PATH": PATH},
            filter=base64.b64encode(filtering).decode(),
        )

    def _arguments(self, plan: Plan, container: str) -> list[str]:
        limits = plan.spec.limits
        uid, gid = unprivileged()
        argv = [shutil.which(self.name) or self.name, "run", "--rm", "--interactive", "--pull", "never"]
        argv += ["--name", container, "--label", f"{LABEL}={os.getpid()}", "--hostname", "gitu", "--log-driver", "none"]
        argv += ["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
        argv += ["--user", f"{uid}:{gid}"]
        if self.name == "podman":
            # Its own default may be above what it can set; --pids-limit is what counts.
            argv += ["--ulimit", f"nproc={USER_PROCESSES}:{USER_PROCESSES}"]
            argv += ["--userns", "keep-id"] if os.geteuid() != 0 else []
        argv += ["--memory", str(limits.memory_bytes), "--memory-swap", str(limits.memory_bytes)]
        argv += ["--cpus", str(limits.cpus), "--pids-limit", str(limits.processes + 1)]
        argv += ["--ulimit", f"nofile={limits.open_files}:{limits.open_files}", "--ulimit", "core=0:0"]
        argv += ["--shm-size", str(limits.tmp_bytes)]
        private = [("/tmp", limits.tmp_bytes), (HOME, limits.tmp_bytes)]  # noqa: S108 - the sandbox's own
        if plan.spec.workspace is None:
            private.append((WORKSPACE, limits.workspace_bytes))
        for place, size in private:
            argv += ["--tmpfs", f"{place}:rw,exec,nosuid,nodev,size={size},mode=1777"]
        mounts = [(str(system.INSIDE), f"{MOUNTED}/inside", False)]
        if plan.proxy is not None:
            mounts.append((str(plan.proxy), PROXY_SOCKET, False))
        mounts += [(folder.source, folder.target, folder.writable) for folder in plan.shared]
        for source, target, writable in mounts:
            argv += [
                "--mount",
                _row("type=bind", f"source={source}", f"target={target}", *(() if writable else ("readonly",))),
            ]
        argv += ["--workdir", "/", "--entrypoint", "python3", self._image]
        return [*argv, "-I", "-S", "-c", START]

    def _ask(self, *arguments: str) -> str | None:
        """What the engine answers; None when it refuses or is not there."""
        program = shutil.which(self.name)
        if program is None:
            return None
        try:
            told = subprocess.run(  # noqa: S603 - fixed arguments
                [program, *arguments],
                capture_output=True,
                text=True,
                timeout=ANSWER_WITHIN_S,
                check=False,
                stdin=subprocess.DEVNULL,
                env=_environment(),
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return told.stdout.strip() if told.returncode == 0 else None


def _environment() -> dict[str, str]:
    """What the engine's program needs of Gitu's environment, and no secret."""
    return {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}


def _row(*fields: str) -> str:
    """The fields as the engines read them: one row of comma-separated values."""
    made = io.StringIO()
    csv.writer(made, lineterminator="").writerow(fields)
    return made.getvalue()
