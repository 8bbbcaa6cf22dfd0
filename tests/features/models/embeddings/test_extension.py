"""A database server of one's own, which lacks pgvector."""

import pytest

from gitu.kernel.db import migrate
from gitu.kernel.db.errors import DatabaseUnavailable
from tests.support.postgres import TestServer


def test_without_pgvector_the_start_says_how_to_get_it(postgres_server: TestServer) -> None:
    url = postgres_server.create_database("template0")  # without what was added to the usual template
    try:
        with pytest.raises(DatabaseUnavailable) as unavailable:
            migrate.upgrade(url)
        told = str(unavailable.value)
        assert "CREATE EXTENSION vector" in told
        assert "apt install postgresql-18-pgvector" in told
        assert "permission denied" in told  # what the server itself said
        assert migrate.current(url) != migrate.revisions()[-1]
    finally:
        postgres_server.drop_database(url)
