"""Keys ask like delegates, and devices remember when their person was confirmed.

Until now a key did without asking whatever its scopes allowed, but for what can't be undone. Exactly that is written
down here as grants of each key, so that no program stops: people see them under Permissions and can take them back.
"""
# The columns that Alembic writes are generic without saying of what, which is of no use here.
# pyright: basic

import sqlalchemy as sa
from alembic import op

from gitu.kernel.ids import new_id

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ANYTHING = '{"paths": ["*"], "hosts": ["*"], "recipients": ["*"], "commands": ["*"], "most": null}'
_NOTHING = '{"paths": [], "hosts": [], "recipients": [], "commands": [], "most": null}'


def upgrade() -> None:
    """Go forward."""
    op.add_column("assistant_turns", sa.Column("key_id", sa.Uuid(), nullable=True))
    # Turns of programs that are under way know no key: they are granted nothing rather than what the person's
    # assistant is.
    op.execute(
        "UPDATE assistant_turns SET key_id = '00000000-0000-0000-0000-000000000000' WHERE limited_to IS NOT NULL"
    )
    op.add_column("identity_devices", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_approvals_unanswered", "approvals", ["owner_id"], postgresql_where=sa.text("state IN ('pending', 'denied')")
    )
    _grant_what_keys_could_do()


def _grant_what_keys_could_do() -> None:
    connection = op.get_bind()
    keys = connection.execute(sa.text("SELECT id, owner_id, scopes, expires_at FROM identity_api_keys")).all()
    add = sa.text(
        "INSERT INTO grants (id, owner_id, delegate, covers, limits, session_id, after_outside, reason, origin,"
        " created_at, expires_at, revoked_at, last_used_at)"
        " VALUES (:id, :owner, :delegate, :covers, CAST(:limits AS jsonb), NULL, false, '', 'upgrade',"
        " now(), :ends, NULL, NULL)"
    )
    for key, owner, scopes, ends in keys:
        for covers in ["read", *sorted(set(scopes))]:
            values = {
                "id": new_id(),
                "owner": owner,
                "delegate": f"api_key:{key}",
                "covers": covers,
                "limits": _NOTHING if covers == "read" else _ANYTHING,
                "ends": ends,
            }
            connection.execute(add, values)


def downgrade() -> None:
    """Go back; only for development: an installation goes back by its backup."""
    op.drop_index("ix_approvals_unanswered", table_name="approvals")
    op.drop_column("identity_devices", "confirmed_at")
    op.drop_column("assistant_turns", "key_id")
