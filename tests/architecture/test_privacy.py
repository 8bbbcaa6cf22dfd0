"""Every table says whose rows it holds and what becomes of them; nobody can forget to."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Table

from gitu.app import load_features
from gitu.kernel.db.tables import Base
from gitu.kernel.i18n import has_translation
from gitu.kernel.jobs.forgetting import TABLES as JOBS
from gitu.kernel.privacy import registry
from gitu.kernel.privacy.hooks import stores
from gitu.kernel.settings import Settings
from gitu.kernel.telemetry.redaction import is_secret_name
from tests.support.server import GituServer

load_features()
TABLES = [table for table in Base.metadata.sorted_tables if not table.name.startswith("test_")]
PERSONS = ("owner_id", "user_id", "person_id", "reader_id")


def declared() -> set[str]:
    """Every table that something was said about."""
    personal = {found.name for found in registry.personal_tables()}
    return personal | set(registry.parts()) | set(registry.impersonal_tables())


def tables_of(gitu: GituServer) -> Iterator[str]:
    """Every table of the database that is not PostgreSQL's own, whoever made it."""
    for schema, name in gitu.sql(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ):
        yield name if schema == "public" else f"{schema}.{name}"


def test_every_table_of_the_database_says_what_becomes_of_its_rows(gitu: GituServer) -> None:
    there = set(tables_of(gitu))
    assert there - declared() == set(), "say it beside the table, with @personal, @part_of or @impersonal"
    assert declared() - there == set(), "these tables are not there any more"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_that_names_a_person_is_not_called_impersonal(table: Table) -> None:
    if any(name in table.columns for name in PERSONS):
        assert table.name not in registry.impersonal_tables()


@pytest.mark.parametrize("name", registry.parts(), ids=str)
def test_parts_go_with_the_row_that_they_are_part_of(name: str) -> None:
    keys = [key for key in Base.metadata.tables[name].foreign_keys if key.column.table.name == registry.parts()[name]]
    assert {key.ondelete for key in keys} == {"CASCADE"}


@pytest.mark.parametrize("found", registry.personal_tables(), ids=lambda found: found.name)
def test_no_secret_can_be_exported(found: registry.PersonalTable) -> None:
    harmless = {"input_tokens", "output_tokens", "cached_tokens", "saved_tokens", "first_token_ms", "session_id"}
    names = {column.name for column in found.exported} - harmless
    assert [name for name in names if name.endswith("_hash") or is_secret_name(name)] == []


@pytest.mark.parametrize("found", registry.personal_tables(), ids=lambda found: found.name)
def test_what_is_kept_says_in_both_languages_why(found: registry.PersonalTable) -> None:
    if found.stays is not None:
        assert all(has_translation(f"stays-{found.stays}", locale) for locale in ("en", "ar"))


def test_every_kind_that_is_named_is_declared_and_has_words_in_both_languages() -> None:
    kinds = {kind.name for kind in registry.kinds()}
    named = {found.kind for found in registry.personal_tables()} | {store.kind for store in stores()}
    assert named == kinds
    for kind in kinds:
        for part in ("", "-what", "-why"):
            key = f"kind-{kind.replace('_', '-')}{part}"
            assert all(has_translation(key, locale) for locale in ("en", "ar")), key


def test_what_is_kept_for_a_while_is_kept_as_long_as_a_setting_says() -> None:
    for kind in registry.kinds():
        assert kind.setting is None or kind.setting in Settings.model_fields, kind
    for found in registry.personal_tables():
        if found.expiry is not None and isinstance(found.expiry.days, str):
            assert found.expiry.days in Settings.model_fields, found


def test_every_place_where_jobs_keep_words_is_known(gitu: GituServer) -> None:
    rows = gitu.sql(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'dbos'"
        " AND column_name IN ('workflow_uuid', 'destination_uuid')"
    )
    assert {row[0] for row in rows} == set(JOBS)


def test_jobs_of_people_are_named_by_rows_that_have_an_owner() -> None:
    for jobs in registry.jobs_of_people():
        assert {"id", "owner_id"} <= set(Base.metadata.tables[jobs.table].columns.keys())
