"""Which column goes to which field of the form, and why.

Suggested by names alone, never by position; a person may change each. A column that goes nowhere is
listed, a required field that nothing goes to blocks, and Eloqua's own names are never a column's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import Enum
import hashlib
import json
import re
from typing import TYPE_CHECKING
import unicodedata

from elqkit.table.writing import ADDED_COLUMNS
from elqkit.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from elqkit.eloqua.models import Field, Form

RESERVED = frozenset(
    {
        "elqformname",
        "elqsiteid",
        "elqcampaignid",
        "elqcustomerguid",
        "elqcookiewrite",
        "elqformsubmissiontoken",
        "elqredirectlocation",
    }
)
"""What the client fills in by itself, in small letters."""

HIDDEN = "hidden"
"""The display type of a field that visitors do not see."""

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LEADS = frozenset({"c", "form", "field", "contact"})
"""Words before a name that say nothing: `C_FirstName`, `Contact First Name`."""

# Names that mean the same, in letters and digits only.
_SAME = (
    ("email", "emailaddress", "mail", "emailid", "workemail", "businessemail", "correo"),
    ("firstname", "givenname", "forename", "first", "vorname", "prenom", "nombre"),
    ("lastname", "surname", "familyname", "last", "nachname", "nom", "apellido"),
    ("company", "companyname", "organization", "organisation", "account", "employer", "firma"),
    ("title", "jobtitle", "position", "role"),
    ("phone", "businessphone", "phonenumber", "telephone", "busphone", "tel"),
    ("mobile", "mobilephone", "cell", "cellphone"),
    ("country", "countryname", "nation", "land", "pays"),
    ("state", "stateprovince", "stateprov", "province", "region", "stateorprovince"),
    ("zip", "zippostal", "zipcode", "postalcode", "postcode", "zippostalcode", "plz"),
    ("city", "town", "stadt", "ville"),
    ("address", "address1", "street", "streetaddress"),
)
_MEANING = {name: names[0] for names in _SAME for name in names}


class Why(Enum):
    """The reason of a match, from the surest to the least sure."""

    CHOSEN = Text("chosen by you")
    HTML_NAME = Text("the field's HTML name")
    NAME = Text("the field's name")
    SIMILAR = Text("the same letters and digits as the field's name")
    MEANING = Text("another usual name for the field")


@dataclass(frozen=True, slots=True)
class Match:
    """One column and its field."""

    column: int
    """From 1."""
    field: Field
    why: Why


@dataclass(frozen=True, slots=True)
class MissingField:
    """A required field that no column goes to."""

    field: Field
    default: str
    """What Eloqua's form would fill in for a visitor; it does not for rows sent by a program."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that goes with every row, whatever the file holds."""

    field: Field
    value: str = dataclass_field(repr=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where each column goes."""

    header: tuple[str, ...]
    matches: tuple[Match, ...]
    """In the order of the columns; a field is there once."""
    ignored: tuple[int, ...]
    """The columns that are not sent, from 1."""
    missing: tuple[MissingField, ...]
    """They block."""
    form_shape: str
    """Changes when the form's fields or rules do."""
    constants: tuple[Constant, ...] = ()
    """What goes with every row: see `with_constants`."""

    @property
    def is_ready(self) -> bool:
        """Whether rows may be sent with it."""
        return bool(self.matches) and not self.missing

    def settings(self) -> tuple[str, ...]:
        """What makes it another mapping: for the plan of a run."""
        columns = (f"{match.column}>{match.field.html_name}" for match in self.matches)
        constants = (f"={each.field.html_name}={each.value}" for each in self.constants)
        return (*columns, *constants)

    def saved(self) -> dict[str, object]:
        """The mapping by names, to be kept and used for the next file; see `from_saved`."""
        names = {self.header[match.column - 1]: match.field.html_name for match in self.matches}
        return {"form": self.form_shape, "columns": names}


def suggest(header: Sequence[str], form: Form) -> Mapping:
    """The mapping that names speak for; each field goes to the column that is surest."""
    fields = [field for field in form.fields if _may_be_sent(field)]
    found = [
        (list(Why).index(why), column, field, why)
        for column, name in enumerate(header, 1)
        if name not in ADDED_COLUMNS
        for field in fields
        if (why := _reason(name, field)) is not None
    ]
    taken: dict[int, Match] = {}
    used: set[str] = set()
    for _, column, field, why in sorted(found, key=lambda each: each[:2]):
        if column not in taken and field.html_name not in used:
            taken[column] = Match(column, field, why)
            used.add(field.html_name)
    return _mapping(header, form, taken)


def with_constants(mapping: Mapping, form: Form, chosen: Table[str, str]) -> Mapping:
    """The mapping with values that go with every row.

    A browser sends the defaults of a form's hidden fields; Eloqua adds them to nothing that a
    program sends. So they are sent, but where a column or a chosen value stands in their place.

    Args:
        mapping: the columns.
        form: the same form.
        chosen: values by HTML name; an empty one sends nothing.

    Raises:
        ValueError: a field that there is not, or that a column goes to.
    """
    used = {match.field.html_name for match in mapping.matches}
    by_name = {field.html_name: field for field in form.fields if _may_be_sent(field)}
    if not set(chosen) <= set(by_name) - used:
        raise ValueError("A constant needs a field of its own.")
    values = {
        field.html_name: field.default
        for field in by_name.values()
        if field.display_type == HIDDEN and field.default and field.html_name not in used
    }
    constants = tuple(
        Constant(by_name[name], value) for name, value in {**values, **chosen}.items() if value
    )
    filled = {each.field.html_name for each in constants}
    missing = tuple(each for each in mapping.missing if each.field.html_name not in filled)
    return replace(mapping, constants=constants, missing=missing)


def check_mapping(header: Sequence[str], form: Form, chosen: dict[int, str]) -> Mapping:
    """The mapping that a person chose: column numbers from 1, and HTML names of fields.

    Raises:
        ValueError: a column or field that there is not, or a field twice.
    """
    by_name = {field.html_name: field for field in form.fields if _may_be_sent(field)}
    if len(set(chosen.values())) != len(chosen):
        raise ValueError("Each field goes to one column.")
    if not set(chosen) <= set(range(1, len(header) + 1)) or not set(chosen.values()) <= set(
        by_name
    ):
        raise ValueError("The columns and the fields have to exist.")
    suggested = {match.column: match for match in suggest(header, form).matches}
    taken = {}
    for column, name in chosen.items():
        match = suggested.get(column)
        is_suggested = match is not None and match.field.html_name == name
        taken[column] = (
            match if match and is_suggested else Match(column, by_name[name], Why.CHOSEN)
        )
    return _mapping(header, form, taken)


def from_saved(header: Sequence[str], form: Form, saved: dict[str, object]) -> tuple[Mapping, bool]:
    """A saved mapping for another file, as far as its columns and the form's fields go.

    Returns the mapping, and whether the form is as it was; if not, a person has to look at it.
    """
    columns = saved.get("columns")
    wanted = columns if isinstance(columns, dict) else {}
    known = {field.html_name for field in form.fields if _may_be_sent(field)}
    chosen: dict[int, str] = {}
    for column, name in enumerate(header, 1):
        field = wanted.get(name)
        if isinstance(field, str) and field in known and field not in chosen.values():
            chosen[column] = field
    mapping = check_mapping(header, form, chosen)
    return mapping, saved.get("form") == mapping.form_shape


def _mapping(header: Sequence[str], form: Form, taken: dict[int, Match]) -> Mapping:
    matches = tuple(taken[column] for column in sorted(taken))
    used = {match.field.html_name for match in matches}
    missing = tuple(
        MissingField(field, field.default)
        for field in form.fields
        if field.is_required and field.html_name not in used and _may_be_sent(field)
    )
    ignored = tuple(column for column in range(1, len(header) + 1) if column not in taken)
    return Mapping(tuple(header), matches, ignored, missing, shape_of(form))


def shape_of(form: Form) -> str:
    """A hash of what a mapping depends on: fields and their rules, without texts for people."""
    parts = [
        [
            field.id,
            field.html_name,
            field.data_type,
            sorted((v.condition, v.minimum or 0, v.maximum or 0) for v in field.validations),
        ]
        for field in form.fields
    ]
    return hashlib.sha256(json.dumps([form.id, parts]).encode()).hexdigest()


def is_email_name(name: str) -> bool:
    """Whether a name is one that people give to a column of e-mail addresses."""
    return _MEANING.get(_plain(name)) == "email"


def _may_be_sent(field: Field) -> bool:
    return bool(field.html_name) and field.html_name.lower() not in RESERVED


def _reason(name: str, field: Field) -> Why | None:
    """Why a column of this name would go to the field; None: no reason."""
    if name.strip() == field.html_name:
        return Why.HTML_NAME
    if name.strip() == field.name:
        return Why.NAME
    plain = _plain(name)
    fields = {_plain(field.html_name), _plain(field.name)} - {""}
    if plain in fields:
        return Why.SIMILAR
    meaning = _MEANING.get(plain)
    if meaning is not None and meaning in {_MEANING.get(each) for each in fields}:
        return Why.MEANING
    return None


def _plain(name: str) -> str:
    """A name in small letters and digits, without accents and empty words at its beginning."""
    spaced = _CAMEL.sub(" ", name)
    bare = unicodedata.normalize("NFKD", spaced)
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = _WORD.findall(bare.casefold())
    while len(words) > 1 and words[0] in _LEADS:
        words.pop(0)
    return "".join(words)
