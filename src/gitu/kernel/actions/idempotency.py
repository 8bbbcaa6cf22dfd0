"""The same key twice runs once: the second call gets the first one's answer."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.actions.registry import Action
from gitu.kernel.actions.tables import IdempotencyRow
from gitu.kernel.audit.recorder import Along
from gitu.kernel.auth.principal import Principal
from gitu.kernel.db.engine import plain_rows
from gitu.kernel.errors import IdempotencyKeyReused, IdempotencyReplayHidden, OutcomeUnknown

_TABLE = IdempotencyRow.metadata.tables[IdempotencyRow.__tablename__]
_CLAIM = insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key)
_KEEP = (
    update(_TABLE)
    .where(
        _TABLE.c.owner_id == bindparam("kept_of"),
        _TABLE.c.action == bindparam("kept_by"),
        _TABLE.c.key == bindparam("kept_under"),
    )
    .values(output=bindparam("kept_output"), kept=True)
)


class Claim:
    """One call's claim on its key, taken and kept inside the call's own transaction.

    A second call with the key waits on the row until the first commits or rolls back, so that even calls
    at the same moment run once. Without a key, or before sign-in, there is nothing to claim.
    """

    def __init__(self, principal: Principal, action: Action, key: str | None, input_digest: str) -> None:
        self._owner_id = principal.user_id
        self._action = action
        self._key = key
        self.input_digest = input_digest

    async def take(self, db: AsyncSession, now: datetime, *, external: bool = False) -> BaseModel | None:
        """None when this call is the first; otherwise the kept answer.

        Raises IdempotencyKeyReused when the key came with another input, IdempotencyReplayHidden when the
        answer held a secret, OutcomeUnknown when an external run was cut off.
        """
        if self._key is None or self._owner_id is None:
            return None
        claimed = await plain_rows(
            db,
            _CLAIM,
            {
                "owner_id": self._owner_id,
                "action": self._action.name,
                "key": self._key,
                "input_digest": self.input_digest,
                "kept": False,
                "created_at": now,
            },
        )
        if claimed:
            return None
        return await self.kept_answer(db, external=external)

    async def kept_answer(self, db: AsyncSession, *, external: bool = False) -> BaseModel:
        """What the first call with the key answered; nothing is claimed. Raises as ``take``."""
        row = await db.scalar(select(IdempotencyRow).where(*self._where()))
        if row is None or row.input_digest != self.input_digest:
            raise IdempotencyKeyReused(key=self._key, what=self._action.name)
        if not row.kept and external and not self._action.secret_output:
            raise OutcomeUnknown(name=self._action.command, what=self._action.name)
        if not row.kept:
            raise IdempotencyReplayHidden(name=self._action.command, what=self._action.name)
        return self._action.output.model_validate(row.output)

    def keeping(self, answer: BaseModel) -> Along | None:
        """Storing the answer for later calls with this key, beside the audit row; nothing when it holds a secret."""
        if self._key is None or self._owner_id is None or self._action.secret_output:
            return None
        kept = {"kept_of": self._owner_id, "kept_by": self._action.name, "kept_under": self._key}
        return Along(_KEEP, {**kept, "kept_output": answer.model_dump(mode="json")})

    async def release(self, db: AsyncSession) -> None:
        """Give the key back after a run that failed in a known way."""
        if self._key is not None and self._owner_id is not None:
            await db.execute(delete(IdempotencyRow).where(*self._where()))

    def _where(self) -> tuple[ColumnElement[bool], ...]:
        return (
            IdempotencyRow.owner_id == self._owner_id,
            IdempotencyRow.action == self._action.name,
            IdempotencyRow.key == self._key,
        )
