"""The terminal's help and its refusals are in the person's language; commands and options are the same everywhere."""

import json
import re

import pytest

from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.generated import about_keys
from gitu.doors.cli.localised import TYPERS_PATTERNS, TYPERS_WORDS, all_texts
from gitu.doors.cli.main import app
from gitu.kernel.i18n import has_translation
from gitu.kernel.i18n.parity import missing_translations
from tests.support.terminal import Installation

ARABIC = {"LANG": "ar_SA.UTF-8"}
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Error|Try|Show|Open|Start|Stop|the|and|this|your)\b")


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        pytest.param(["serve", "--help"], marks=pytest.mark.slow),
        pytest.param(["setup", "-h"], marks=pytest.mark.slow),
        pytest.param(["config", "--help"], marks=pytest.mark.slow),
        pytest.param(["ask", "--help"], marks=pytest.mark.slow),
        pytest.param(["identity", "--help"], marks=pytest.mark.slow),
        pytest.param(["files", "--help"], marks=pytest.mark.slow),
        ["files", "read-file", "--help"],
        pytest.param(["models", "create-connection", "-h"], marks=pytest.mark.slow),
    ],
    ids=" ".join,
)
def test_the_help_is_arabic_where_the_system_is(fresh: Installation, words: list[str]) -> None:
    done = fresh.run(*words, **ARABIC)

    assert done.code == 0, done.err
    assert "الاستعمال: gitu" in done.out
    assert not ENGLISH.search(done.out), done.out


def test_commands_and_options_keep_their_names(fresh: Installation) -> None:
    english, arabic = fresh.run("serve", "--help").out, fresh.run("serve", "--help", **ARABIC).out

    assert re.findall(r"--[a-z-]+", arabic) == re.findall(r"--[a-z-]+", english)


def test_a_persons_own_choice_counts_more_than_the_systems(fresh: Installation) -> None:
    folder = fresh.folder / ".gitu"
    folder.mkdir()
    (folder / "remembered.json").write_text(json.dumps({"language": "ar"}), encoding="utf-8")

    assert "الاستعمال" in fresh.run("--help").out
    assert "الاستعمال" in fresh.run("--help", LANG="en_GB.UTF-8").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("serv", "لا يوجد أمر باسم serv. هل قصدت serve؟"),
        pytest.param("config nix", "لا يوجد أمر باسم nix.", marks=pytest.mark.slow),
        ("serve --prot 3", "لا يوجد خيار باسم --prot. الممكن: --host, --port."),
        pytest.param("serve --qqq", "لا يوجد خيار باسم --qqq.", marks=pytest.mark.slow),
        pytest.param("serve --port", "يحتاج الخيار --port إلى قيمة بعده.", marks=pytest.mark.slow),
        pytest.param("doctor --json=3", "لا يأخذ الخيار --json قيمة.", marks=pytest.mark.slow),
        ("serve --port abc", "لا تصلح قيمة --port: يجب أن يكون عددًا صحيحًا"),
        pytest.param("serve --port 0", "لا تصلح قيمة --port: يجب ألا يقل عن 1", marks=pytest.mark.slow),
        pytest.param("serve now", "كلمات زائدة: now", marks=pytest.mark.slow),
    ],
)
def test_a_command_line_that_cannot_be_read_is_told_in_arabic(fresh: Installation, words: str, sentence: str) -> None:
    done = fresh.run(*words.split(), **ARABIC)

    assert done.code == 2
    assert f"gitu: {sentence}" in done.err.splitlines()
    assert not re.search(r"\b(Usage|Error|Try|No such|Traceback)\b", done.err)


def test_english_stays_what_it_was(fresh: Installation) -> None:
    assert "Usage: gitu [OPTIONS] COMMAND [ARGS]..." in fresh.run("--help").out
    assert "No such option: --prot" in fresh.run("serve", "--prot", "3").err


def test_a_group_without_a_command_shows_its_help_and_fails(fresh: Installation) -> None:
    done = fresh.run("config", **ARABIC)

    assert done.code == 2
    assert done.out.count("الاستعمال") == 1


def test_an_exit_code_is_the_same_in_every_language(fresh: Installation) -> None:
    assert fresh.run("stop", **ARABIC).code == fresh.run("stop").code
    assert fresh.run("--version", **ARABIC).code == 0


def test_no_text_of_the_help_lacks_its_arabic() -> None:
    texts = all_texts(app)

    assert {"help-serve", "option-serve-port", "panel-server", "epilog-gitu"} <= set(texts)
    assert missing_translations([*texts, *TYPERS_WORDS.values(), *TYPERS_PATTERNS.values()]) == []


def test_every_field_of_an_action_is_described_in_arabic() -> None:
    described = [
        about_keys(entry, name)
        for entry in catalogue()
        for name, field in entry["input_schema"].get("properties", {}).items()
        if "description" in field
    ]

    assert described
    assert [keys[0] for keys in described if not any(has_translation(key, "ar") for key in keys)] == []
