"""`make test` holds coverage against limits: most lines overall, every line of money and secrets."""

import json
from pathlib import Path

from scripts.run_tests import coverage_problems


def report(folder: Path, **missing: list[int]) -> Path:
    """A coverage report of files with ten lines each; `__` in a name stands for a folder."""
    files = {
        f"src/gitu/{name.replace('__', '/')}.py": {
            "summary": {"num_statements": 10, "covered_lines": 10 - len(lines)},
            "missing_lines": lines,
        }
        for name, lines in missing.items()
    }
    path = folder / "coverage.json"
    path.write_text(json.dumps({"files": files}))
    return path


def test_eighty_per_cent_is_enough_elsewhere(tmp_path: Path) -> None:
    assert coverage_problems(report(tmp_path, features__files__api=[1, 2], kernel__money=[])) == []


def test_less_than_eighty_per_cent_is_refused(tmp_path: Path) -> None:
    problems = coverage_problems(report(tmp_path, features__files__api=[1, 2, 3]))
    assert problems == ["70.0 % of the lines ran; the least is 80 %"]


def test_one_line_of_money_that_never_ran_is_named(tmp_path: Path) -> None:
    problems = coverage_problems(report(tmp_path, kernel__money=[7], app=[]))
    assert problems == ["kernel/money must be covered wholly; these lines never ran: src/gitu/kernel/money.py:7"]


def test_a_module_with_a_similar_name_is_not_under_the_strict_rule(tmp_path: Path) -> None:
    assert coverage_problems(report(tmp_path, kernel__money_words=[7], app=[])) == []
