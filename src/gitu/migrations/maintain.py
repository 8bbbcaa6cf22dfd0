"""For those who change tables: write the next revision, and see whether revisions and tables agree."""

import importlib
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Index, create_engine, pool
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SAWarning

import gitu
from gitu.kernel.db import migrate

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from sqlalchemy import MetaData


def all_tables() -> "MetaData":
    """The tables of the kernel and of every feature: each `tables.py` of the package is imported."""
    root = Path(gitu.__file__).parent
    for path in sorted([*root.glob("kernel/**/tables.py"), *root.glob("features/**/tables.py")]):
        importlib.import_module("gitu." + ".".join(path.relative_to(root).with_suffix("").parts))
    metadata: MetaData = importlib.import_module("gitu.kernel.db.tables").Base.metadata
    return metadata


def check(url: str, metadata: "MetaData | None" = None, folder: Path = migrate.MIGRATIONS) -> list[str]:
    """Migrate the database at `url` and say how it differs from the tables; empty when it agrees."""
    migrate.upgrade(url, folder)
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            with warnings.catch_warnings():
                # A type of ours (xid8) that SQLAlchemy can't read back is compared by its presence only.
                warnings.filterwarnings("ignore", "Did not recognize type", SAWarning)
                changes = compare_metadata(context, metadata or all_tables())
            return [_readable(change) for change in changes]
    finally:
        engine.dispose()


def make_revision(
    url: str, message: str, metadata: "MetaData | None" = None, folder: Path = migrate.MIGRATIONS
) -> Path:
    """Write the revision that turns the newest known state into today's tables, and return its file.

    `url` is a scratch database, which is migrated first. Read the file before committing it: Alembic takes
    a renamed column for a new one, and data has to be moved by hand. One revision runs in one transaction.
    """
    migrate.upgrade(url, folder)
    known = migrate.revisions(folder)
    number = f"{int(known[-1]) + 1 if known else 1:04d}"
    name = re.sub(r"\W+", "_", message.lower()).strip("_")[:50]
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            config = migrate.configuration(folder)
            config.attributes["connection"] = connection
            config.attributes["metadata"] = metadata or all_tables()
            config.attributes["render_item"] = render_own_type
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message=message, autogenerate=True, rev_id=number)
    finally:
        engine.dispose()
    written = next((folder / "versions").glob(f"{number}_*.py"))
    named = written.rename(written.with_name(f"{number}_{name}.py"))
    for tidy in (["check", "--fix", "--quiet", "--exit-zero"], ["format", "--quiet"]):
        # What is left is for the person who reads the file, so nothing is shown here.
        subprocess.run([sys.executable, "-m", "ruff", *tidy, named], capture_output=True, check=False)  # noqa: S603
    return named


def render_own_type(kind: str, item: object, context: "AutogenContext") -> str | Literal[False]:
    """For Alembic: a column type of ours is imported by name; False leaves everything else to Alembic."""
    if kind == "type" and type(item).__module__.startswith("gitu."):
        context.imports.add(f"from {type(item).__module__} import {type(item).__name__}")
        return repr(item)
    return False


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)


def _readable(change: object) -> str:
    """Alembic's description of a change (tuples, or lists of them for a column), on one line."""
    if isinstance(change, list):
        return "; ".join(_readable(part) for part in cast("list[object]", change))
    if isinstance(change, tuple):
        return " ".join(_readable(part) for part in cast("tuple[object, ...]", change))
    if isinstance(change, Index):
        return f"{change.table.name if change.table is not None else '?'}.{change.name}"
    return str(change)  # pyright: ignore[reportUnknownArgumentType] - Index is generic in its stubs
