"""An example of each call: a line of curl that works as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safelight.api import Json
    from safelight.openapi.document import Caller
    from safelight.openapi.schemas import Schema

FILE = "x-example"
"""The member of an operation that tells the field of its file and what an example calls it."""
_VARIABLE = re.compile(r"\{([a-z]+)\}")
HEADER = '-H "Authorization: Bearer $SAFELIGHT_TOKEN"'


def sample(method: str, address: str, operation: Schema, caller: Caller) -> Schema:
    """The example of an operation, as `x-codeSamples` has it."""
    words = ["curl"]
    if caller.signed_in and "x-limits" in operation:
        words.append(HEADER)
    words += _sent(method, operation.get(FILE))
    if _gives_a_file(operation):
        words.append("-OJ")
    words.append(caller.server + _VARIABLE.sub(_value, address))
    return {"lang": "shell", "label": "curl", "source": " ".join(words)}


def _sent(method: str, file: Json) -> list[str]:
    if isinstance(file, str):
        return ["-F", file]
    return ["-X", method] if method != "GET" else []


def _value(variable: re.Match[str]) -> str:
    """What stands for a part of an address: a word that can be said, or a variable of the shell."""
    return "pause" if variable[1] == "command" else f"${variable[1].upper()}"


def _gives_a_file(operation: Schema) -> bool:
    """Whether the answer is a file, which curl shall save under the name it comes with."""
    responses = operation["responses"]
    answer = responses.get("200") if isinstance(responses, dict) else None
    headers = answer.get("headers") if isinstance(answer, dict) else None
    return isinstance(headers, dict) and "Content-Disposition" in headers
