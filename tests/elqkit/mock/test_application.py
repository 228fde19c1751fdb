"""The mock answers as Eloqua does, and shows what it received."""

from __future__ import annotations

from base64 import b64encode
import json
from urllib.parse import urlencode

import pytest

from elqkit.mock import ACCOUNT, APP, Mock, UnknownFault
from elqkit.mock import site as state
from elqkit.mock.exchange import Request, Response

SIGNED_IN = {"authorization": "Basic " + b64encode(rb"Mock\demo:demo").decode()}
AS_APP = {"authorization": "Basic " + b64encode(":".join(APP[:2]).encode()).decode()}
OWN = {"elqFormName": "newsletter", "elqSiteID": "1234567"}


def get(mock: Mock, target: str, **headers: str) -> Response:
    """The answer of a call that reads, signed in."""
    return mock.answer(Request("GET", target, {"host": "127.0.0.1:8850", **SIGNED_IN, **headers}))


def post(mock: Mock, target: str, fields: dict[str, str], **headers: str) -> Response:
    """The answer to a form."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return mock.answer(Request("POST", target, {**kind, **headers}, urlencode(fields).encode()))


def test_wrong_credentials_are_answered_with_200_and_a_string() -> None:
    """The trap of Eloqua's sign-in."""
    found = Mock().answer(Request("GET", "/id", {}))
    assert (found.status, json.loads(found.body)) == (200, "Not authenticated.")


def test_sign_in_gives_templates_of_addresses() -> None:
    """With the version as a placeholder."""
    urls = json.loads(get(Mock(), "/id").body)["urls"]
    assert urls["base"] == "http://127.0.0.1:8850"
    assert urls["apis"]["rest"]["standard"] == "http://127.0.0.1:8850/API/REST/{version}/"


@pytest.mark.parametrize("prefix", ["/API/REST/2.0", "/api/rest/1.0", "/Api/Rest/2.0"])
def test_paths_are_matched_without_case(prefix: str) -> None:
    """Working clients write them in several ways."""
    assert get(Mock(), f"{prefix}/assets/form/1").status == 200


def test_everything_is_a_string_but_the_paging() -> None:
    """Numbers and booleans of an asset."""
    form = json.loads(get(Mock(), "/api/rest/2.0/assets/form/1").body)
    assert (form["id"], form["isHidden"]) == ("1", "false")
    assert json.loads(get(Mock(), "/api/rest/2.0/assets/forms").body)["total"] == 6


@pytest.mark.parametrize("query", ["count=0", "count=1001", "count=x", "page=0", "page=x"])
def test_wrong_paging_is_one_object(query: str) -> None:
    """Not an array."""
    found = get(Mock(), f"/api/rest/2.0/assets/forms?{query}")
    assert (found.status, json.loads(found.body)["type"]) == (400, "EndpointParameterError")


@pytest.mark.parametrize(
    "fields",
    [
        {"grant_type": "refresh_token", "refresh_token": APP[2]},
        {"grant_type": "password", "username": "Mock\\demo", "password": ACCOUNT[2]},
    ],
)
def test_a_grant_gives_a_token_that_signs_in(fields: dict[str, str]) -> None:
    """For eight hours."""
    mock = Mock()
    body = json.loads(post(mock, "/auth/oauth2/token", fields, **AS_APP).body)
    assert body["expires_in"] == 28_800
    assert get(mock, "/id", authorization=f"Bearer {body['access_token']}").body[:1] == b"{"


def test_a_refresh_token_is_good_once() -> None:
    """The second time it is an invalid grant."""
    mock, fields = Mock(), {"grant_type": "refresh_token", "refresh_token": APP[2]}
    answers = [post(mock, "/auth/oauth2/token", fields, **AS_APP) for _ in range(2)]
    assert [each.status for each in answers] == [200, 400]
    assert json.loads(answers[1].body) == {"error": "invalid_grant"}


