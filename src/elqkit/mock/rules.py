"""What the mock's forms refuse: the rules that Eloqua's field validations name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from elqkit.mock.seeds import Asset

EMAIL = re.compile(r"(?!.*\.\.)[^\s@\xa0<>]{1,63}(?<!\.)@[^\s@\xa0<>.]+(?:\.[^\s@\xa0<>.]+)+")
URL = re.compile(r"(?:telnet|ftp|https?)://\S+\.\S", re.IGNORECASE)
REQUIREMENTS = {
    "IsRequiredCondition": "NotNullRequirement",
    "IsEmailAddressCondition": "EmailAddressRequirement",
    "PreventUrlCondition": "TextWithNoUrlRequirement",
    "TextLengthCondition": "ValidTextLengthRequirement",
}


class Breach(NamedTuple):
    """A rule that a value does not meet."""

    field: Asset
    requirement: str
    message: str
    value: str

    @property
    def error(self) -> Asset:
        """As REST answers it: an `ObjectValidationError`."""
        return {
            "type": "ObjectValidationError",
            "container": {"type": "ObjectKey", "objectType": "FormData"},
            "property": self.field["id"],
            "requirement": {"type": self.requirement},
            "value": self.value,
        }


def fields_of(elements: object) -> Iterator[Asset]:
    """The fields of a form, those in groups and stages among them."""
    if isinstance(elements, list):
        for element in elements:
            if element["type"] == "FormField":
                yield element
            for key in ("fields", "stages"):
                yield from fields_of(element.get(key))


def breaches(form: Asset, values: Mapping[str, str]) -> list[Breach]:
    """The rules that a row does not meet.

    Args:
        form: the asset.
        values: by the id of the field.
    """
    found = []
    for field in fields_of(form["elements"]):
        value = values.get(field["id"], "")
        for rule in field["validations"]:
            kind = rule["condition"]["type"]
            if not _is_met(rule["condition"], value):
                found.append(Breach(field, REQUIREMENTS[kind], rule["message"], value))
    return found


def _is_met(condition: Mapping[str, Any], value: str) -> bool:
    match condition["type"]:
        case "IsRequiredCondition":
            return value != ""
        case "IsEmailAddressCondition":
            return value == "" or EMAIL.fullmatch(value) is not None
        case "PreventUrlCondition":
            return URL.search(value) is None
        case "TextLengthCondition":
            return int(condition["minimum"]) <= len(value) <= int(condition["maximum"])
        case _:
            return True
