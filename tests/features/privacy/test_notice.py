"""The privacy notice: for everyone, before signing in too; whom words are sent to, only for those they are of."""

from gitu.kernel.auth.principal import Role
from gitu.kernel.privacy.registry import kinds
from tests.servers.base import ModelServer
from tests.support.chat import connect
from tests.support.server import GituServer


def test_anyone_can_read_what_is_held_and_why_in_both_languages(gitu: GituServer) -> None:
    english = gitu.client().get("/privacy/notice")
    arabic = gitu.client(**{"accept-language": "ar"}).get("/privacy/notice")
    for notice in (english, arabic):
        assert [one["kind"] for one in notice["kinds"]] == [kind.name for kind in kinds()]
        assert all(one["title"] and one["what"] and one["why"] and one["kept"] for one in notice["kinds"])
        assert notice["receivers"] is None
    told = {one["kind"]: one for one in english["kinds"]}
    assert told["commands"]["kept"] == "Kept for 30 days."
    assert told["activity"]["stays"].startswith("The log proves")
    assert told["conversations"]["stays"] is None
    assert {one["kind"]: one for one in arabic["kinds"]}["commands"]["kept"] == "يُحفظ \u206830\u2069 يومًا."


def test_one_sees_the_providers_that_one_s_own_words_can_go_to(gitu: GituServer, model: ModelServer) -> None:
    amal, basim = gitu.person(Role.ADMIN), gitu.person(Role.ADMIN)
    connect(amal, model, name="Amal's own")
    mine = [one for one in amal.get("/privacy/notice")["receivers"] if "Amal's own" in one["name"]]
    assert mine == [{"name": "Amal's own (OpenAI-compatible server)", "host": "127.0.0.1", "local": True}]
    assert "Amal's own" not in str(basim.get("/privacy/notice"))
