"""Someone who has used everything there is, under a word that stands nowhere else; and looking for that word.

amal = laden(gitu, model, tmp_path, "canary1a2b")
assert amal.found_in_database(gitu)
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from gitu.features.models import api as models
from gitu.kernel import clock
from gitu.kernel.auth.principal import Role
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from tests.features.identity.test_factors import set_up
from tests.features.identity.test_passkeys import add, authenticator
from tests.servers.base import ModelServer
from tests.servers.script import call, say
from tests.support.chat import Chat, connect
from tests.support.server import GituServer, Person

# Every relation that holds rows, PostgreSQL's own among them; what may not be read by an ordinary role is left out.
_RELATIONS = (
    "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname <> 'pg_toast'"
    " AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"
)


@dataclass
class Laden:
    """The person, their word, and the path of a folder of this machine that they were allowed."""

    person: Person
    word: str
    shelf: Path

    def found_in_database(self, gitu: GituServer) -> list[str]:
        """Tables in which the word stands in any column: text, JSON, bytes (as hexadecimal), what is searched."""
        return tables_with(gitu, self.word)


def tables_with(gitu: GituServer, word: str) -> list[str]:
    """Tables of all schemas, and the planner's samples, with a row in which the word stands."""
    found: list[str] = []
    for (name,) in gitu.sql(_RELATIONS):
        query = f"SELECT 1 FROM {name} AS t WHERE t::text ILIKE :word OR t::text ILIKE :hex LIMIT 1"
        if gitu.sql(query, word=f"%{word}%", hex=f"%{word.encode().hex()}%"):
            found.append(name)
    if gitu.sql("SELECT 1 FROM pg_stats AS t WHERE t::text ILIKE :word LIMIT 1", word=f"%{word}%"):
        found.append("pg_stats")
    return found


def files_with(folder: Path, word: str) -> list[str]:
    """Files below a folder, hidden ones too, whose name or content has the word."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if word in path.name or (path.is_file() and not path.is_symlink() and word.encode() in path.read_bytes()):
            found.append(str(path))
    return found


def laden(gitu: GituServer, model: ModelServer, folder: Path, word: str) -> Laden:
    """An admin with a row in every table that can hold one of theirs, the word in each that has room for words."""
    amal = gitu.person(Role.ADMIN, name=f"Amal {word}")
    shelf = folder / f"shelf-{word}"
    shelf.mkdir()
    _account(gitu, amal, word)
    _conversation(gitu, amal, model, word)
    _permissions(amal, word)
    _files(amal, shelf, word)
    _vectors(gitu, amal, word)
    return Laden(amal, word, shelf)


def _account(gitu: GituServer, amal: Person, word: str) -> None:
    gitu.sql("UPDATE identity_users SET login = :login WHERE id = :id", login=f"amal-{word}", id=amal.id)
    gitu.sql("UPDATE identity_devices SET name = :name WHERE owner_id = :id", name=f"{word}'s desk", id=amal.id)
    amal.patch("/me", {"name": f"Amal {word}"})
    amal.post("/invitations", {"note": f"A friend of {word}"})
    amal.post("/api-keys", {"name": f"key of {word}", "scopes": ["me:read"]})
    add(amal, authenticator(gitu))
    gitu.sql("UPDATE identity_passkeys SET name = :name WHERE owner_id = :id", name=f"{word}'s phone", id=amal.id)
    set_up(amal)
    gitu.sql(
        "INSERT INTO identity_openid_links (id, owner_id, issuer, subject, email, created_at)"
        " VALUES (:id, :owner, 'https://example.org', :subject, :email, now())",
        id=new_id(),
        owner=amal.id,
        subject=f"subject-{word}",
        email=f"{word}@example.org",
    )
    amal.post("/pairing-tokens")
    login = {"login": f"amal-{word}", "password": "not the password"}
    gitu.client().post("/auth/sign-in", login, status=401, headers={"user-agent": f"gitu-cli {word}-laptop"})
    signed = {"login": f"amal-{word}", "password": "a copper kettle sings"}
    gitu.client().post("/auth/sign-in", signed, status=202, headers={"user-agent": f"gitu-cli {word}-laptop"})


def _conversation(gitu: GituServer, amal: Person, model: ModelServer, word: str) -> None:
    connect(amal, model, name=f"{word} models")
    amal.post("/models/budgets", {"kind": "person", "period": "month", "limit": "5", "hard": False})
    doomed = amal.post("/sessions", {"title": f"doomed plans of {word}"})["id"]
    model.script.then(
        call("search_tools", queries=[f"delete conversation {word}"]),
        call("assistant__delete_session", session_id=doomed),
        say(f"{word} waits."),
    )
    chat = Chat(amal)
    answer = chat.say(f"A question of {word}")
    amal.post(f"/sessions/{chat.session_id}/share", {"login": gitu.person().login})
    assert answer.calls[1]["approval_id"]
    amal.post("/sessions", {"title": f"once {word}"}, headers={"idempotency-key": f"{word}-1"})


def _permissions(amal: Person, word: str) -> None:
    amal.post("/grants", {"covers": "assistant.open_session", "reason": f"because of {word}"})


def _files(amal: Person, shelf: Path, word: str) -> None:
    folder = amal.post("/files/folders", {"person_id": str(amal.id), "path": str(shelf), "writable": True})["id"]
    amal.put("/files/content", {"path": f"{word}.txt", "content": f"first words of {word}"})
    amal.put("/files/content", {"path": f"{word}.txt", "content": f"second words of {word}", "overwrite": True})
    amal.put("/files/content", {"folder_id": folder, "path": "in.txt", "content": f"on the shelf of {word}"})
    amal.ask("DELETE", f"/files/entries?folder_id={folder}&path=in.txt")  # into the trash on the shelf
    run = {"command": f"echo {word}", "run_id": str(uuid4())}
    amal.http.post("/api/v1/shell/runs", json=run)  # written down even where no sandbox can start


def _vectors(gitu: GituServer, amal: Person, word: str) -> None:
    amal.put("/models/embeddings/default", {"model": "local/lexical-1"})
    item = models.Item(new_id(), f"a note of {word}", clock.now())
    gitu.run(models.index_items(gitu.services, UUID(str(amal.id)), "canaries", [item]))


async def _no_page(services: Services, owner_id: UUID, after: UUID | None, limit: int) -> list[models.Item]:
    return []


async def _none(services: Services, owner_id: UUID) -> int:
    return 0


models.declare_index("canaries", page=_no_page, count=_none)
