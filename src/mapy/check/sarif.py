"""SARIF 2.1.0 (OASIS), which code hosts show beside a change."""

from __future__ import annotations

from hashlib import sha256
import json
from typing import TYPE_CHECKING, Any

from mapy.check.addresses import reference
from mapy.check.described import described
from mapy.check.policy import Level
from mapy.explain.finding import Weight
from mapy.output.escaping import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapy.check.described import Described
    from mapy.check.judge import Outcome, Result

    Json = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
"""The schema's own name; nothing is fetched from there."""
_LEVELS = {Level.FAIL: "error", Level.WARN: "warning"}
_DEFAULT_LEVELS = {Weight.HIGH: "error", Weight.LOOK: "warning", Weight.NOTE: "note"}


def pieces(outcomes: Sequence[Outcome], version: str) -> Iterator[str]:
    """The log of one run: the rules, a result a line, and the files that could not be read."""
    rules = described()
    indexes = {name: index for index, name in enumerate(rules)}
    driver = {"name": "MAPy", "version": version, "rules": [_rule(each) for each in rules.values()]}
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield f'{_dumps(head)[:-1]},"runs":[{{"tool":{_dumps({"driver": driver})},\n"results":['
    lead = "\n"
    for outcome in outcomes:
        for result in outcome.results:
            yield lead + _dumps(_result(outcome.name, result, indexes[result.rule]))
            lead = ",\n"
    unread = [_notification(outcome) for outcome in outcomes if outcome.error is not None]
    invocation = {"executionSuccessful": not unread, "toolExecutionNotifications": unread}
    yield f'\n],\n"invocations":[{_dumps(invocation)}],"columnKind":"unicodeCodePoints"}}]}}\n'


def _dumps(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rule(rule: Described) -> Json:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} {rule.removal}"},
        "defaultConfiguration": {"level": _DEFAULT_LEVELS[rule.weight]},
        "properties": {"tags": ["privacy", rule.subject]},
    }


def _result(name: str, result: Result, index: int) -> Json:
    """A result. A picture has no lines: line 1 stands for the whole, as code hosts demand one."""
    region: Json = {"startLine": 1}
    if result.span is not None and result.span.length:
        region |= {"byteOffset": result.span.offset, "byteLength": result.span.length}
    return {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": _LEVELS[result.level],
        "message": {"text": visible(result.sentence)},
        "locations": [_location(name, region)],
        "partialFingerprints": {"mapy/v1": _fingerprint(name, result)},
    }


def _fingerprint(name: str, result: Result) -> str:
    """What a finding keeps while other files change: rule, file and tags."""
    parts = (result.rule, reference(name), *result.tags)
    return sha256("\0".join(parts).encode(errors="replace")).hexdigest()


def _location(name: str, region: Json | None = None) -> Json:
    physical: Json = {"artifactLocation": {"uri": reference(name)}}
    return {"physicalLocation": physical | ({"region": region} if region else {})}


def _notification(outcome: Outcome) -> Json:
    return {
        "level": "error",
        "message": {"text": visible(str(outcome.error))},
        "locations": [_location(outcome.name)],
    }
