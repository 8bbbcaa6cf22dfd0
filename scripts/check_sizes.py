"""No source file over 400 lines, so that each can be read in one sitting."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 400
FOLDERS = ("src", "web", "tests", "scripts", "bench", "migrations")
SUFFIXES = {".py", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql"}

# path: why it may be longer
EXCEPTIONS: dict[str, str] = {
    "web/src/api/schema.d.ts": "generated from OpenAPI",
    "src/gitu/migrations/versions/0001_lay_the_foundation.py": "generated from the tables, once and for good",
}


def main() -> None:
    """Name every file that is too long, and every exception that is no longer needed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *FOLDERS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # a copy without its history
        paths = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if "node_modules" not in p.parts]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines())
        for path in paths
        if path.suffix in SUFFIXES and path.is_file()
    }
    problems = [
        f"{name} has {length} lines, over {LIMIT}: split it by subject"
        for name, length in sorted(lengths.items())
        if length > LIMIT and name not in EXCEPTIONS
    ]
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
