"""What a call touches outside Gitu, exactly: shown to the person who approves it, compared with what they granted."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gitu.kernel.money import Amount

Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Many = Annotated[tuple[Text, ...], Field(max_length=100)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Sum(BaseModel):
    """An amount of money with its currency (ISO 4217)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Amount
    currency: Currency


class Effect(BaseModel):
    """The folders and files, machines, people, money and command that one call is about.

    ``diff`` shows a change of text in unified form, cut where it is long. What stays empty is not touched.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: Many = ()
    hosts: Many = ()
    recipients: Many = ()
    command: Annotated[str, StringConstraints(max_length=20_000)] | None = None
    amount: Sum | None = None
    diff: Annotated[str, StringConstraints(max_length=50_000)] | None = None

    @property
    def leaves(self) -> bool:
        """Whether something may leave for somebody else by it, even where it only reads."""
        return bool(self.hosts or self.recipients or self.command is not None or self.amount is not None)


NO_EFFECT = Effect()
