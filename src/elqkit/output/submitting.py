"""What is said of a file on its way to a form: mapping, faults, side effects, rehearsal, result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.autosubmit.results import WORDS, groups_of
from elqkit.autosubmit.side_effects import notices, side_effects
from elqkit.output.codes import said
from elqkit.output.text import problem_lines
from elqkit.output.words import counted
from elqkit.table.shapes import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elqkit.autosubmit.mapping import Mapping
    from elqkit.autosubmit.preparing import Prepared
    from elqkit.autosubmit.reconciling import Reconciled
    from elqkit.autosubmit.submissions import Submissions
    from elqkit.output.json import Json
    from elqkit.runs.ledger import Ledger
    from elqkit.runs.progress import Progress

NAME_CHARS, VALUE_CHARS = 40, 500
MAX_LINES = 5
"""Lines of the file that are named for one cause."""


def mapping_lines(mapping: Mapping) -> Iterator[str]:
    """Where each column goes, and why."""
    yield "Columns"
    for match in mapping.matches:
        name = visible(mapping.header[match.column - 1], NAME_CHARS)
        yield f"  {name} -> {match.field.html_name}  ({match.why.value})"
    for constant in mapping.constants:
        yield f"  (each row) -> {constant.field.html_name}  ({visible(constant.value, NAME_CHARS)})"
    for column in mapping.ignored:
        yield f"  {visible(mapping.header[column - 1], NAME_CHARS)} is not sent"
    for missing in mapping.missing:
        yield f"ERROR  No column goes to {missing.field.html_name}, which the form requires."
        yield f"       --map COLUMN={missing.field.html_name}, or --set for one value for all rows"
    if not mapping.matches:
        yield "ERROR  No column goes to any field. Name them by --map COLUMN=FIELD."


def card_lines(prepared: Prepared, *, is_public: bool) -> Iterator[str]:
    """The side-effect card."""
    effects = side_effects(prepared.form)
    yield "What the form does with each row"
    for effect in effects:
        mark = "!" if effect.needs_consent else " "
        yield f"{mark} {visible(effect.name, NAME_CHARS)}: {effect.effect.value} ({effect.when})"
    if not effects and prepared.form.id:
        yield "  It is stored, and nothing else."
    for notice in notices(prepared.form, is_public=is_public):
        yield f"! {notice.value}"


def check_lines(prepared: Prepared) -> Iterator[str]:
    """What is wrong with rows and values, by cause."""
    for problem in prepared.sheet.report.problems:
        if problem.blocks:
            yield from problem_lines(problem, prepared.sheet.report.table)
    if prepared.submissions is None:
        return
    for problem in prepared.submissions.report.problems:
        yield from problem_lines(problem, prepared.submissions.rows)


def rehearsal_lines(prepared: Prepared) -> Iterator[str]:
    """What a run would do, with the first rows exactly as they would go."""
    shown = prepared.rehearsal
    yield (
        f"{counted(shown.read, 'row')} read: {shown.would_send:,} would be sent,"
        f" {shown.would_skip:,} left out"
    )
    for code, count in shown.skipped.items():
        yield f"  left out {count:,}: {said(code).message} [{code}]"
    for payload in shown.payloads:
        yield f"  line {payload.line:,}"
        for name, value in payload.fields:
            yield f"    {name} = {visible(value, VALUE_CHARS)}"


def result_lines(progress: Progress, ledger: Ledger, submissions: Submissions) -> Iterator[str]:
    """What became of all rows. Complete is said only where the counts balance."""
    counts = progress.counts
    is_over = progress.is_complete
    yield "Complete." if is_over else f"Not complete: {counted(counts.left, 'row')} left."
    yield (
        f"  read {counts.read:,} = accepted {counts.accepted:,} + refused {counts.refused:,}"
        f" + left out {counts.skipped:,} + unknown {counts.unknown:,}"
        + (f" + left {counts.left:,}" if counts.left else "")
    )
    for group in groups_of(ledger):
        if not group.code:
            continue
        first = [f"{submissions.rows.lines[row]:,}" for row in group.rows[:MAX_LINES]]
        more = f" and {len(group.rows) - MAX_LINES:,} more" if len(group.rows) > MAX_LINES else ""
        word = WORDS[group.outcome]
        yield f"  {word} {len(group.rows):,}: {group.words} [{group.code}]"
        yield f"      line {', '.join(first)}{more}"
    if counts.unknown:
        yield "  Unknown rows may be stored or not. They are sent again only if you say so:"
        yield "  --resume --resend-unknown"


def as_object(prepared: Prepared, *, is_public: bool, is_exact: bool) -> dict[str, Json]:
    """All that is known before anything is sent; `is_exact` adds the payloads."""
    mapping, form = prepared.mapping, prepared.form
    shown = prepared.rehearsal
    return {
        "file": prepared.sheet.report.name,
        "form": {"id": form.id, "name": form.name, "html_name": form.html_name},
        "columns": {
            mapping.header[match.column - 1]: match.field.html_name for match in mapping.matches
        },
        "ignored": list(shown.ignored),
        "constants": [constant.field.html_name for constant in mapping.constants],
        "side_effects": [
            {
                "name": effect.name,
                "effect": effect.effect.value,
                "when": effect.when,
                "needs_consent": effect.needs_consent,
            }
            for effect in side_effects(form)
        ],
        "notices": [notice.value for notice in notices(form, is_public=is_public)],
        "read": shown.read,
        "would_send": shown.would_send,
        "would_skip": shown.would_skip,
        "skipped": dict(shown.skipped),
        "payloads": [
            {"line": each.line, "fields": [list(pair) for pair in each.fields]}
            for each in (shown.payloads if is_exact else ())
        ],
    }


def result_object(progress: Progress, ledger: Ledger, submissions: Submissions) -> dict[str, Json]:
    """What became of all rows, for programs."""
    counts = progress.counts
    return {
        "state": progress.state,
        "reason": progress.reason,
        "complete": progress.is_complete,
        "read": counts.read,
        "accepted": counts.accepted,
        "refused": counts.refused,
        "skipped": counts.skipped,
        "unknown": counts.unknown,
        "left": counts.left,
        "causes": [
            {
                "outcome": group.outcome.name.lower(),
                "code": group.code,
                "message": group.words,
                "count": len(group.rows),
                "lines": [submissions.rows.lines[row] for row in group.rows[:MAX_LINES]],
            }
            for group in groups_of(ledger)
            if group.code
        ],
    }


def looked_object(found: Reconciled | None) -> Json:
    """What looking at Eloqua has shown; None where nobody looked."""
    if found is None:
        return None
    return {
        "seen": found.seen,
        "found": len(found.found),
        "spam": len(found.spam),
        "missing": len(found.missing),
        "has_spam_list": found.has_spam_list,
    }
