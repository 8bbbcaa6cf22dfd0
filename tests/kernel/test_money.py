"""Money: exact from text to text, and never a float."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from gitu.kernel.money import Amount, Money, minor_units, parse, quantise, to_text, total

amounts = st.decimals(
    min_value=Decimal(-(10**20) + 1),
    max_value=Decimal(10**20 - 1),
    places=12,
    allow_nan=False,
    allow_infinity=False,
)
CURRENCIES = ("EUR", "JPY", "KWD", "CLF")


class Line(BaseModel):
    price: Money
    quantity: Amount = Decimal(1)


@given(amounts)
def test_an_amount_survives_the_way_to_text_and_back(amount: Decimal) -> None:
    assert parse(to_text(amount)) == amount
    assert Line.model_validate_json(Line(price=amount).model_dump_json()).price == amount


@given(amounts, st.sampled_from(CURRENCIES))
def test_quantising_moves_by_half_a_unit_at_most_and_only_once(amount: Decimal, currency: str) -> None:
    rounded = quantise(amount, currency)
    assert abs(rounded - amount) <= Decimal(5).scaleb(-minor_units(currency) - 1)
    assert quantise(rounded, currency) == rounded


@given(st.lists(amounts, max_size=20))
def test_a_total_does_not_depend_on_the_order(parts: list[Decimal]) -> None:
    cents = [quantise(part / 10**12, "EUR") for part in parts]
    assert total(cents) == total(reversed(cents))


@given(st.text(max_size=100))
def test_any_text_is_an_amount_or_a_value_error(text: str) -> None:
    try:
        amount = parse(text)
    except ValueError:
        return
    assert amount.is_finite()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.50", "12.50"), (" -3 ", "-3"), ("+0.1", "0.1"), ("١٢٫٥", "12.5"), ("١٬٠٠٠", "1000")],
)
def test_people_write_amounts_with_western_and_arabic_digits(text: str, amount: str) -> None:
    assert parse(text) == Decimal(amount)


def test_whole_numbers_and_decimals_are_amounts() -> None:
    assert parse(7) == Decimal(7)
    assert parse(Decimal("7.5")) == Decimal("7.5")


@pytest.mark.parametrize("text", ["", "1e9", "NaN", "Infinity", "1,5", "0x10", "1.", ".5", "1" * 21, "0." + "1" * 13])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|digits"):
        parse(text)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e30")])
def test_decimals_out_of_bounds_are_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match=r"amount|digits"):
        parse(value)


@pytest.mark.parametrize("value", [1.5, True])
def test_a_float_or_a_bool_is_never_money(value: Any) -> None:
    with pytest.raises(TypeError, match=r"not (float|bool)"):
        parse(value)


@pytest.mark.parametrize("value", [1.5, True, None, [], "x", "9" * 25])
def test_a_model_refuses_what_is_not_exact(value: object) -> None:
    with pytest.raises(ValidationError):
        Line.model_validate({"price": value})


def test_an_amount_is_not_below_zero() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Line.model_validate({"price": "1", "quantity": "-1"})


def test_money_is_a_string_in_json_and_in_its_schema() -> None:
    assert Line(price=Decimal("1.10")).model_dump_json() == '{"price":"1.10","quantity":"1"}'
    assert Line.model_json_schema(mode="serialization")["properties"]["price"]["type"] == "string"
    assert Line(price=Decimal("1.10")).model_dump()["price"] == Decimal("1.10")


@pytest.mark.parametrize(("currency", "rounded"), [("EUR", "2.35"), ("JPY", "2"), ("KWD", "2.345"), ("CLF", "2.3455")])
def test_each_currency_has_its_own_smallest_unit(currency: str, rounded: str) -> None:
    assert str(quantise(Decimal("2.34549"), currency)) == rounded
    assert minor_units(currency) == -int(Decimal(rounded).as_tuple().exponent)


def test_halves_go_away_from_zero() -> None:
    assert quantise(Decimal("2.345"), "EUR") == Decimal("2.35")
    assert quantise(Decimal("-2.345"), "EUR") == Decimal("-2.35")


@pytest.mark.parametrize("currency", ["eur", "EURO", "", "E1R"])
def test_what_is_not_a_currency_code_is_refused(currency: str) -> None:
    with pytest.raises(ValueError, match="currency code"):
        minor_units(currency)


def test_text_has_no_exponent_and_no_negative_zero() -> None:
    assert to_text(Decimal("1e3")) == "1000"
    assert to_text(Decimal("-0.00")) == "0.00"
    assert to_text(Decimal("1.500")) == "1.500"
