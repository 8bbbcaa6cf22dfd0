"""The home folder: where it lies, and that only its owner gets in."""

import stat
from pathlib import Path

import pytest
from platformdirs import user_data_path

from gitu.kernel.storage.paths import Home, default_home, make_private, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_the_platform_s_usual_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITU_HOME", raising=False)

    assert default_home() == user_data_path("gitu", appauthor=False)


def test_gitu_home_names_another_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GITU_HOME", str(tmp_path))
    assert default_home() == tmp_path

    monkeypatch.setenv("GITU_HOME", "~/elsewhere")
    assert default_home() == Path.home() / "elsewhere"


def test_every_folder_of_it_is_closed_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()

    for folder in (home.root, home.postgres, home.run, home.logs):
        assert mode(folder) == 0o700


def test_a_folder_that_was_open_is_closed_but_its_group_may_go_on_passing_through(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    make_private(folder)
    assert mode(folder) == 0o710

    folder.chmod(0o777)
    make_private(folder)
    assert mode(folder) == 0o710


def test_a_private_file_is_replaced_whole_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("old")
    path.chmod(0o644)

    write_private(path, "new")

    assert path.read_text() == "new"
    assert mode(path) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["password"]
