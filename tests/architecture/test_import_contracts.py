"""The house's import rules, each shown by the import it forbids."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [
    "kernel/db",
    "features/identity",
    "features/models",
    "features/assistant",
    "doors/http",
    "doors/cli",
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small copy of the house with nothing forbidden in it; returns its folder of packages."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / ".importlinter", tmp_path)
    shutil.copy(ROOT / "scripts" / "import_contracts.py", tmp_path / "scripts")
    root = tmp_path / "src" / "gitu"
    for package in PACKAGES:
        (root / package).mkdir(parents=True)
    lab = tmp_path / "src" / "gitu_lab"
    for package in ("serving", "demo_model"):
        (lab / package).mkdir(parents=True)
    for folder in [root, lab, *(path for path in (tmp_path / "src").rglob("*") if path.is_dir())]:
        (folder / "__init__.py").touch()
    for name in ("api", "schemas", "errors", "service"):
        (root / "features" / "identity" / f"{name}.py").touch()
    (root / "app.py").write_text("from gitu.features.identity import service\n")
    (root / "features" / "assistant" / "service.py").write_text("from gitu.features.identity import api, errors\n")
    return root


def lint(house: Path) -> tuple[bool, str]:
    """Whether the contracts hold there, and what the linter says, on one line."""
    tmp = house.parents[1]
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp,
        env={"PYTHONPATH": f"{tmp / 'src'}:{tmp}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode == 0, " ".join((done.stdout + done.stderr).split())


def test_imports_that_point_down_through_facades_are_fine(house: Path) -> None:
    holds, said = lint(house)
    assert holds, said


@pytest.mark.parametrize(
    ("package", "line", "complaint"),
    [
        ("kernel/db", "from gitu.features.identity import api", "not allowed to import gitu.features"),
        ("features/identity", "from gitu.features.assistant import api", "import gitu.features.assistant"),
        ("features/identity", "from gitu.features.models import api", "import gitu.features.models"),
        (
            "features/assistant",
            "from gitu.features.identity import service",
            "x:1 imports gitu.features.identity",
        ),
        ("doors/http", "from gitu.features.identity import service", "x:1 imports gitu.features.identity"),
        ("doors/http", "from gitu.doors.cli import main", "not allowed to import gitu.doors.cli"),
        ("kernel/db", "import fastapi", "not allowed to import fastapi"),
        ("features/models", "from starlette import routing", "not allowed to import starlette"),
        ("doors/cli", "from gitu.features.identity import api", "not allowed to import gitu.features"),
        ("features/models", "from gitu_lab import serving", "not allowed to import gitu_lab"),
        ("../gitu_lab/serving", "from gitu.kernel import db", "not allowed to import gitu"),
        ("../gitu_lab/serving", "from gitu_lab import demo_model", "not allowed to import gitu_lab.demo_model"),
    ],
)
def test_a_forbidden_import_is_named(house: Path, package: str, line: str, complaint: str) -> None:
    for module in ("features/assistant/api.py", "features/models/api.py", "doors/cli/main.py"):
        (house / module).touch()
    (house / package / "x.py").write_text(line + "\n")
    holds, said = lint(house)
    assert not holds
    assert complaint in said


def test_the_command_line_may_start_what_the_lab_serves(house: Path) -> None:
    (house / "doors" / "cli" / "node.py").write_text("from gitu_lab import serving\n")
    holds, said = lint(house)
    assert holds, said


@pytest.mark.parametrize("package", ["helpers", "features/newcomer", "doors/fax"])
def test_a_new_module_must_pick_its_place(house: Path, package: str) -> None:
    (house / package).mkdir()
    (house / package / "__init__.py").touch()
    holds, said = lint(house)
    assert not holds
    assert f"not listed as layers: - gitu.{package.replace('/', '.')}" in said


def test_neighbours_may_not_form_a_cycle(house: Path) -> None:
    (house / "kernel" / "clock.py").write_text("from gitu.kernel import db\n")
    (house / "kernel" / "db" / "engine.py").write_text("from gitu.kernel import clock\n")
    holds, said = lint(house)
    assert not holds
    assert "No cycles between neighbours BROKEN" in said