def test_a_code_lives_for_a_minute() -> None:
    """And is good once."""
    now = [0.0]
    mock = Mock(clock=lambda: now[0])
    app = {"client_id": APP[0], "redirect_uri": "http://127.0.0.1/callback"}
    results = []
    for wait in (59, 61):
        path = f"/auth/oauth2/authorize?{urlencode(app)}&state=s"
        assert b"Agree" in get(mock, path).body
        found = post(mock, path, {"answer": "agree"})
        location = dict(found.headers)["Location"]
        code = location.partition("code=")[2].partition("&")[0]
        now[0] += wait
        fields = {"grant_type": "authorization_code", "code": code, **app}
        results.append(post(mock, "/auth/oauth2/token", fields, **AS_APP).status)
    assert results == [200, 400]
    assert get(mock, "/auth/oauth2/authorize?client_id=x").status == 200


def test_a_submission_may_be_split_between_query_and_body() -> None:
    """And be a GET alone."""
    mock = Mock()
    fields = {"emailAddress": "a@example.com"}
    assert post(mock, f"/e/f2?{urlencode(OWN)}", fields).body == b"\r\n"
    assert get(mock, f"/E/F2.aspx?{urlencode({**OWN, **fields})}").body == b"\r\n"
    assert len(mock.site.rows) == 2


def test_a_body_of_json_is_not_read_as_fields() -> None:
    """The row is without its values then."""
    headers = {"content-type": "application/json"}
    body = b'{"emailAddress": "a@example.com"}'
    found = Mock().answer(Request("POST", f"/e/f2?{urlencode(OWN)}", headers, body))
    assert b"This field is required" in found.body


def test_an_internal_form_drops_what_comes_from_outside() -> None:
    """And says nothing."""
    mock = Mock()
    fields = {**OWN, "elqFormName": "internal", "emailAddress": "a@example.com"}
    assert (post(mock, "/e/f2", fields).body, mock.site.rows) == (b"\r\n", {})


def test_a_honeypot_that_is_filled_in_is_spam() -> None:
    """Together with a token of the right age."""
    now = [0.0]
    mock = Mock(clock=lambda: now[0])
    token = get(mock, "/e/formsubmittoken?elqSiteID=1234567").body.decode()
    now[0] = 4.0
    fields = {**OWN, "elqFormName": "contest", "emailAddress": "a@example.com"}
    fields |= {"elqFormSubmissionToken": token, "onboardSubmit": "x"}
    post(mock, "/e/f2", fields)
    assert [row.block_reason for row in mock.site.spam] == ["Honeypot"]


def test_the_page_shows_rows_and_trusts_nothing() -> None:
    """No script runs, and what was received is text."""
    mock = Mock()
    post(mock, "/e/f2", {**OWN, "emailAddress": "a@example.com", "comment": "<script>x</script>"})
    found = get(mock, "/")
    policy = dict(found.headers)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert b"a@example.com" in found.body
    assert (b"<script" in found.body, b"&lt;script&gt;" in found.body) == (False, True)
    assert get(mock, "/mock.css").kind.startswith("text/css")


def test_the_page_answers_to_loopback_names_alone() -> None:
    """A foreign page cannot read it by a name of its own that leads here."""
    hosts = ["localhost:1", "127.0.0.1", "[::1]:1", "evil.example.com", "127.0.0.1.evil.com:1"]
    found = [get(Mock(), "/", host=host).status for host in hosts]
    assert found == [200, 200, 200, 421, 421]


def test_the_list_of_calls_holds_no_values() -> None:
    """A query may have some."""
    mock = Mock()
    get(mock, "/e/f2?emailAddress=a@example.com")
    assert list(mock.site.calls) == [("GET", "/e/f2", 200)]


def test_a_full_mock_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not fill the memory."""
    monkeypatch.setattr(state, "MAX_ROWS", 1)
    mock, fields = Mock(), {**OWN, "emailAddress": "a@example.com"}
    assert [post(mock, "/e/f2", fields).status for _ in range(2)] == [200, 503]


def test_an_unknown_fault_is_refused() -> None:
    """At the start."""
    with pytest.raises(UnknownFault):
        Mock(["no-such"])


def test_a_sign_in_may_be_begun_too_often() -> None:
    """Eloqua lets a person begin once a minute."""
    app = {"client_id": APP[0], "redirect_uri": "http://127.0.0.1/callback"}
    mock = Mock(["authorize-throttled@2"])
    path = f"/auth/oauth2/authorize?{urlencode(app)}"
    assert [get(mock, path).status for _ in range(2)] == [200, 429]
