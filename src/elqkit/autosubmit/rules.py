"""The form's own rules, and those that Eloqua has for all: what each mapped column is held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.rules import (
    Date,
    Email,
    EmailSpaces,
    Length,
    NoHtml,
    NoNul,
    NoUrl,
    Number,
    OneOf,
    Required,
    Rule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from elqkit.autosubmit.mapping import Mapping
    from elqkit.eloqua.models import Field, Validation

TEXT_CHARS, LARGE_TEXT_CHARS = 100, 1_000
"""The longest values of a form's text and large text."""


def rules_of(mapping: Mapping, dates: Table[str, str] | None = None) -> dict[int, list[Rule]]:
    """The rules of each mapped column, by its number from 1.

    Args:
        mapping: which column goes to which field.
        dates: how dates are to be written, by the field's HTML name; others are not looked at,
            because that depends on the site.
    """
    return {match.column: _rules(match.field, dates or {}) for match in mapping.matches}


def _rules(field: Field, dates: Table[str, str]) -> list[Rule]:
    rules: list[Rule] = [NoNul()]
    if field.is_required:
        rules.append(Required())
    kind = field.data_type.lower()
    if field.is_email:
        rules += [EmailSpaces(), Email()]
    if kind in ("number", "numeric"):
        rules.append(Number())
    if field.html_name in dates:
        rules.append(Date(dates[field.html_name]))
    if field.options and field.takes_one:
        rules.append(OneOf(field.options))
    rules += [rule for each in field.validations if (rule := _rule(each)) is not None]
    if not any(isinstance(rule, Length) for rule in rules):
        rules.append(Length(LARGE_TEXT_CHARS if kind == "largetext" else TEXT_CHARS))
    return rules


def _rule(validation: Validation) -> Rule | None:
    """A rule of the form's own. Eloqua's names of some are not documented: known by their words."""
    name = validation.condition.lower()
    if "textlength" in name and validation.maximum is not None:
        return Length(validation.maximum, validation.minimum or 0)
    if "url" in name:
        return NoUrl()
    if "html" in name or "xss" in name:
        return NoHtml()
    if "number" in name or "numeric" in name or "integer" in name:
        return Number(validation.minimum, validation.maximum)
    return None
