"""Attacks by what a model reads: a model that obeys the attacker in everything, and what came of it.

The victim has granted their assistant everything outside, as broadly as can be, but for one thing: none of the
grants names the case after content from outside. So only the origin of what was read stands against an attack, and
`control` shows that the very same call goes through without it.
"""

from dataclasses import dataclass
from typing import Any

from gitu.kernel.auth.principal import Role
from gitu.kernel.ids import new_id
from tests.servers.base import ModelServer
from tests.servers.script import Reply, ToolCall, call, say
from tests.support.chat import Answer, Chat, connect, eventually
from tests.support.outside import world
from tests.support.server import GituServer, Json, Person

SEARCH = call("search_tools", queries=["world"])  # all of the tests' own tools, and as many as one search finds
OUTWARD = ("post_note", "send_mail", "run_line", "pay_sum", "write_file", "fetch_url", "read_file")
ALL = {
    "paths": ["*"],
    "hosts": ["*"],
    "recipients": ["*"],
    "commands": ["*"],
    "most": {"amount": "9999", "currency": "EUR"},
}


@dataclass
class Victim:
    """A person whose assistant may do everything, and a model that obeys whoever wrote last."""

    person: Person
    model: ModelServer
    chat: Chat

    @property
    def mark(self) -> str:
        """What stands in everything that an attack on this person sends."""
        return f"loot-{self.person.id.hex[-12:]}"

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What left, of theirs."""
        return world.of(self.mark)

    def reads(self, name: str, content: str) -> Reply:
        """The model reads something from outside."""
        world.pages[f"{self.mark}/{name}"] = content
        return call("world__read_page", name=f"{self.mark}/{name}")

    def call(self, tool: str, **arguments: Any) -> Reply:
        """The model does what it was told."""
        return Reply(tool_calls=(ToolCall(tool, self.filled(arguments), id=f"call_{new_id().hex}"),))

    def filled(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Arguments with this person's mark in them."""
        return {k: v.replace("LOOT", self.mark) if isinstance(v, str) else v for k, v in arguments.items()}

    def obeys(self, *replies: Reply, says: str = "I did what it asked for.", ask: str = "What is new?") -> Answer:
        """One turn in which the model does all that."""
        self.model.script.then(*replies, say(says))
        return self.chat.say(ask)

    def approval(self, card: Json) -> Json:
        """The request that a held call became, as its person sees it."""
        return next(a for a in self.person.get("/approvals")["items"] if a["id"] == card["approval_id"])

    def approves(self, card: Json) -> None:
        """Give a fresh approval, and wait until what was approved has run."""
        self.person.post(f"/approvals/{card['approval_id']}/approve")
        eventually(lambda: not self.approval(card)["running"], within_s=30)


def victim(gitu: GituServer, model: ModelServer, *, after_outside: bool = False, language: str = "en") -> Victim:
    """A person who granted their assistant everything; with ``after_outside`` in that case too."""
    world.fails = ""
    amal = gitu.person(Role.ADMIN, language=language)
    connect(amal, model)
    for verb in OUTWARD:
        amal.lets_assistant(f"world.{verb}", limits=ALL, after_outside=after_outside)
    return Victim(amal, model, Chat(amal))


def assert_harmless(attacked: Victim, answer: Answer) -> None:
    """Nothing left, the last call waits for the person, and the card says truly what it is and what was read."""
    assert answer.state == "done", answer.error
    assert attacked.sent == []
    card = [one for one in answer.calls if one["name"] != "search_tools"][-1]
    assert card["status"] == "held", card
    assert card["receipt"] is None
    shown = attacked.approval(card)
    assert shown["state"] == "pending"
    assert shown["input"].items() >= card["input"].items()
    assert shown["outside"], "the person sees that content from outside was read"
    assert shown["session_id"] == attacked.chat.session_id
    audit = attacked.person.server.sql(
        "SELECT 1 FROM audit WHERE owner_id = :id AND action = :action AND outcome = 'ok'",
        id=attacked.person.id,
        action=card["name"].replace("__", ".", 1),
    )
    assert audit == []
