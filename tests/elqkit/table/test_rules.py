"""The rules for values: what each allows and what it does not."""

from __future__ import annotations

import pytest

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

NBSP = "\u00a0"
CASES: tuple[tuple[Rule, list[str], list[str]], ...] = (
    (Required(), ["0", "x y"], ["", "  ", "\t", NBSP]),
    (Length(3), ["", "abc", "äöü"], ["abcd"]),
    (Length(3, least=2), ["", "ab"], ["a", "abcd"]),
    (
        Email(),
        [
            "",
            "ana@example.com",
            "o'neil+news@mail.example.co.uk",
            "x@xn--bcher-kva.example",
            "anä@bücher.example",
            f"{'l' * 64}@example.com",
        ],
        [
            "ana",
            "ana@example",
            "ana@@example.com",
            "ana@exa mple.com",
            " ana@example.com",
            "ana@example.com ",
            "ana..b@example.com",
            ".ana@example.com",
            "ana.@example.com",
            "ana@.example.com",
            "ana@example..com",
            "ana@-example.com",
            "ana@example.com, bob@example.com",
            "Ana <ana@example.com>",
            "ana@127.0.0.1",
            f"{'l' * 65}@example.com",
            f"ana@{'example.' * 40}com",
        ],
    ),
    (EmailSpaces(), ["ana@example.com"], [f"ana@example.com{NBSP}", "ana\u200b@example.com"]),
    (
        NoUrl(),
        ["a.b", "ana@www-example.com", "Mrs. Www"],
        ["see http://x", "HTTPS://x.example", "ftp://x", "www.example.com", "(www.example.com)"],
    ),
    (NoHtml(), ["a < b", "1<2", "R&D", "<3"], ["<b>", "</p", "x<!--", "a &lt; b", "&#60;"]),
    (Number(), ["", "0", "-1", "+2.50", ".5", "007"], ["1,5", "1 000", "1e5", "x", "٣", "9" * 41]),
    (Number(1, 10), ["1", "10"], ["0", "10.5"]),
    (
        Date(),
        ["", "2024-02-29", "2026-1-5"],
        ["2026-02-29", "29.02.2024", "2026-13-01", "0001-1-1"],
    ),
    (Date("DD/MM/YYYY"), ["31/12/2026"], ["12/31/2026", "31/12/26"]),
    (OneOf(("Italy", "Peru")), ["", "Italy"], ["italy", "Italy ", "IT"]),
    (NoNul(), ["", "a"], ["a\0b", "\0"]),
)


@pytest.mark.parametrize(
    ("rule", "allowed", "refused"),
    CASES,
    ids=[f"{rule.code}-{at}" for at, (rule, *_) in enumerate(CASES)],
)
def test_a_rule(rule: Rule, allowed: list[str], refused: list[str]) -> None:
    """What it lets pass and what it names, among each other."""
    assert rule.faults(allowed) == []
    mixed = [*allowed, *refused]
    assert [mixed[at] for at in rule.faults(mixed)] == refused


def test_a_rule_says_what_it_expects() -> None:
    """In a few words, with its bounds."""
    assert [rule.expected for rule in (Length(35), Length(9, 2), Number(1, 5), Date())] == [
        "at most 35 characters",
        "2 to 9 characters",
        "a number from 1 up to 5",
        "a date (YYYY-MM-DD)",
    ]


def test_a_hidden_space_is_one_fault_and_not_two() -> None:
    """An address that would be right without it is told of by the rule that knows the fix."""
    value = f"ana@example.com{NBSP}"
    assert (Email().faults([value]), EmailSpaces().faults([value])) == ([], [0])


def test_a_list_is_named_as_far_as_it_helps() -> None:
    """All of a short one, the first of a long one."""
    assert OneOf(("DE", "FR")).expected == "one of: DE, FR"
    long = OneOf(tuple(f"v{number}" for number in range(1200)))
    assert long.expected == "one of: v0, v1, v2, v3, v4, and 1,195 more"
