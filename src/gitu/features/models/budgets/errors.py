"""What budgets refuse. They are failures of a call like a provider's, but no other model steps in for them."""

from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Self

from gitu.features.models.errors import ModelCallFailed
from gitu.kernel.errors import Conflict, Denied, Invalid, NotFound, TooMany
from gitu.kernel.i18n import Localisable, Words
from gitu.kernel.money import to_short_text


class BudgetReached(ModelCallFailed, TooMany):
    status = 429
    code = "models.budget_reached"
    title = "The budget does not allow it"
    text = "{$budget} leaves {$left} of {$limit}, and this call may cost {$needed}. {$way}"
    fallback = False

    @classmethod
    def of(
        cls,
        *,
        kind: str,
        subject: str,
        period: str,
        limit: Decimal,
        left: Decimal,
        needed: Decimal,
        until: datetime | None,
    ) -> Self:
        """The refusal of a budget, which begins anew at ``until``."""
        error = cls(
            budget=name_of(kind, subject, period),
            limit=usd(limit),
            left=usd(left),
            needed=usd(needed, up=True),
            way=Words(
                "budget-way-wait" if until is not None else "budget-way-raise",
                until=f"{until:%Y-%m-%d %H:%M}" if until else "",
            ),
        )
        error.amount_left = left
        return error

    amount_left: Decimal = Decimal(0)

    def offering(self, model: str) -> Self:
        """The same, naming a model that what is left would pay."""
        error = type(self)()
        error.params = {**self.params, "way": Words("budget-way-cheaper", model=model)}
        error.args = (error.english(),)
        error.model_id, error.amount_left = self.model_id, self.amount_left
        return error


class PriceUnknown(ModelCallFailed):
    code = "models.price_unknown"
    title = "What it costs is not known"
    text = (
        "Nobody knows what {$model} costs, and a hard budget counts this call; "
        "add its price to prices.toml, or choose a model with a known price."
    )
    fallback = False


class BudgetUnchecked(ModelCallFailed):
    status = 503
    code = "models.budget_unchecked"
    title = "The budget can't be checked"
    text = "The budget can't be checked while the database is away, so nothing was asked; try again in a moment."
    fallback = False


class LoopStopped(ModelCallFailed, TooMany):
    status = 429
    code = "models.loop_stopped"
    title = "It looks like a loop"
    text = (
        "{$calls} calls of models came from one conversation within a minute, which looks like a loop; "
        "look at what it does, then go on in a minute."
    )
    fallback = False


class BudgetUnknown(NotFound):
    code = "models.budget_unknown"
    title = "No such budget"
    text = "There is no budget {$id}, or it is not yours; list the budgets and choose one of them."


class BudgetExists(Conflict):
    code = "models.budget_exists"
    title = "There is such a budget already"
    text = "There is a budget for that already ({$id}); change its limit instead."


class BudgetOfAdmins(Denied):
    code = "models.budget_of_admins"
    text = "Only the owner or an admin may set budgets of everyone or change what they set; set one of your own."


class TooManyBudgets(Conflict):
    code = "models.too_many_budgets"
    title = "Too many budgets"
    text = "You have {$limit} budgets already; delete one that you don't need."


class BudgetSubjectInvalid(Invalid):
    code = "models.budget_subject_invalid"
    title = "What the budget is for is missing or unknown"
    text = "A budget of this kind needs the name of a feature, or the id of a conversation or key of yours."


def name_of(kind: str, subject: str, period: str) -> Localisable:
    """A budget's name in a sentence: "The daily budget of this Gitu"."""
    return Words(f"budget-name-{kind}", subject=subject, period=Words(f"budget-period-{period}"))


def usd(amount: Decimal, *, up: bool = False) -> str:
    """Dollars with as many digits as tell something: at most four after the point, and six where it is less."""
    digits = Decimal("0.0001") if amount >= Decimal("0.001") or amount == 0 else Decimal("0.000001")
    return f"${to_short_text(amount.quantize(digits, ROUND_UP if up else ROUND_DOWN))}"
