"""The alert rules, tried by Prometheus's own tool: each sounds when it should."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
import json
from pathlib import Path

import pytest

from safelight_prometheus import asked_for, promtool, told

yaml = import_module("yaml")  # it has no types
ROOT = Path(__file__).parents[3]
RULES = ROOT / "deploy" / "prometheus" / "safelight.rules.yml"
OURS = '{job="safelight", instance="a"'
DAY_S = 86400

Series = dict[str, str]
"""Name and labels to values, one a step, as promtool writes them: `0+5x10`."""


@dataclass(frozen=True)
class Case:
    """One alert: numbers for which it sounds, and numbers for which it doesn't."""

    alert: str
    loud: Series
    quiet: Series
    steps: int = 30
    step_minutes: int = 1


def named(name: str, **labels: str) -> str:
    """A series of one server."""
    rest = "".join(f', {key}="{value}"' for key, value in labels.items())
    return f"{name}{OURS}{rest}}}"


def event(name: str) -> str:
    """The count of an audit event."""
    return named("safelight_audit_events_total", event=name)


ANSWERS = named("safelight_requests_total", status="2xx")
FAULTS = named("safelight_requests_total", status="5xx")
UPLOADS = named("safelight_uploads_total", kind="jpeg", tool="mapy")
PROGRAMS = named("safelight_uploads_total", kind="program", tool="mapy")
OPEN, MOST_OPEN = named("safelight_open_requests"), named("safelight_open_requests_limit")
WAITING, STARTED = named("safelight_jobs_waiting"), named("safelight_jobs_started_total")
DONE = named("safelight_jobs_ended_total", tool="toy", result="done")
FAILED = named("safelight_jobs_ended_total", tool="toy", result="failed")
ENDS = named("safelight_certificate_expiry_timestamp_seconds")
FAST = named("safelight_request_seconds_bucket", le="1", route="/")
ALL = named("safelight_request_seconds_bucket", le="60", route="/")
INFINITE = named("safelight_request_seconds_bucket", le="+Inf", route="/")

CASES = (
    Case("SafelightDown", {named("up"): "0x30"}, {named("up"): "1x30"}),
    Case(
        "SafelightRestarting",
        {named("process_start_time_seconds"): "0+60x30"},
        {named("process_start_time_seconds"): "5x30"},
    ),
    Case(
        "SafelightErrors",
        {ANSWERS: "0+90x30", FAULTS: "0+10x30"},
        {ANSWERS: "0+1000x30", FAULTS: "0+10x30"},
    ),
    Case(
        "SafelightSlow",
        {FAST: "0+5x30", ALL: "0+100x30", INFINITE: "0+100x30"},
        {FAST: "0+99x30", ALL: "0+100x30", INFINITE: "0+100x30"},
    ),
    Case(
        "SafelightUploadsFarAboveUsual",
        {UPLOADS: "0+1x310 310+300x10"},
        {UPLOADS: "0+300x320"},
        steps=318,
        step_minutes=5,
    ),
    Case(
        "SafelightUploadsRefused",
        {named("safelight_refusals_total", code="upload.too-large"): "0+10x30"},
        {named("safelight_refusals_total", code="request.not-found"): "0+100x30"},
    ),
    Case("SafelightStrangeUploads", {PROGRAMS: "0+1x30"}, {UPLOADS: "0+100x30", PROGRAMS: "0x30"}),
    Case(
        "SafelightSignInsRefused",
        {event("sign-in.refused"): "0+5x30"},
        {event("sign-in.refused"): "0+1x30", event("sign-in.accepted"): "0+100x30"},
    ),
    Case(
        "SafelightSignInsLocked",
        {event("sign-in.locked"): "0+1x30"},
        {event("sign-in.locked"): "3x30"},
    ),
    Case(
        "SafelightTokensRefused",
        {event("token.refused"): "0+5x30"},
        {event("token.refused"): "0+1x30"},
    ),
    Case(
        "SafelightForeignRequests",
        {event("request.refused"): "0+5x30"},
        {event("request.refused"): "0+1x30"},
    ),
    Case("SafelightLimitsHit", {event("limit.hit"): "0+9x30"}, {event("limit.hit"): "0+2x30"}),
    Case(
        "SafelightSaturated",
        {OPEN: "1900x30", MOST_OPEN: "2048x30"},
        {OPEN: "100x30", MOST_OPEN: "2048x30"},
    ),
    Case(
        "SafelightSaturated",
        {
            named("safelight_memory_in_flight_bytes"): "900x30",
            named("safelight_memory_in_flight_limit_bytes"): "1000x30",
        },
        {named("process_open_fds"): "10x30", named("process_max_fds"): "1000x30"},
    ),
    Case("SafelightQueueStuck", {WAITING: "3x30"}, {WAITING: "3x30", STARTED: "0+1x30"}),
    Case(
        "SafelightJobsFailing",
        {DONE: "0+1x30", FAILED: "0+2x30"},
        {DONE: "0+9x30", FAILED: "0+1x30"},
    ),
    Case(
        "SafelightStateUnreachable",
        {named("safelight_state_up"): "0x30"},
        {named("safelight_state_up"): "1x30"},
    ),
    Case("SafelightCertificateEnds", {ENDS: f"{20 * DAY_S}x30"}, {ENDS: f"{25 * DAY_S}x30"}),
    Case("SafelightCertificateEnds", {ENDS: f"{DAY_S}x30"}, {ENDS: "0x30"}),
    Case("SafelightCertificateAboutToEnd", {ENDS: f"{2 * DAY_S}x30"}, {ENDS: f"{9 * DAY_S}x30"}),
    Case(
        "SafelightClockWrong",
        {named("safelight_clock_seconds"): "100+60x30"},
        {named("safelight_clock_seconds"): "1+60x30"},
    ),
)


