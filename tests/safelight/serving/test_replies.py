"""What the bridge answers itself."""

from __future__ import annotations

import json

import pytest

from safelight.serving.replies import refusal_reply


def refused(**headers: str) -> tuple[str, str]:
    """The language and the text of the reply to a browser whose data come too slowly."""
    given = {"accept": "text/html", **{name.replace("_", "-"): headers[name] for name in headers}}
    reply = refusal_reply(408, path="/mapy/", headers=given, secure=False, instance="1f")
    return dict(reply.headers)["Content-Language"], reply.body.decode()


@pytest.mark.parametrize(
    ("headers", "code", "title"),
    [
        ({}, "en", "The data came too slowly"),
        ({"accept_language": "fr, de;q=0.5"}, "de", "Die Daten kamen zu langsam"),
        ({"cookie": "safelight-language=de", "accept_language": "ar"}, "de", "Die Daten"),
        (
            {"cookie": "__Host-safelight-language=ar", "accept_language": "de"},
            "ar",
            "وصلت البيانات",
        ),
        ({"cookie": "safelight-language=../x", "accept_language": ";;q=,"}, "en", "The data"),
    ],
)
def test_a_request_that_is_not_taken_in_is_refused_in_its_language(
    headers: dict[str, str], code: str, title: str
) -> None:
    """The one that was chosen, else the browser's, else English; the page says which."""
    language, page = refused(**headers)
    assert (language, f'<html lang="{code}"' in page, f"<h1>{title}" in page) == (code, True, True)


def test_a_program_is_refused_in_english() -> None:
    """Whatever it accepts: what it reads is the code."""
    headers = {"accept": "application/json", "accept-language": "de"}
    reply = refusal_reply(408, path="/api/v1/x", headers=headers, secure=False, instance="1f")
    assert dict(reply.headers)["Content-Language"] == "en"
    assert json.loads(reply.body)["title"] == "The data came too slowly"
