"""Who may use a node, and what it says when it can't start; in both languages."""

import json
import shutil
import socket
from pathlib import Path

import pytest

from tests.support.nodes import NodeProcess, node, run_node

KEY = "correct-horse-battery-staple"
ASK = {"model": "gitu-demo", "messages": [{"role": "user", "content": "Hi"}], "temperature": 0}


def test_with_a_key_only_who_has_it_comes_in(demo_model: Path) -> None:
    with node("--model", str(demo_model), key=KEY) as made:
        assert made.ask("/v1/chat/completions", ASK).status == 200
        assert set(made.ask("/health").json) > {"status", "model"}
        made.key = None
        assert made.ask("/health").json == {"status": "ready"}, "a stranger learns no more than that"
        for path in ("/v1/models", "/metrics"):
            assert made.ask(path).status == 401
        for wrong in (None, "wrong", KEY + "x", KEY[:-1]):
            found = made.ask("/v1/chat/completions", ASK, key=wrong)
            assert found.status == 401
            assert found.code == "invalid_api_key"
            assert found.headers["www-authenticate"] == "Bearer"
        assert KEY not in " ".join(Path(f"/proc/{made.process.pid}/cmdline").read_text().split("\0"))
        made.stop()
        assert KEY not in made.end()[1]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example:9090"}, {"Host": "127.0.0.1.evil"}],
    ids=str,
)
def test_without_a_key_no_web_page_reaches_it(demo_node: NodeProcess, headers: dict[str, str]) -> None:
    found = demo_node.ask("/v1/chat/completions", ASK, headers=headers)
    assert found.status == 403
    assert found.code == "not_local"
    assert demo_node.ask("/v1/models", headers=headers).status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:9090", "127.0.0.1:1", "[::1]:9090"])
def test_this_machine_has_several_names(demo_node: NodeProcess, host: str) -> None:
    assert demo_node.ask("/v1/models", headers={"Host": host, "Origin": f"http://{host}"}).status == 200


def test_a_key_can_stand_in_a_file_of_its_owner(demo_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    file.chmod(0o600)
    with node("--model", str(demo_model), "--key-file", str(file), ready=False) as made:
        made.key = KEY
        made.wait_until("ready")
        assert made.ask("/v1/models").status == 200
        assert made.ask("/v1/models", key="other").status == 401


def test_beyond_this_machine_it_listens_with_a_good_key_only(demo_model: Path) -> None:
    open_to_all = run_node("--model", str(demo_model), "--host", "0.0.0.0")
    assert open_to_all.returncode == 1
    assert "beyond this machine, without a key" in open_to_all.stderr
    short = run_node("--model", str(demo_model), "--host", "0.0.0.0", GITU_NODE_KEY="short")
    assert "at least 16 characters" in short.stderr
    assert "short-" not in short.stderr


def test_a_key_file_that_others_can_read_is_refused(demo_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(0o644)
    assert f'chmod 600 "{file}"' in run_node("--model", str(demo_model), "--key-file", str(file)).stderr
    file.chmod(0o600)
    file.write_text("")
    assert "one line" in run_node("--model", str(demo_model), "--key-file", str(file)).stderr
    missing = run_node("--model", str(demo_model), "--key-file", str(tmp_path / "none"))
    assert "can't be read" in missing.stderr


def test_a_taken_port_is_named_and_no_other_is_taken(demo_model: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_node("--model", str(demo_model), "--port", str(port))
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize(
    ("options", "english"),
    [
        ([], "--model FOLDER, or --upstream URL"),
        (["--model", "a", "--upstream", "http://b"], "--model FOLDER, or --upstream URL"),
        (["--model", "/nowhere"], "There is no folder /nowhere"),
        (["--upstream", "ftp://x"], "ftp://x is no address"),
        (["--model", "x", "--device", "tpu"], "--device can't be tpu; it is one of: auto, cpu, cuda"),
        (["--model", "x", "--compute-type", "int2"], "--compute-type can't be int2"),
    ],
)
def test_options_that_make_no_sense_are_one_sentence_in_either_language(options: list[str], english: str) -> None:
    done = run_node(*options)
    assert done.returncode in (1, 2)
    assert english in done.stderr
    assert "Traceback" not in done.stderr
    arabic = run_node(*options, LANG="ar_SA.UTF-8").stderr
    assert any("\u0600" <= letter <= "\u06ff" for letter in arabic)


# -- folders ---------------------------------------------------------------------------------------------


@pytest.fixture
def broken(demo_model: Path, tmp_path: Path) -> Path:
    """A copy of the model to be spoiled."""
    return Path(shutil.copytree(demo_model, tmp_path / "model"))


def change(folder: Path, **values: object) -> None:
    file = folder / "gitu-model.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "gitu-model.json", "vocabulary.json"])
def test_a_folder_that_lacks_something_says_what(broken: Path, name: str) -> None:
    (broken / name).unlink()
    done = run_node("--model", str(broken))
    assert done.returncode == 1
    assert f"it lacks {name}" in done.stderr


def test_a_description_that_does_not_fit_names_the_field(broken: Path) -> None:
    change(broken, context_length="long")
    assert "context_length" in run_node("--model", str(broken)).stderr
    change(broken, context_length=64, end=["<|fin|>"])
    assert "the token <|fin|>" in run_node("--model", str(broken)).stderr
    change(broken, end=["<|end|>"], chat_template="{% for %}")
    assert "not valid Jinja" in run_node("--model", str(broken)).stderr
    (broken / "gitu-model.json").write_text("{")
    assert "does not fit" in run_node("--model", str(broken)).stderr


def test_files_that_are_not_what_they_are_called_are_named(broken: Path, demo_model: Path) -> None:
    vocabulary = json.loads((broken / "vocabulary.json").read_text())
    (broken / "vocabulary.json").write_text(json.dumps([*vocabulary[1:], vocabulary[0]]))
    assert "does not fit to tokenizer.json" in run_node("--model", str(broken)).stderr
    (broken / "vocabulary.json").write_text(json.dumps(vocabulary))
    (broken / "model.bin").write_bytes((demo_model / "model.bin").read_bytes()[:1000])
    assert "can't be loaded" in run_node("--model", str(broken)).stderr
    (broken / "tokenizer.json").write_text("{}")
    assert "is no tokenizer" in run_node("--model", str(broken)).stderr


def test_a_computation_that_the_processor_lacks_names_those_it_has(demo_model: Path) -> None:
    done = run_node("--model", str(demo_model), "--device", "cpu", "--compute-type", "int8_float16")
    assert "cpu can't compute in int8_float16 here; it can in: " in done.stderr
    assert "float32" in done.stderr


def test_a_model_without_a_chat_template_continues_plain_prompts_only(broken: Path) -> None:
    change(broken, chat_template=None)
    with node("--model", str(broken)) as made:
        found = made.ask("/v1/chat/completions", ASK)
        assert found.status == 400
        assert found.code == "no_chat_template"
        assert made.ask("/v1/completions", {"model": "gitu-demo", "prompt": "Hi"}).status == 200
