"""Pydantic's findings in a person's language: each of its kinds is a message, the offending value is never said.

Its kinds: https://docs.pydantic.dev/latest/errors/validation_errors/
"""

import re
from typing import TYPE_CHECKING, Any

from gitu.kernel.i18n.words import Unfit, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

__all__ = ["words_of"]

_KINDS: dict[str, str] = {
    kind: key
    for key, kinds in {
        "field-missing": "missing missing_argument missing_keyword_only_argument missing_positional_only_argument",
        "field-extra": "extra_forbidden unexpected_keyword_argument unexpected_positional_argument no_such_attribute",
        "field-fixed": "frozen_field frozen_instance",
        "field-key": "invalid_key",
        "field-json": "json_invalid json_type",
        "field-too-deep": "recursion_loop recursion_depth_exceeded",
        "field-object": "model_type model_attributes_type dataclass_type dataclass_exact_type named_tuple_type "
        "dict_type frozen_dict_type ordered_dict_type counter_type mapping_type arguments_type",
        "field-list": "iterable_type iteration_error list_type deque_type tuple_type set_type frozen_set_type",
        "field-list-short": "too_short",
        "field-list-long": "too_long",
        "field-null": "none_required",
        "field-text": "string_type string_sub_type bytes_type",
        "field-unicode": "string_unicode bytes_invalid_encoding",
        "field-text-short": "string_too_short",
        "field-text-long": "string_too_long url_too_long",
        "field-pattern": "string_pattern_mismatch",
        "field-ascii": "string_not_ascii",
        "field-bytes-short": "bytes_too_short",
        "field-bytes-long": "bytes_too_long",
        "field-choice": "enum literal_error union_tag_invalid",
        "field-choice-missing": "union_tag_not_found",
        "field-above": "greater_than",
        "field-at-least": "greater_than_equal",
        "field-below": "less_than",
        "field-at-most": "less_than_equal",
        "field-multiple": "multiple_of",
        "field-finite": "finite_number",
        "field-yes-no": "bool_type bool_parsing",
        "field-whole": "int_type int_parsing int_from_float",
        "field-too-large": "int_parsing_size",
        "field-number": "float_type float_parsing decimal_type decimal_parsing fraction_type fraction_parsing "
        "complex_type complex_str_parsing",
        "field-digits": "decimal_max_digits",
        "field-decimals": "decimal_max_places",
        "field-whole-digits": "decimal_whole_digits",
        "field-date": "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
        "field-time": "time_type time_parsing",
        "field-moment": "datetime_type datetime_parsing datetime_object_invalid datetime_from_date_parsing",
        "field-past": "date_past datetime_past",
        "field-future": "date_future datetime_future",
        "field-zone": "timezone_aware timezone_offset",
        "field-no-zone": "timezone_naive",
        "field-duration": "time_delta_type time_delta_parsing",
        "field-url": "url_type url_parsing url_syntax_violation",
        "field-url-scheme": "url_scheme",
        "field-id": "uuid_type uuid_parsing uuid_version",
    }.items()
    for kind in kinds.split()
}

# What our messages call pydantic's figures. Its other context may repeat the value (``tag``, ``error``).
_FIGURES = {
    "min_length": "minimum",
    "max_length": "maximum",
    "gt": "limit",
    "ge": "limit",
    "lt": "limit",
    "le": "limit",
    "multiple_of": "step",
    "max_digits": "maximum",
    "decimal_places": "maximum",
    "whole_digits": "maximum",
    "pattern": "pattern",
}
_CHOICES = {
    "enum": "expected",
    "literal_error": "expected",
    "union_tag_invalid": "expected_tags",
    "url_scheme": "expected_schemes",
}
_CHOICE = re.compile(r"'[^']*'|[^\s,]+")


def words_of(finding: "ErrorDetails | Mapping[str, Any]") -> Words:  # Any: as in pydantic's ErrorDetails
    """What a person reads of one of pydantic's findings, in whatever language they read."""
    context: Mapping[str, Any] = finding.get("ctx") or {}
    error = context.get("error")
    if isinstance(error, Unfit):
        return error.words
    key = _KINDS.get(finding["type"], "field-unfit")
    if finding["type"] in _CHOICES:
        return _choice(key, str(context.get(_CHOICES[finding["type"]], "")))
    return Words(key, **{ours: context[theirs] for theirs, ours in _FIGURES.items() if theirs in context})


def _choice(key: str, listed: str) -> Words:
    # Pydantic lists them in English: 'en', 'ar' or 'fr'.
    found = [choice for choice in _CHOICE.findall(listed) if choice != "or"]
    return Words(key, count=len(found), choices=", ".join(choice.strip("'") for choice in found))