def trial(case: Case, series: Series, *, sounds: bool) -> dict[str, object]:
    """One test as promtool reads it."""
    firing = f'count(ALERTS{{alertname="{case.alert}", alertstate="firing"}}) > bool 0'
    return {
        "name": f"{case.alert} {'sounds' if sounds else 'is quiet'}",
        "interval": f"{case.step_minutes}m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": firing,
                "eval_time": f"{case.steps * case.step_minutes}m",
                "exp_samples": [{"labels": "{}", "value": 1}] if sounds else [],
            }
        ],
    }


@pytest.fixture(scope="module", name="rules")
def _rules() -> list[dict[str, str]]:
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    rules: list[dict[str, str]] = group["rules"]
    return rules


@pytest.mark.parametrize("step", sorted({case.step_minutes for case in CASES}))
def test_every_alert_sounds_when_it_should_and_not_otherwise(tmp_path: Path, step: int) -> None:
    """Both sides of each."""
    tests = [
        trial(case, series, sounds=sounds)
        for case in CASES
        for series, sounds in ((case.loud, True), (case.quiet, False))
        if case.step_minutes == step
    ]
    content = {"rule_files": [str(RULES)], "evaluation_interval": f"{step}m", "tests": tests}
    path = tmp_path / "alerts.json"  # JSON is YAML
    path.write_text(json.dumps(content), encoding="utf-8")
    assert promtool("test", "rules", str(path)) == ""


def test_no_alert_is_left_untried(rules: list[dict[str, str]]) -> None:
    """One that never sounded is none."""
    assert {case.alert for case in CASES} == {rule["alert"] for rule in rules}


def test_the_configuration_is_one() -> None:
    """As Prometheus sees it."""
    assert promtool("check", "config", str(RULES.with_name("prometheus.yml"))) == ""


def test_every_alert_asks_for_numbers_that_there_are(rules: list[dict[str, str]]) -> None:
    """A name that changed would silence it for good."""
    asked = {name for rule in rules for name in asked_for(rule["expr"])}
    assert asked - told() == set()


def test_every_alert_says_what_to_do(rules: list[dict[str, str]]) -> None:
    """And how urgent it is; the manual has a line for it."""
    manual = (ROOT / "docs" / "how-to" / "monitor.md").read_text(encoding="utf-8")
    for rule in rules:
        assert yaml.safe_load(str(rule["labels"]))["severity"] in {"warning", "critical"}
        assert set(yaml.safe_load(str(rule["annotations"]))) == {"summary", "mend"}
        assert f"`{rule['alert']}`" in manual
