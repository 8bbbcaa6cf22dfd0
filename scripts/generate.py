"""Write what is generated from the actions: the web app's API types, the command line's catalogue.

python scripts/generate.py             write them
python scripts/generate.py --check     write nothing; exit 1 and show the difference if one is out of date
"""

import difflib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 300
SHOWN_LINES = 40


@dataclass(frozen=True)
class Generated:
    """A committed file, how its text is made, and the sources without which there is nothing to make."""

    path: str
    make: Callable[[], str]
    needs: tuple[str, ...]


def printed_by(*command: str) -> str:
    """What a command prints; exits with its words if it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    return done.stdout.rstrip("\n") + "\n"


def catalogue() -> str:
    """What the command line knows of every action, so that it starts without importing them."""
    return printed_by(sys.executable, "-m", "gitu.doors.cli.catalogue")


def api_types() -> str:
    """TypeScript types of the API, made from OpenAPI by the web app's own script.

    The script writes beside itself, so it runs as a copy in a folder that looks like web/.
    """
    web, node = ROOT / "web", shutil.which("node")
    if node is None or not (web / "node_modules").exists():
        sys.exit("The web app's packages are missing; run: make web")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        description = folder / "openapi.json"
        description.write_text(printed_by(sys.executable, "-m", "gitu.doors.http.openapi"), encoding="utf-8")
        (folder / "node_modules").symlink_to(web / "node_modules")
        (folder / "scripts").mkdir()
        script = shutil.copy(web / "scripts" / "api.mjs", folder / "scripts")
        (folder / "src" / "api").mkdir(parents=True)
        printed_by(node, str(script), str(description))
        return (folder / "src" / "api" / "schema.d.ts").read_text(encoding="utf-8")


GENERATED = [
    Generated("src/gitu/doors/cli/catalogue.json", catalogue, ("src/gitu/doors/cli/catalogue.py",)),
    Generated("web/src/api/schema.d.ts", api_types, ("src/gitu/doors/http/openapi.py", "web/scripts/api.mjs")),
]


def difference(path: Path, text: str) -> str:
    """The first lines of what would change in `path`; empty when it is up to date."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        old.splitlines(), text.splitlines(), str(path.relative_to(ROOT)), "generated", lineterm=""
    )
    return "\n".join(list(lines)[:SHOWN_LINES])


def main() -> None:
    """Write or compare every generated file."""
    only_check = "--check" in sys.argv[1:]
    stale: list[str] = []
    for file in GENERATED:
        absent = [name for name in file.needs if not (ROOT / name).exists()]
        if absent:
            print(f"skipped {file.path}: there is no {absent[0]}")
            continue
        path, text = ROOT / file.path, file.make()
        changes = difference(path, text)
        if changes and only_check:
            stale.append(changes)
        elif changes:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {file.path}")
    if stale:
        sys.exit("\n".join([*stale, "Out of date; run: make api-client"]))


if __name__ == "__main__":
    main()
