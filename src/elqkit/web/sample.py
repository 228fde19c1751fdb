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
