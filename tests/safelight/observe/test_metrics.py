"""What Prometheus is told: counted once, labelled by closed sets, and nothing of a person."""

from __future__ import annotations

import math
import re

from prometheus_client import CollectorRegistry, Gauge
import pytest

from account_builders import bearer, guarded, sign_in, with_token
from safelight import __version__
from safelight.observe import audit, metrics
from safelight.observe.audit_events import EVENTS
from safelight.observe.kinds import KINDS, kind_of
from safelight_builders import API, PAGE, Clock, app, file, form, part, token
from safelight_metrics import added, samples
from safelight_prometheus import promtool
from toy_tool import SECRET

EVENTS_TOTAL = "safelight_audit_events_total"


def test_a_request_is_counted_by_method_route_and_class_of_status() -> None:
    """And its time is in the histogram of its route."""
    with added() as count:
        app().test_client().get(PAGE)
    assert count("safelight_requests_total", method="GET", route="/toy/", status="2xx") == 1
    assert count("safelight_request_seconds_count", route="/toy/") == 1


def test_bytes_are_counted_in_and_out() -> None:
    """As far as they are known."""
    body = form(part("x", b"1"))
    with added() as count:
        reply = (
            app()
            .test_client()
            .post(API, data=body, content_type="multipart/form-data; boundary=edge")
        )
    assert count("safelight_received_bytes_total") == len(body)
    assert count("safelight_sent_bytes_total") == len(reply.data)


def test_files_are_counted_by_tool_kind_and_outcome() -> None:
    """Of the API and of the page alike; the kind is that of the content, not of the name."""
    client = app().test_client()
    jpeg = file(b"\xff\xd8\xff\xe0", "a.txt")
    with added() as count:
        client.post(API, data={"files": [jpeg, file(b"x" * 2000, "big.jpg")]})
        client.post(PAGE, data={"files": file(b"a,b\n"), "csrf_token": token(client)})
    name = "safelight_uploads_total"
    assert count(name, tool="toy", kind="jpeg", outcome="taken") == 1
    assert count(name, tool="toy", kind="text", outcome="taken") == 1
    assert count(name, tool="toy", kind="unknown", outcome="refused") == 1


def test_a_refusal_of_all_files_is_counted_once() -> None:
    """Each file as refused, and the request by its code."""
    with added() as count:
        app().test_client().post(API, data={"files": file(b"x" * 2000)})
    assert count("safelight_uploads_total", tool="toy", kind="unknown", outcome="refused") == 1
    assert count("safelight_refusals_total", code="upload.too-large") == 1


def test_audit_events_are_counted() -> None:
    """So that failed sign-ins and limits can raise an alarm."""
    with added() as count:
        audit.record("sign-in.refused", reason="credentials")
    assert count("safelight_audit_events_total", event="sign-in.refused") == 1


def test_codes_without_end_are_counted_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that makes up codes must not fill the memory of Prometheus."""
    monkeypatch.setattr(metrics, "_codes", {"upload.none"})
    monkeypatch.setattr(metrics, "MOST_CODES", 1)
    with added() as count:
        metrics.count_refusal("upload.none")
        metrics.count_refusal("one.more")
    assert count("safelight_refusals_total", code="upload.none") == 1
    assert count("safelight_refusals_total", code="other") == 1


def test_what_can_not_be_asked_is_not_a_number() -> None:
    """The other numbers are told all the same."""

    def fail() -> float:
        raise ConnectionError(SECRET)

    registry = CollectorRegistry()
    gauge = Gauge("any", "Any.", registry=registry)
    metrics.watch(gauge, fail)
    assert math.isnan(registry.get_sample_value("any") or 0)
    metrics.watch(gauge, lambda: 7)
    assert registry.get_sample_value("any") == 7


def test_nothing_of_a_person_becomes_a_label() -> None:
    """Whatever is sent, wherever: the text that Prometheus reads holds none of it."""
    client = app().test_client()
    headers = {"User-Agent": SECRET, "Authorization": f"Bearer {SECRET}"}
    client.get(f"/{SECRET}?{SECRET}", headers=headers)
    client.open("/", method=SECRET.upper())
    client.post(API, data={"files": file(SECRET.encode(), SECRET), SECRET: SECRET}, headers=headers)
    client.post(API, data={"files": file(b"crash", SECRET)})
    text = client.get("/metrics").text.lower()
    assert "safelight_requests_total" in text
    assert SECRET.lower() not in text


def test_every_label_is_of_a_closed_set() -> None:
    """Methods, routes, classes, tools, kinds, outcomes, events and codes."""
    client = app().test_client()
    client.open("/nowhere", method="BREW")
    client.post(API, data={"files": file()})
    rules = {rule.rule for rule in app().url_map.iter_rules()} | {"-"}
    closed = {"kind": KINDS | {"unknown"}, "outcome": {"taken", "refused"}, "route": rules}
    closed["status"] = {f"{digit}xx" for digit in range(1, 6)}
    found = [
        (label, value)
        for (name, labels) in samples()
        if name.startswith(("safelight_requests", "safelight_uploads"))
        for label, value in labels
        if label in closed and value not in closed[label] and not value.startswith("/")
    ]
    assert found == []


def test_the_version_is_told() -> None:
    """To see which process runs what."""
    (labels,) = [dict(labels) for name, labels in samples() if name == "safelight_build"]
    assert labels["version"] == __version__


def test_every_audit_event_is_there_from_the_start() -> None:
    """The first failed sign-in is an increase, and can raise an alarm."""
    there = {dict(labels)["event"] for name, labels in samples() if name.startswith(EVENTS_TOTAL)}
    assert there == set(EVENTS)


def test_prometheus_finds_no_fault_with_the_numbers() -> None:
    """Neither their form nor their names."""
    app().test_client().get(PAGE)
    assert promtool("check", "metrics", given=metrics.exposition().decode()) == ""


def test_where_people_sign_in_the_endpoint_is_for_admins_and_the_monitoring() -> None:
    """A stranger and another user are refused; a token for nothing else is enough."""
    client = guarded().test_client()
    assert client.get("/metrics").status_code == 401
    sign_in(client, "ada")
    assert client.get("/metrics").status_code == 403
    other = guarded().test_client()
    sign_in(other, "root")
    assert other.get("/metrics").status_code == 200
    clock = Clock()
    own, settings = with_token(["metrics"], clock)
    prometheus = guarded(settings, clock=clock).test_client()
    seen = {
        path: prometheus.get(path, headers=bearer(own)).status_code
        for path in ("/metrics", PAGE, "/account/people")
    }
    assert seen == {"/metrics": 200, PAGE: 403, "/account/people": 403}


def test_the_endpoint_speaks_the_format_of_prometheus() -> None:
    """Text, with no session and no time of making beside each number."""
    reply = app().test_client().get("/metrics")
    assert reply.content_type == metrics.CONTENT_TYPE
    assert "Set-Cookie" not in reply.headers
    assert re.search(r"^process_resident_memory_bytes \d", reply.text, re.MULTILINE)
    assert "_created" not in reply.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic", "heif"),
        (b"\x00\x00\x00\x18ftypavif", "avif"),
        (b"II*\x00", "tiff"),
        (b"PK\x03\x04", "zip"),
        (b" <?xml version", "xml"),
        (b"a,b\r\n1,2", "text"),
        (b"\xff\xfea\x00", "text"),
        (b"\x01\x02\x03", "other"),
    ],
)
def test_the_kind_of_a_file_is_that_of_its_bytes(content: bytes, kind: str) -> None:
    """One of a closed set."""
    assert kind_of(content) == kind
    assert kind in KINDS
