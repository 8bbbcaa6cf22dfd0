"""Setting up, looking after and checking an installation from the command line."""

import json
import os
import stat
import time

import psycopg
import pytest

from tests.doors.cli.conftest import Talking
from tests.servers.openai_compatible import openai_compatible
from tests.support.nodes import free_port, node
from tests.support.terminal import PASSWORD, Installation, open_terminal

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are POSIX's")


def test_config_check_names_every_problem_in_a_line_of_its_own(fresh: Installation) -> None:
    done = fresh.run("config", "check", GITU_PORT="many", GITU_PUBLIC_URL="here", GITU_HOTS="x")
    assert done.code == 1
    lines = done.out.splitlines()
    assert "! Unknown environment variable GITU_HOTS is ignored; did you mean GITU_HOST?" in lines
    assert any(line.startswith("✗ port: ") for line in lines)
    assert any(line.startswith("✗ public_url: must be an absolute URL") for line in lines)


def test_config_check_reads_the_config_file(fresh: Installation) -> None:
    fresh.home.mkdir()
    (fresh.home / "config.toml").write_text("prot = 9000\n")
    done = fresh.run("config", "check")
    assert done.code == 0
    assert "did you mean GITU_PORT?" in done.out
    (fresh.home / "config.toml").write_text("port = = 1\n")
    done = fresh.run("config", "check", "--json")
    assert done.code == 1
    assert done.json["problems"][0]["setting"] == "config.toml"


def test_config_show_masks_secrets_and_says_where_values_come_from(fresh: Installation) -> None:
    fresh.home.mkdir()
    (fresh.home / "config.toml").write_text("port = 9000\n")
    done = fresh.run("config", "show", "--json", DATABASE_URL="postgresql://me:hunter2@host/gitu")
    rows = {row["setting"]: row for row in done.json["items"]}
    assert rows["port"]["value"] == 9000
    assert rows["port"]["from"].endswith("config.toml")
    assert rows["database_url"]["from"] == "environment (DATABASE_URL)"
    assert rows["host"]["from"] == "default"
    assert "hunter2" not in done.out


def test_doctor_finds_a_fresh_machine_healthy(fresh: Installation) -> None:
    done = fresh.run("doctor")
    assert done.code == 0, done.out
    assert "✓ Settings are known and fit." in done.out
    assert "will be made at the first start" in done.out
    assert not fresh.home.exists(), "a check changes nothing"


@POSIX
@pytest.mark.slow
def test_doctor_says_how_to_close_an_open_home_folder(fresh: Installation) -> None:
    fresh.home.mkdir(mode=0o755)
    (fresh.home / "keys.json").write_text("{}")
    (fresh.home / "keys.json").chmod(0o644)
    done = fresh.run("doctor")
    assert done.code == 1
    assert f'✗ Others can read {fresh.home}; run: chmod 700 "{fresh.home}"' in done.out
    assert "chmod 600" in done.out


@pytest.mark.slow
def test_doctor_says_what_confines_commands_or_what_is_missing(fresh: Installation) -> None:
    without = fresh.run("doctor", PATH="/nonexistent")
    assert without.code == 0, without.out
    assert "! Commands are refused, since nothing can confine them: bubblewrap is missing" in without.out
    assert "! تُرفض الأوامر" in fresh.run("doctor", PATH="/nonexistent", LANG="ar_SA.UTF-8").out
    assert "✓ Commands are switched off" in fresh.run("doctor", GITU_SANDBOX="off").out


@pytest.mark.slow
def test_doctor_speaks_arabic_and_leaves_paths_as_they_can_be_copied(fresh: Installation) -> None:
    done = fresh.run("doctor", LANG="ar_SA.UTF-8")
    assert f"سيُنشأ مجلد البيانات {fresh.home} عند أول تشغيل." in done.out


@pytest.mark.slow
def test_doctor_reports_an_unreachable_database(fresh: Installation) -> None:
    done = fresh.run("doctor", "--json", DATABASE_URL="postgresql://gitu@127.0.0.1:1/gitu")
    assert done.code == 1
    checks = {check["check"]: check for check in done.json["checks"]}
    assert checks["database"]["state"] == "failed"
    assert "check DATABASE_URL" in checks["database"]["text"]


@pytest.mark.slow
def test_doctor_examines_a_running_installation(talking: Talking) -> None:
    talking.gitu.run("status")
    done = talking.gitu.run("doctor")
    assert done.code == 0, done.out
    assert "answers, at migration" in done.out
    assert "runs at http://127.0.0.1" in done.out
    assert "✓ Model connection" in done.out


@pytest.mark.slow
def test_doctor_looks_at_nodes_and_says_which_ports_have_to_be_open(talking: Talking) -> None:
    talking.gitu.run("status")
    assert "✓ Ports: PostgreSQL's port" in talking.gitu.run("doctor").out
    port = free_port()
    made = talking.gitu.run("models", "create-node", "--name", "far", "--address", f"http://127.0.0.1:{port}")
    assert made.code == 0, made.err
    done = talking.gitu.run("doctor")
    assert done.code == 1
    assert f"✗ Node far: Nothing listens at http://127.0.0.1:{port}" in done.out
    with openai_compatible() as behind, node("--upstream", behind.url, port=port):
        assert f"✓ Node far at http://127.0.0.1:{port} answers in" in talking.gitu.run("doctor").out


