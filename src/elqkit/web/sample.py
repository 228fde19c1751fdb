"""A CSV to try the check on: people who do not exist, at a domain that is for examples."""

from __future__ import annotations

SAMPLE_NAME = "sample.csv"

SAMPLE = (
    "E-mail;First name;Company;Postcode;Phone;Signed up\r\n"
    'ana@example.com;Ana;"Example; Sons";01234;+49 30 0001;2026-03-01\r\n'
    "bo@example.com;Bo;Example Ltd;00501;+49 30 0002;2026-03-02\r\n"
    "cem@example.com\u00a0;Cem;Example Ltd;12345;+49 30 0003;2026-03-02\r\n"
    "bo@example.com;Bo;Example Ltd;00501;+49 30 0002;2026-03-02\r\n"
    "dee@example.com;Dee ;=Example!A1;98765;+49 30 0004;2026-03-05\r\n"
    "eli@example.com;Eli;Example Ltd\r\n"
    'fay@example.com;Fay;"Example\nHolding";23456;+49 30 0006;2026-03-09\r\n'
).encode()
"""Holds what such files hold: a value with the delimiter, one with a line break, a non-breaking
space, a row that is there twice, a formula, and a row that was cut off."""

PEOPLE_NAME = "people.csv"

_FIRST = ("Ana", "Bo", "Cem", "Dee", "Eli", "Fay", "Gil", "Hui", "Ida", "Jon", "Kim", "Lea")
_LAST = ("Abel", "Brandt", "Celik", "Dubois", "Eriksen", "Fischer", "García", "Hansen", "Ito")
_ODD = {
    7: ("cem.brandt\u00a0@example.com", "Cem", "Brandt", "Example Ltd", "+49 30 0107"),
    19: ("not an address", "Hui", "Celik", "Example Ltd", "+49 30 0119"),
    31: ("dee.ito@example.com", "Dee", "Ito of https://example.com", "Example Ltd", "030 0131"),
    44: ("", "Gil", "Hansen", "Example; Sons", "+49 30 0144"),
    58: ("kim.abel@example.com", "Kim " * 12, "Abel", "Example Ltd", "=Example!A1"),
}
"""The rows that a check finds: a space that cannot be seen, no address, a web address where the
form allows none, a missing value, one that is too long."""


def _people() -> str:
    lines = ["E-mail;First name;Last name;Company;Phone;Internal note"]
    for number in range(1, 73):
        first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
        plain = (
            f"{first}.{number}@example.com".lower(),
            first,
            last,
            "Example Ltd",
            f"030 {number:04}",
        )
        values = _ODD.get(number, plain)
        quoted = (f'"{value}"' if ";" in value else value for value in values)
        lines.append(";".join((*quoted, "from the fair")))
    return "\r\n".join((*lines, ""))


PEOPLE = _people().encode()
"""For a rehearsal with the mock: 72 people who do not exist."""
