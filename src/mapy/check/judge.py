"""`Judge`: holds each file's findings against a policy, and keeps the few that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapy.batch import Unread, explained, look_at_each
from mapy.check.addresses import from_here
from mapy.check.described import INCOMPLETE, described
from mapy.check.policy import Level
from mapy.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mapy.check.policy import Policy
    from mapy.errors import Span
    from mapy.explain.finding import Finding, Weight
    from mapy.model import Metadata

MOST_TAGS = 20
"""Names of tags kept of one result."""
_LONGEST_TAG = 100


class Result(NamedTuple):
    """A finding that fails or warns, without values of the file."""

    rule: str
    weight: Weight
    level: Level
    tags: tuple[str, ...]
    """Group and name of the tags that say so."""
    span: Span | None
    """Where the first of them stands."""
    message: str
    """What the rule looks for; with the file's values only if the caller asked for them."""

    @property
    def sentence(self) -> str:
        """What was found, and in which tags."""
        return f"{self.message} Tags: {', '.join(self.tags)}." if self.tags else self.message


class Outcome(NamedTuple):
    """What the check says of one file."""

    name: str
    results: tuple[Result, ...] = ()
    error: Unread | None = None
    """Why the file could not be checked."""

    @property
    def fails(self) -> bool:
        """Whether the file must not pass."""
        return self.error is not None or any(each.level is Level.FAIL for each in self.results)


class Judge:
    """Holds files against a policy."""

    def __init__(self, policy: Policy, *, with_values: bool = False) -> None:
        self._policy = policy
        self._with_values = with_values
        """Whether messages tell what the file says: a log of it is then as private as the file."""

    def outcomes(self, paths: Iterable[Path]) -> Iterator[Outcome]:
        """The outcome of each file, in the order given; one file at a time is in memory."""

        def look(path: Path, metadata: Metadata) -> Outcome:
            return self.outcome(str(path), metadata, explained(path, metadata))

        for path, found in look_at_each(paths, look):
            yield Outcome(str(path), error=found) if isinstance(found, Unread) else found

    def outcome(self, name: str, metadata: Metadata, findings: Sequence[Finding]) -> Outcome:
        """The outcome of a file that was read."""
        policy = self._policy.for_path(from_here(name).as_posix())
        results = [
            self._result(finding, level)
            for finding in findings
            if (level := policy.level_of(finding)) is not Level.IGNORE
        ]
        if any(problem.severity is Severity.LOSS for problem in metadata.problems):
            rule = described()[INCOMPLETE]
            level = policy.level_of_rule(rule.name, rule.subject, rule.weight)
            if level is not Level.IGNORE:
                results.append(Result(rule.name, rule.weight, level, (), None, rule.summary))
        return Outcome(name, tuple(results))

    def _result(self, finding: Finding, level: Level) -> Result:
        keys = dict.fromkeys(tag.key[:_LONGEST_TAG] for tag in finding.evidence)
        return Result(
            finding.rule,
            finding.weight,
            level,
            tuple(keys)[:MOST_TAGS],
            finding.evidence[0].span if finding.evidence else None,
            str(finding.what) if self._with_values else described()[finding.rule].summary,
        )
