"""Rules about ways to reach a person: e-mail, telephone, address, accounts, anywhere in texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import number_of, said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import TEXTS_STAY, Rule, Sight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts
    from mapy.model import Tag

_MOST = 5
"""Values that a sentence names."""
_EMAIL = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9_][\w.+-]{0,63})@((?:[A-Za-z0-9-]{1,63}\.){1,4})([A-Za-z]{2,12})\b"
)
_BEFORE, _BEHIND = 65, 256
"""Characters around an at sign that are looked at."""
_MOST_SIGNS = 1000
"""At signs of a file that are looked at: a text may hold nothing else."""
_NO_DOMAINS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "xmp", "tif", "tiff", "icc"})
"""Endings of files: `photo@2x.png` is no address."""
_PHONE = re.compile(r"(?<![\w.+-])\+\d{1,3}(?:[ ./()-]{0,2}\d){7,13}(?![\w]|[.,]\d)")
"""With the code of a country: without one, too many numbers look like it."""
_PHONE_NAMES = tag_names(r".*(Telephone|Phone)\d?|CiTelWork")
_ADDRESS_NAMES = tag_names(
    r"Creator(Address|City|PostalCode|Region)|CiAdr(Extadr|Pcode|City)|Contact"
    r"|Licensor(StreetAddress|City|PostalCode)|ContentDescriptionLocationAddressZipcode"
)
_URL_NAMES = tag_names(r"Creator(WorkURL|ContactInfo.*URL)|CiUrlWork|LicensorURL|WebStatement")
_ACCOUNT_NAMES = tag_names(
    r"(ImageCreator|CopyrightOwner|ImageSupplier|Licensor|EndUser|Licensee)ID|UserID|AccountID"
    r"|OwnerID|AuthorIdentifier"
)


def _emails(facts: Facts) -> Iterator[Sight]:
    found: list[str] = []
    tags: list[Tag] = []
    left = _MOST_SIGNS
    for tag, text in facts.texts:
        at = text.find("@")
        while at >= 0 and left > 0:
            left -= 1
            match = _EMAIL.search(text[max(0, at - _BEFORE) : at + _BEHIND])
            if match and match[3].lower() not in _NO_DOMAINS:
                found.append(match[0])
                tags.append(tag)
            at = text.find("@", at + 1)
    if tags:
        yield Sight(
            Weight.HIGH,
            Text(
                "The file holds an e-mail address: {value}, in {blocks}.",
                {"value": _values(found), "blocks": blocks_of(tags)},
            ),
            tags,
        )


def _values(found: list[str]) -> str:
    return shown(", ".join(list(dict.fromkeys(found))[:_MOST]))


def _phones(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_PHONE_NAMES)
    found = [said(tag) for tag in tags]
    for tag, text in facts.texts:
        if "+" in text and number_of(tag) is None:
            numbers = [match[0] for match in _PHONE.finditer(text)]
            if numbers:
                found += numbers
                tags.append(tag)
    if tags:
        yield Sight(
            Weight.HIGH,
            Text(
                "The file holds a telephone number: {value}, in {blocks}.",
                {"value": _values(found), "blocks": blocks_of(tags)},
            ),
            tags,
        )


def _addresses(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_ADDRESS_NAMES)
    if tags:
        yield Sight(
            Weight.HIGH,
            Text(
                "The file holds a postal address: {value}, in {blocks}.",
                {"value": _values([said(tag) for tag in tags]), "blocks": blocks_of(tags)},
            ),
            tags,
        )


def _accounts(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_ACCOUNT_NAMES)
    if tags:
        yield Sight(
            Weight.LOOK,
            Text(
                "The file names an account or an entry in a register: {value}, in {blocks}.",
                {"value": _values([said(tag) for tag in tags]), "blocks": blocks_of(tags)},
            ),
            tags,
        )


def _web(facts: Facts) -> Iterator[Sight]:
    tags = facts.matching(_URL_NAMES)
    if tags:
        yield Sight(
            Weight.LOOK,
            Text(
                "The file names a page of its maker: {value}, in {blocks}.",
                {"value": _values([said(tag) for tag in tags]), "blocks": blocks_of(tags)},
            ),
            tags,
        )


_REACH = Text("It leads straight to a person.")

RULES = (
    Rule(
        "contact.email",
        Subject.PERSON,
        (Weight.HIGH,),
        "E-mail addresses in any text of the file.",
        _REACH,
        _emails,
        TEXTS_STAY,
    ),
    Rule(
        "contact.telephone",
        Subject.PERSON,
        (Weight.HIGH,),
        "Telephone numbers: in fields for them, or in any text with the code of a country.",
        _REACH,
        _phones,
        TEXTS_STAY,
    ),
    Rule(
        "contact.address",
        Subject.PERSON,
        (Weight.HIGH,),
        "Postal addresses of makers, licensors and contacts.",
        _REACH,
        _addresses,
        names=(_ADDRESS_NAMES,),
    ),
    Rule(
        "contact.account",
        Subject.PERSON,
        (Weight.LOOK,),
        "Numbers of people in registers, and ids of accounts.",
        Text("Whoever keeps the register knows the person."),
        _accounts,
        names=(_ACCOUNT_NAMES,),
    ),
    Rule(
        "contact.web",
        Subject.PERSON,
        (Weight.LOOK,),
        "Addresses of pages of the maker, the licensor or the rights.",
        Text("A page often leads to a person; a credit may be meant to."),
        _web,
        names=(_URL_NAMES,),
    ),
)
