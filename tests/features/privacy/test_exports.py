"""An export: all that is held on a person and nothing secret, for them alone, for a while."""

import json
import stat
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from gitu.features.privacy.workflows import remove_old_exports
from gitu.kernel.auth.principal import Role
from gitu.kernel.privacy.registry import kinds, personal_tables
from tests.features.privacy.conftest import Loads
from tests.support.canaries import files_with
from tests.support.chat import eventually
from tests.support.server import API, GituServer, Json, Person


def exported(person: Person) -> Json:
    """A finished export of the person."""
    begun = person.post("/privacy/exports")
    return eventually(
        lambda: (now := person.get(f"/privacy/exports/{begun['id']}"))["state"] == "ready" and now, within_s=60
    )


def fetched(person: Person, export_id: str) -> bytes:
    """The archive."""
    answer = person.http.get(f"{API}/privacy/exports/{export_id}/archive")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def test_an_archive_holds_every_row_and_file_of_the_person_and_of_nobody_else(gitu: GituServer, loads: Loads) -> None:
    amal, basim = loads(), loads()
    export = exported(amal.person)
    content = fetched(amal.person, export["id"])
    assert (export["sha256"], export["size_bytes"]) == (sha256(content).hexdigest(), len(content))
    assert export["done"] == export["total"]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        rows: dict[str, list[Json]] = {}
        for kind in kinds():
            rows |= json.loads(archive.read(f"{kind.name}.json"))
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        assert archive.read(f"files/workspace/{amal.word}.txt").decode() == f"second words of {amal.word}"
        kept = [name for name in archive.namelist() if name.startswith("files/kept/")]
        assert f"first words of {amal.word}" in [archive.read(name).decode() for name in kept]
        assert archive.read("README.txt").decode().startswith("\ufeffThis archive holds")
    for found in personal_tables():
        if found.name not in ("events", "audit", "idempotency"):  # which grow while one looks
            about = " OR ".join(f"{column} = :id" for column in found.persons)
            there = gitu.sql(f"SELECT count(*) FROM {found.name} WHERE {about}", id=amal.person.id)[0][0]
            assert len(rows[found.name]) == there, found.name
    assert manifest["person_id"] == str(amal.person.id)
    assert {one["table"] for one in manifest["parts"] if "table" in one} == set(rows)
    assert any(row["text"] == f"A question of {amal.word}" for row in rows["assistant_messages"])
    assert basim.word not in everything


def test_no_secret_leaves_with_an_archive(gitu: GituServer, loads: Loads) -> None:
    amal = loads()
    gitu.run(gitu.services.audit.flush())
    content = fetched(amal.person, exported(amal.person)["id"])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    hashes = [
        ("identity_users", "password_hash", "id"),
        ("identity_devices", "access_hash", "owner_id"),
        ("identity_devices", "refresh_hash", "owner_id"),
        ("identity_api_keys", "secret_hash", "owner_id"),
        ("identity_recovery_codes", "code_hash", "owner_id"),
        ("identity_invitations", "token_hash", "owner_id"),
    ]
    for table, column, person in hashes:
        secrets = gitu.sql(f"SELECT {column} FROM {table} WHERE {person} = :id", id=amal.person.id)
        assert secrets, table
        assert all(secret not in everything for (secret,) in secrets), table
    blobs = gitu.sql("SELECT encode(secret, 'hex') FROM identity_totp WHERE owner_id = :id", id=amal.person.id)
    assert blobs[0][0] not in everything


def test_the_archive_speaks_the_language_of_its_person(gitu: GituServer) -> None:
    amal = gitu.person(language="ar")
    with zipfile.ZipFile(BytesIO(fetched(amal, exported(amal)["id"]))) as archive:
        assert "يحوي هذا الأرشيف" in archive.read("README.txt").decode()


def test_nobody_else_sees_fetches_or_removes_an_export(gitu: GituServer) -> None:
    amal, eve = gitu.person(), gitu.person(Role.ADMIN)
    export = exported(amal)
    path = f"/privacy/exports/{export['id']}"
    assert eve.get("/privacy/exports")["items"] == []
    for method, one in (("GET", path), ("GET", f"{path}/archive"), ("DELETE", path)):
        assert eve.refused(method, one, status=404) == "privacy.export_not_found"
    assert gitu.client().refused("GET", f"{path}/archive", status=401) == "auth.required"
    assert fetched(amal, export["id"])


def test_the_archive_lies_closed_to_other_users_of_the_machine(gitu: GituServer) -> None:
    amal = gitu.person()
    export = exported(amal)
    path = gitu.settings.home / "privacy" / "exports" / str(amal.id) / f"{export['id']}.zip"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_two_at_once_are_one_and_the_next_one_takes_the_place_of_the_former(gitu: GituServer) -> None:
    amal = gitu.person()
    first = exported(amal)
    second = exported(amal)
    assert [one["id"] for one in amal.get("/privacy/exports")["items"]] == [second["id"]]
    assert amal.refused("GET", f"/privacy/exports/{first['id']}/archive", status=404) == "privacy.export_not_found"
    assert not files_with(gitu.settings.home / "privacy", first["id"])


def test_removed_or_past_its_time_it_is_gone_from_the_disk_too(gitu: GituServer) -> None:
    amal, basim = gitu.person(), gitu.person()
    mine, his = exported(amal), exported(basim)
    amal.delete(f"/privacy/exports/{mine['id']}")
    eventually(lambda: not files_with(gitu.settings.home / "privacy", mine["id"]))
    gitu.sql("UPDATE privacy_exports SET expires_at = now() - interval '1 minute' WHERE owner_id = :id", id=basim.id)
    assert basim.refused("GET", f"/privacy/exports/{his['id']}/archive", status=404) == "privacy.export_not_found"
    gitu.run(remove_old_exports(gitu.services))
    assert basim.get("/privacy/exports")["items"] == []
    assert not files_with(gitu.settings.home / "privacy", his["id"])


def test_links_and_pipes_of_a_workspace_stay_out(gitu: GituServer, tmp_path: Path) -> None:
    amal = gitu.person()
    amal.put("/files/content", {"path": "real.txt", "content": "mine"})
    (tmp_path / "outside.txt").write_text("somebody else's words")
    workspace = gitu.settings.home / "files" / "workspaces" / str(amal.id)
    (workspace / "link.txt").symlink_to(tmp_path / "outside.txt")
    (workspace / "folder").symlink_to(tmp_path)
    content = fetched(amal, exported(amal)["id"])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("files/")]
    assert names == ["files/workspace/real.txt"]


def test_a_disk_that_is_full_is_said_and_leaves_nothing(gitu: GituServer, monkeypatch: pytest.MonkeyPatch) -> None:
    amal = gitu.person()
    # A folder that can't be made stands for it: a file lies where it should be.
    blocked = gitu.settings.home / "privacy" / "exports" / str(amal.id)
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("")
    begun = amal.post("/privacy/exports")
    eventually(lambda: amal.get(f"/privacy/exports/{begun['id']}")["state"] == "failed")
    assert amal.get(f"/privacy/exports/{begun['id']}")["error_code"] == "privacy.export_failed"
    assert amal.refused("GET", f"/privacy/exports/{begun['id']}/archive", status=404) == "privacy.export_not_found"
    blocked.unlink()
    assert exported(amal)["state"] == "ready"
