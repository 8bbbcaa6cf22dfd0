"""What every question costs: the bytes that go to the model before anyone has said anything."""

import json

from gitu.features.assistant.toolset import offered
from gitu.features.identity.api import principal_of
from gitu.kernel.auth.principal import Role
from tests.servers.base import ModelServer
from tests.servers.script import Reply, ToolCall, say
from tests.support.chat import Chat, connect
from tests.support.server import GituServer

MOST_BYTES = 10_000


def test_a_short_question_sends_less_than_ten_kilobytes(gitu: GituServer, model: ModelServer) -> None:
    owner = gitu.person(Role.OWNER)
    connect(owner, model)
    Chat(owner).say("What is the answer?")
    sent = json.dumps(model.asked[0].body, ensure_ascii=False).encode()
    assert len(sent) < MOST_BYTES, len(sent)


def test_every_action_is_reachable_by_searching_for_what_it_does(gitu: GituServer, model: ModelServer) -> None:
    owner = gitu.person(Role.OWNER)
    connect(owner, model)
    principal = gitu.run(principal_of(gitu.services, owner.id)).as_agent()
    ours = [
        action for action in offered(principal) if action.name.split(".")[0] not in ("world", "workshop", "testing")
    ]
    rare = [action for action in ours if not action.core_tool]
    assert len(rare) > 20
    model.script.otherwise = say("Done.")
    found: set[str] = set()
    for start in range(0, len(rare), 25):
        searches = tuple(ToolCall("search_tools", {"queries": [one.summary]}) for one in rare[start : start + 25])
        model.script.then(Reply(tool_calls=searches), say("Done."))
        Chat(owner).say("Look around")
        found |= set(model.asked[-1].tools)
    assert [action.tool_name for action in rare if action.tool_name not in found] == []
