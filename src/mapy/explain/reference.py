"""The reference page of the rules, made from the rules: `python -m mapy.explain.reference`."""

from __future__ import annotations

import sys

from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import EXPORT_FIRST, NOTHING_BUT, REMOVALS, Rule
from mapy.explain.rules import RULES

_HEAD = """\
# What MAPy finds

Each rule looks at one thing that a picture can give away, and says what the file says, why it
matters and what removes it. This page is made from the rules by
`python -m mapy.explain.reference > docs/reference/findings.md`.

| weight | means |
| --- | --- |
| high | It can lead to a person or a place, or shows more than the picture does. |
| look | Worth a look: it may matter, which only you can know. |
| note | Good to know. |

What a rule does not see: pixels. A crop that keeps the shape, a name on a door and a face in a
window are for your eyes. Nor does any rule call a file false: where numbers do not fit, it says
the numbers.
"""
_SUBJECTS = {
    Subject.PLACE: "Place",
    Subject.PERSON: "People",
    Subject.DEVICE: "Device",
    Subject.TIME: "Time",
    Subject.HISTORY: "History",
    Subject.PICTURE: "Hidden pictures and data",
    Subject.ORIGIN: "Origin",
    Subject.NAME: "The file's name",
}


def page() -> str:
    """The whole page, as Markdown."""
    parts = [_HEAD]
    for subject, heading in _SUBJECTS.items():
        rules = [rule for rule in RULES if rule.subject is subject]
        rows = "\n".join(map(_row, rules))
        parts.append(
            f"## {heading}\n\n{REMOVALS[subject]}\n\n"
            f"| rule | weight | looks for | why it matters |\n| --- | --- | --- | --- |\n{rows}\n"
        )
    parts.append(f"## Files that are not cleaned\n\n- {EXPORT_FIRST}\n- {NOTHING_BUT}\n")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    weights = ", ".join(weight.value for weight in Weight if weight in rule.weights)
    removal = f" {rule.removal}" if rule.removal is not None else ""
    return f"| `{rule.name}` | {weights} | {rule.summary} | {rule.why}{removal} |"


if __name__ == "__main__":
    sys.stdout.write(page())
