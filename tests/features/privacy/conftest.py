"""People who have used everything, before and after they are erased."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import pytest

from tests.servers.base import ModelServer
from tests.support.canaries import Laden, laden
from tests.support.chat import eventually
from tests.support.server import PASSWORD, Client, GituServer, Json

Loads = Callable[[], Laden]


@pytest.fixture
def loads(gitu: GituServer, model: ModelServer, tmp_path: Path) -> Loads:
    """Makes someone with a word of their own; digits at its end keep it whole in what is searched."""
    return lambda: laden(gitu, model, tmp_path, f"canary{token_hex(4)}77")


def erase(who: Laden, **more: Json) -> Json:
    """Erase the person by their own wish; the answer."""
    body = {"confirm": f"amal-{who.word}", "password": PASSWORD, **more}
    return who.person.post("/privacy/erasure", body)


def report(client: Client, receipt: str) -> Json:
    """The report, once the erasure is done."""
    return eventually(
        lambda: (found := client.post("/privacy/report", {"receipt": receipt}))["state"] == "done" and found,
        within_s=60,
    )
