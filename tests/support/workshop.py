"""Actions that reach beyond Gitu's tables, and a server whose answers wait for the person.

The files, commands and payments are of the test's own: ``done`` keeps what really ran, and nothing leaves the process.
"""

import shutil
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, Field

from gitu.kernel.actions.context import Context
from gitu.kernel.actions.effects import Effect, Sum
from gitu.kernel.actions.registry import Origin, Risk, action, registry
from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope
from gitu.kernel.money import Amount
from tests.support.postgres import TestServer, open_folder
from tests.support.server import GituServer

USE = declare_scope("workshop:use", role=Role.GUEST, title="Use the workshop's tools")
done: list[str] = []  # what ran, in order: each test has words of its own


class Note(Input):
    path: str
    text: str
    diff: str | None = None


class Command(Input):
    command: str


class Payment(Input):
    recipient: str
    amount: Amount
    currency: str = "SAR"


class PageRef(Input):
    url: str
    says: str = Field(description="What the page says.")


class Said(BaseModel):
    said: str


async def _of_note(ctx: Context, data: Note) -> Effect:
    del ctx
    return Effect(paths=(data.path,), diff=data.diff)


async def _of_command(ctx: Context, data: Command) -> Effect:
    del ctx
    return Effect(command=data.command, paths=("/home/amal/reports",))


async def _of_payment(ctx: Context, data: Payment) -> Effect:
    del ctx
    return Effect(
        recipients=(data.recipient,),
        hosts=("api.bank.example",),
        amount=Sum(amount=data.amount, currency=data.currency),
    )


def install() -> None:
    """Declare the tools once in a process."""
    if registry.find("workshop.write_note") is not None:
        return

    @action("workshop.write_note", scope=USE, risk=Risk.WRITE, core_tool=True, effect=_of_note)
    async def write_note(ctx: Context, data: Note) -> Said:
        """Write a note into a file."""
        done.append(data.text)
        return Said(said=f"Wrote {data.path}")

    @action("workshop.run_command", scope=USE, risk=Risk.WRITE, core_tool=True, effect=_of_command)
    async def run_command(ctx: Context, data: Command) -> Said:
        """Run a command."""
        done.append(data.command)
        return Said(said="0")

    @action("workshop.send_payment", scope=USE, risk=Risk.DANGEROUS, core_tool=True, effect=_of_payment)
    async def send_payment(ctx: Context, data: Payment) -> Said:
        """Send a payment."""
        done.append(f"{data.recipient} {data.amount}")
        return Said(said="Sent")

    @action("workshop.read_page", scope=USE, risk=Risk.READ, core_tool=True, origin=Origin.OUTSIDE)
    async def read_page(ctx: Context, data: PageRef) -> Said:
        """Read a web page."""
        return Said(said=data.says)

    del write_note, run_command, send_payment, read_page


@pytest.fixture(scope="module")
def patient_gitu(postgres_server: TestServer) -> Iterator[GituServer]:
    """A server with the workshop's tools, in which an answer waits for the person's decision."""
    install()
    url, home = postgres_server.create_database(), open_folder("gitu-patient-")
    with GituServer(url, home / "home", jobs=True, model_timeout_s=20, approval_wait_s=120) as server:
        yield server
    postgres_server.drop_database(url)
    shutil.rmtree(home, ignore_errors=True)