@pytest.mark.slow
def test_setup_a_second_time_says_what_is_there(talking: Talking) -> None:
    again = ["setup", "--owner", "someone", "--password-stdin", "--model-url", f"{talking.model.url}/v1"]
    done = talking.gitu.run(*again, "--json", piped="another long password\n")
    assert done.code == 0, done.err
    assert done.json["owner"] == {"name": "sara", "created": False}
    assert done.json["model"]["created"] is False


@pytest.mark.slow
def test_setup_names_what_is_missing_when_nobody_can_be_asked(fresh: Installation, database_url: str) -> None:
    done = fresh.run("setup", "--owner", "sara", DATABASE_URL=database_url)
    assert done.code == 2
    assert "--password-stdin" in done.err
    weak = fresh.run("setup", "--owner", "sara", "--password-stdin", piped="sara\n", DATABASE_URL=database_url)
    assert weak.code == 2
    assert "password" in weak.err
    assert "Traceback" not in weak.err


@pytest.mark.slow
def test_setup_takes_everything_from_the_environment(fresh: Installation, database_url: str) -> None:
    environment = {"DATABASE_URL": database_url, "GITU_OWNER": "سارة", "GITU_OWNER_PASSWORD": PASSWORD}
    done = fresh.run("setup", **environment, GITU_OWNER_LANGUAGE="ar")
    assert done.code == 0, done.err
    assert "سارة هو المالك الآن" in done.out
    assert fresh.run("config", "check", **environment).code == 0


@pytest.mark.slow
def test_setup_says_so_when_the_model_does_not_answer(fresh: Installation, database_url: str) -> None:
    owner = ["setup", "--owner", "sara", "--password-stdin", "--model-url", "http://127.0.0.1:9/v1"]
    done = fresh.run(*owner, piped=f"{PASSWORD}\n", DATABASE_URL=database_url)
    assert done.code == 1
    assert "✓ sara is the owner now." in done.out
    assert "✗ The model does not answer" in done.out


@pytest.mark.slow
def test_setup_asks_a_person_and_lets_them_try_again(fresh: Installation, database_url: str) -> None:
    with open_terminal(fresh, "setup", DATABASE_URL=database_url) as terminal:
        for question, answer in [
            ("Sign-in name", "sara"),
            ("Your name", "Sara"),
            ("Language", "fr"),
            ("fr is not possible here", None),
            ("Language", "en"),
            ("Time zone", "Asia/Riyadh"),
            ("Password:", "sara"),
            ("use at least", None),
            ("Password:", PASSWORD),
            ("The password again", PASSWORD),
            ("Number:", "2"),
        ]:
            terminal.wait_for(question)
            if answer is not None:
                time.sleep(0.2)  # what is typed before the echo is off is thrown away
                terminal.type(answer + "\r")
        terminal.wait_for("Sara is the owner now")
        assert terminal.exit_code() == 0
    assert PASSWORD not in terminal.seen


@pytest.mark.slow
def test_turning_the_keys_over_keeps_every_secret_readable(talking: Talking) -> None:
    done = talking.gitu.run("keys", "rotate", "--json")
    assert done.code == 0, done.err
    assert done.json["complete"]
    assert done.json["rewritten"] >= 1
    connections = talking.gitu.run("models", "list-connections", "--json").json["items"]
    tested = talking.gitu.run("models", "test-connection", connections[0]["id"], "--json").json
    assert tested["ok"], tested


@pytest.mark.slow
def test_the_audit_log_is_proved_whole_and_a_change_is_found(talking: Talking) -> None:
    talking.gitu.run("identity", "update-me", "--name", "sara")
    whole = talking.gitu.run("audit", "verify", "--json").json
    assert whole["ok"], whole
    deadline = time.monotonic() + 30
    while not talking.gitu.run("audit", "verify", "--json").json["sealed"]:
        assert time.monotonic() < deadline
    with psycopg.connect(talking.gitu.variables["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
        first = "SELECT min(seq) FROM audit"
        connection.execute(f"UPDATE audit SET action = 'x.' || action WHERE seq = ({first})")
        try:
            done = talking.gitu.run("audit", "verify")
            assert done.code == 1
            assert "Entry 1 of the audit log is not what was sealed" in done.out
        finally:
            connection.execute(f"UPDATE audit SET action = substr(action, 3) WHERE seq = ({first})")
            connection.execute("ALTER TABLE audit ENABLE TRIGGER USER")
    assert talking.gitu.run("audit", "verify").code == 0


@POSIX
def test_what_the_terminal_keeps_is_closed_to_others(talking: Talking) -> None:
    talking.gitu.run("status")
    for path in (talking.gitu.folder / ".gitu", talking.gitu.home / "run" / "local-token"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert json.loads((talking.gitu.folder / ".gitu" / "remembered.json").read_text()) == {"language": "en"}
