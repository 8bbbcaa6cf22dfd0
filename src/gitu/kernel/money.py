"""Money is Decimal in Python, NUMERIC in the database and a string in JSON; a float never comes near it."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from gitu.kernel.i18n import Unfit

__all__ = ["Amount", "Cost", "Money", "minor_units", "parse", "quantise", "to_short_text", "to_text", "total"]

MAX_INTEGER_DIGITS: Final = 20
MAX_FRACTION_DIGITS: Final = 12

_CURRENCY = re.compile(r"[A-Z]{3}")
_DEFAULT_MINOR_UNITS: Final = 2

# Currencies whose minor unit is not the hundredth (ISO 4217, list one).
_WITHOUT_MINOR_UNIT: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
_MINOR_UNITS: Final = {
    **dict.fromkeys(_WITHOUT_MINOR_UNIT.split(" "), 0),
    **dict.fromkeys(_WITH_THOUSANDTHS.split(" "), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}

# Arabic keyboards write ٫ for the decimal point and ٬ between thousands.
_ARABIC_SEPARATORS = str.maketrans({"٫": ".", "٬": None})
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def parse(value: str | int | Decimal) -> Decimal:
    """An exact amount from text such as ``-12.50`` or ``١٢٫٥``, a whole number, or a Decimal.

    Raises TypeError for a float or a bool, ValueError for what is not a number of at most 20 digits before
    and 12 after the point.
    """
    if isinstance(value, Decimal):
        return _within_bounds(value, value)
    if isinstance(value, str):
        text = value.strip().translate(_ARABIC_SEPARATORS)
        if len(text) > 2 * (MAX_INTEGER_DIGITS + MAX_FRACTION_DIGITS) or not _NUMBER.fullmatch(text):
            raise ValueError(f"{value[:40]!r} is not an amount; write digits with a point, such as 12.50.")
        return _within_bounds(Decimal(text), value)
    if isinstance(value, (bool, float)):  # whatever the annotation says
        raise TypeError(f"An amount is text, a whole number or a Decimal, not {type(value).__name__}.")
    return _within_bounds(Decimal(value), value)


def minor_units(currency: str) -> int:
    """How many decimals a currency has (ISO 4217). Raises ValueError for what is no code."""
    if not _CURRENCY.fullmatch(currency):
        raise ValueError(f"{currency[:10]!r} is not a currency code; use three capital letters, such as EUR.")
    return _MINOR_UNITS.get(currency, _DEFAULT_MINOR_UNITS)


def quantise(amount: Decimal, currency: str, *, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round to the currency's smallest unit; halves go away from zero unless told otherwise."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=rounding)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum; zero for none."""
    return sum(amounts, start=Decimal(0))


def to_text(amount: Decimal) -> str:
    """The amount as digits, never with an exponent, its trailing zeros kept. Negative zero is zero."""
    text = str(amount)
    if "E" not in text and text[0] != "-":
        return text  # as nearly all are, and much cheaper than formatting
    return format(abs(amount) if amount.is_zero() else amount, "f")


def to_short_text(amount: Decimal) -> str:
    """The amount without trailing zeros, for what has no minor unit: the cost of a call, a price per token."""
    text = to_text(amount)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _within_bounds(amount: Decimal, given: object) -> Decimal:
    if not amount.is_finite():
        raise ValueError(f"{amount} is not an amount.")
    text = str(amount)
    if len(text) <= MAX_FRACTION_DIGITS and "E" not in text:
        return amount  # too short to have too many digits on either side; taking it apart costs five times as much
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)  # it is a letter only where the number is not finite
    if amount.adjusted() >= MAX_INTEGER_DIGITS or -exponent > MAX_FRACTION_DIGITS:
        raise ValueError(
            f"{str(given)[:40]} has more than {MAX_INTEGER_DIGITS} digits before the point or more than "
            f"{MAX_FRACTION_DIGITS} after it."
        )
    return amount


def _validated(value: object) -> Decimal:
    if isinstance(value, (str, int, Decimal)):
        try:
            return parse(value)
        except (TypeError, ValueError, InvalidOperation):
            # Without the value, which a form shows beside the sentence anyway.
            raise Unfit("field-amount", before=MAX_INTEGER_DIGITS, after=MAX_FRACTION_DIGITS) from None
    raise Unfit("field-amount-inexact")


Money = Annotated[
    Decimal,
    BeforeValidator(_validated),
    PlainSerializer(to_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$", "examples": ["12.50"]}),
]
"""An exact amount, negative ones included, in a pydantic model: a string in JSON."""

Cost = Annotated[
    Decimal,
    BeforeValidator(_validated),
    PlainSerializer(to_short_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$", "examples": ["0.00042"]}),
]
"""US dollars that something cost, in a pydantic model: far below a cent, and no more digits than it has."""

Amount = Annotated[Money, Field(ge=0)]
"""`Money` that is not below zero."""
