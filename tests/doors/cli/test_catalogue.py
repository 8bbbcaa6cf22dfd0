"""The catalogue that the command line is made from."""

import json
import subprocess
import sys

from gitu.doors.cli.catalogue import FILE, catalogue
from gitu.kernel.actions.slash import arguments_of, complete
from gitu.kernel.actions.slash.errors import ArgumentMissing
from gitu.kernel.actions.slash.parsing import parse_command
from tests.support.terminal import Installation


def test_the_committed_catalogue_is_that_of_the_actions(fresh: Installation) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "gitu.doors.cli.catalogue"],
        env=fresh.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    assert json.loads(printed) == json.loads(FILE.read_text(encoding="utf-8")), "run: make api-client"


def test_every_action_is_found_by_its_command_and_offers_its_arguments() -> None:
    for entry in catalogue():
        command = "/" + entry["name"].replace(".", " ").replace("_", "-")
        try:
            assert parse_command(command, catalogue()).name == entry["name"]
        except ArgumentMissing as missing:
            assert missing.params["argument"] in entry["input_schema"]["required"]
        offered = {offer.label for offer in complete(command + " --", len(command) + 3, catalogue())}
        assert {argument.option for argument in arguments_of(entry)} <= offered
