"""Slash commands: actions typed by hand, with and without a model."""

from gitu.kernel.auth.principal import Role
from tests.support.chat import Chat
from tests.support.server import GituServer


def test_a_command_answers_at_once_without_a_model(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    sent = chat.send("/assistant get-status")
    assert sent["turn"]["state"] == "done"
    command = chat.messages()[1]
    assert command["role"] == "command"
    assert "running" in command["parts"][0]["text"].lower()


def test_help_lists_the_commands_one_may_use_in_ones_language(gitu: GituServer) -> None:
    guest, owner = gitu.person(Role.GUEST, language="ar"), gitu.person(Role.OWNER)

    def commands(chat: Chat) -> set[str]:
        chat.send("/help")
        return {row["command"] for row in chat.messages()[1]["parts"][0]["rows"]}

    assert "/identity list-users" in commands(Chat(owner))
    guests = Chat(guest)
    assert "/identity list-users" not in commands(guests)
    assert guests.messages()[1]["parts"][0]["columns"][0]["title"] == "الأمر"


def test_a_list_is_shown_as_a_table(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    chat.send("/identity list-devices")
    table = chat.messages()[1]["parts"][0]
    assert table["type"] == "table"
    assert table["rows"][0]["name"] == "Test · Linux"


def test_a_command_changes_what_it_says(gitu: GituServer) -> None:
    amal = gitu.person()
    Chat(amal).send('/identity update-me --name "Amal Q"')
    assert amal.get("/me")["name"] == "Amal Q"


def test_an_unknown_command_names_the_nearest(gitu: GituServer) -> None:
    chat = Chat(gitu.person())
    sent = chat.send("/identity list-devces")
    assert sent["turn"]["state"] == "failed"
    assert "list-devices" in chat.messages()[1]["error"]["detail"]


def test_wrong_arguments_are_named(gitu: GituServer) -> None:
    chat = Chat(gitu.person())
    for text, named in {
        "/assistant list-sessions --limit many": "limit",
        "/assistant get-session": "session",
        "/identity update-me --nmae x": "nmae",
        "/assistant get-session not-an-id": "session",
    }.items():
        assert chat.send(text)["turn"]["state"] == "failed", text
        assert named in chat.messages()[-1]["error"]["detail"], text


def test_a_command_beyond_ones_permissions_is_refused(gitu: GituServer) -> None:
    chat = Chat(gitu.person())
    chat.send("/identity list-users")
    assert chat.messages()[1]["error"]["code"] == "auth.denied"


def test_a_person_may_type_what_can_not_be_undone(gitu: GituServer) -> None:
    amal = gitu.person()
    victim = amal.post("/sessions", {})["id"]
    chat = Chat(amal)
    assert chat.send(f"/assistant delete-session {victim}")["turn"]["state"] == "done"
    amal.get(f"/sessions/{victim}", status=404)


def test_a_program_that_types_it_is_held(gitu: GituServer) -> None:
    amal = gitu.person()
    victim = amal.post("/sessions", {})["id"]
    program = amal.key("assistant:chat", "assistant:read", "assistant:write")
    chat = Chat(program)
    chat.send(f"/assistant delete-session {victim}")
    assert chat.messages()[1]["parts"][0]["status"] == "held"
    amal.get(f"/sessions/{victim}")


def test_secrets_are_not_typed_into_conversations(gitu: GituServer) -> None:
    chat = Chat(gitu.person(Role.OWNER))
    for text in ("/identity create-api-key --name x", "/identity create-invitation", "/identity change-password"):
        assert chat.send(text)["turn"]["state"] == "failed", text


def test_a_command_may_change_the_conversation_it_is_typed_in(gitu: GituServer) -> None:
    amal = gitu.person()
    chat = Chat(amal)
    chat.send("/help")
    renamed = chat.send(f'/assistant update-session {chat.session_id} --title "All about ships"')
    assert renamed["turn"]["state"] == "done"
    assert renamed["session"]["title"] == "All about ships"
    here = chat.session_id
    assert chat.send(f"/assistant end-session {here}")["turn"]["state"] == "done"
    assert amal.get(f"/sessions/{here}")["state"] == "ended"
    assert chat.send("/help", status=409)["code"] == "assistant.session_ended"
    amal.post(f"/sessions/{here}/resume")
    assert chat.send(f"/assistant delete-session {here}")["turn"]["state"] == "done"
    amal.get(f"/sessions/{here}", status=404)
    assert chat.session_id != here


def test_a_slash_alone_is_answered_with_a_hint(gitu: GituServer) -> None:
    chat = Chat(gitu.person())
    for text in ("/", "//", "/ ", '/"', "/assistant", "/\u200f", '/assistant list-sessions "', "/$(reboot)"):
        assert chat.send(text)["turn"]["state"] == "failed", text
        assert len(chat.messages()[-1]["error"]["detail"]) > 10
