"""What the documentation tells people to type is run; these tests show how a page is written for it."""

from pathlib import Path

from scripts.check_docs import problems_of


def page(folder: Path, text: str) -> Path:
    """A page with the given text, `~~~` standing for a fence."""
    path = folder / "page.md"
    path.write_text(text.replace("~~~", "```"), encoding="utf-8")
    return path


def test_the_blocks_of_a_page_run_in_order_in_one_empty_folder(tmp_path: Path) -> None:
    text = "~~~sh run\necho salam > greeting\n~~~\n\n~~~sh run\ncat greeting\n~~~\n~~~text output\nsalam\n~~~\n"
    assert problems_of(page(tmp_path, text)) == ([], 2)


def test_a_command_that_fails_is_named_with_its_line(tmp_path: Path) -> None:
    problems, _ = problems_of(page(tmp_path, "# Title\n\n~~~sh run\nfalse\n~~~\n"))
    assert len(problems) == 1
    assert "page.md:3: exit 1" in problems[0]


def test_output_that_differs_from_the_page_is_a_problem(tmp_path: Path) -> None:
    problems, _ = problems_of(page(tmp_path, "~~~sh run\necho one\n~~~\n~~~text output\ntwo\n~~~\n"))
    assert "lacks ['two']" in problems[0]


def test_python_blocks_are_run_with_warnings_as_errors(tmp_path: Path) -> None:
    problems, _ = problems_of(page(tmp_path, "~~~python run\nimport warnings\nwarnings.warn('old')\n~~~\n"))
    assert "UserWarning: old" in problems[0]


def test_a_block_not_meant_to_run_must_still_parse(tmp_path: Path) -> None:
    problems, ran = problems_of(page(tmp_path, "~~~sh\nfor x in; do\n~~~\n"))
    assert ran == 0
    assert "syntax error" in problems[0]


def test_a_link_to_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problems, _ = problems_of(page(tmp_path, "See [that](missing.md) and [this](page.md#part).\n"))
    assert len(problems) == 1
    assert "links to missing.md" in problems[0]


def test_the_blocks_of_a_page_are_one_terminal_whose_exported_variables_go_on(tmp_path: Path) -> None:
    text = '~~~sh run\nexport NAME=amal\n~~~\n\n~~~sh run\necho "salam $NAME"\n~~~\n~~~text output\nsalam amal\n~~~\n'
    assert problems_of(page(tmp_path, text)) == ([], 2)


def test_a_block_whose_program_is_not_there_is_not_run(tmp_path: Path) -> None:
    assert problems_of(page(tmp_path, "~~~sh run needs:no-such-program\nno-such-program\n~~~\n")) == ([], 0)
