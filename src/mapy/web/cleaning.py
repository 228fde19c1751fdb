"""Clean copies of uploads: one as a file, several as an archive with a report on each."""

from __future__ import annotations

from itertools import chain
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from mapy import MapyError, clean
from mapy.clean.pixels import Unproven
from mapy.clean.policy import NONE, Policy, UnknownChoice, policy_of
from mapy.web.archive import MEDIA_TYPE, Member, zipped
from mapy.web.uploads import fault_at_file, refusal_of
from safelight.api import Download, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean import Cleaned
    from safelight.api import OptionValue, Request, Upload

CERTIFICATE = "certificate.json"


class Attempt(NamedTuple):
    """What came of cleaning one upload."""

    number: int
    """Its place among the uploads, from 1 on."""
    name: str
    """As the sender calls it."""
    result: Cleaned | Refusal


def clean_images(request: Request) -> Download:
    """The clean copy of one upload; of several, or with a certificate, an archive.

    Raises:
        Refusal: no file could be cleaned.
    """
    policy = policy_from(request.options)
    certify = bool(request.options.get("certificate"))
    attempts = _first_success_first(attempts_at(request.files, policy))
    if len(request.files) > 1 or (certify and not policy.changes_nothing):
        return Download("pictures.zip", MEDIA_TYPE, zipped(_members(attempts, certify=certify)))
    (cleaned,) = (each.result for each in attempts)
    if isinstance(cleaned, Refusal):
        raise cleaned
    if policy.changes_nothing:
        name = f"{PurePath(cleaned.name).stem}.{CERTIFICATE}"
        return Download(name, "application/json", cleaned.certificate())
    return Download(cleaned.name, cleaned.media_type, cleaned.content)


def attempts_at(uploads: Iterable[Upload], policy: Policy) -> Iterator[Attempt]:
    """Clean one upload after the other; one that cannot be cleaned leaves the others alone."""
    for number, upload in enumerate(uploads, start=1):
        yield Attempt(number, upload.name, _attempt(upload, policy))


def _attempt(upload: Upload, policy: Policy) -> Cleaned | Refusal:
    if upload.refusal is not None:
        return upload.refusal
    try:
        return clean(upload.content, policy=policy)
    except MapyError as error:
        return refusal_of(error)
    except Exception as fault:  # noqa: BLE001 - a fault of ours must not lose the other files
        return fault_at_file(fault)


def policy_from(options: Mapping[str, OptionValue]) -> Policy:
    """The policy that the options of an action name.

    Raises:
        Refusal: a word is no choice.
    """
    try:
        return policy_of(
            _word(options, "preset") or "",
            _list(options, "keep"),
            _list(options, "remove"),
            _word(options, "coarsen"),
        )
    except UnknownChoice as error:
        raise Refusal("option.value", error.text) from None


def _word(options: Mapping[str, OptionValue], name: str) -> str | None:
    value = options.get(name)
    return value if isinstance(value, str) else None


def _list(options: Mapping[str, OptionValue], name: str) -> str | None:
    """A list without `none` where it names anything else: a form sends it with its ticks."""
    words = _word(options, name)
    if words is None:
        return None
    named = [word for word in words.split(",") if word != NONE]
    return ",".join(named) or NONE


def _first_success_first(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """The attempts in their order, once it is known that one of them succeeds.

    Raises:
        Refusal: of the first upload, if none of them could be cleaned.
    """
    waiting = iter(attempts)
    failed: list[Attempt] = []
    for attempt in waiting:
        if not isinstance(attempt.result, Refusal):
            return chain(failed, [attempt], waiting)
        failed.append(attempt)
    for attempt in failed:
        if isinstance(attempt.result, Refusal):
            raise attempt.result
    return iter(())


def _members(attempts: Iterable[Attempt], *, certify: bool) -> Iterator[Member]:
    """The copies, their certificates, and at the end a report."""
    report: list[dict[str, object]] = []
    for attempt in attempts:
        cleaned = attempt.result
        if isinstance(cleaned, Refusal):
            report.append(_failure(attempt, cleaned))
            continue
        path = PurePath(cleaned.name)
        name = f"{path.stem}-{attempt.number}"
        entry: dict[str, object] = {"number": attempt.number}
        if not cleaned.policy.changes_nothing:
            entry["copy"] = f"{name}{path.suffix}"
            yield Member(f"{name}{path.suffix}", cleaned.content)
        if certify or cleaned.policy.changes_nothing:
            entry["certificate"] = f"{name}.{CERTIFICATE}"
            yield Member(f"{name}.{CERTIFICATE}", cleaned.certificate())
        report.append({**entry, **done(cleaned)})
        del cleaned, attempt  # what was handed out is not held until the next is made
    whole = {"note": _NOTE, "pictures": report}
    yield Member("report.json", json.dumps(whole, ensure_ascii=False, indent=2).encode())


_NOTE = (
    "Numbers follow the order in which the pictures were sent. Only pictures that could not be"
    " cleaned are called by their own names here."
)


def _failure(attempt: Attempt, refusal: Refusal) -> dict[str, object]:
    return {
        "number": attempt.number,
        "name": attempt.name,
        "error": f"{refusal.message} {refusal.hint}".rstrip(),
        "code": refusal.code,
    }


def done(cleaned: Cleaned) -> dict[str, object]:
    """What was done to one picture: counts and what to know, but nothing that it says."""
    pixels = cleaned.pixels
    return {
        "removed": len(cleaned.removed),
        "kept": len(cleaned.kept),
        "could_not_be_removed": len(cleaned.stuck),
        "reasons": sorted({str(reason) for reason in cleaned.stuck.values()}),
        "warnings": [str(warning) for warning in cleaned.warnings],
        "pixels_sha256": None if isinstance(pixels, Unproven) else pixels.sha256,
    }
