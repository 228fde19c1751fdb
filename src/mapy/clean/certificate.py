"""The certificate of a copy: what was done, by check sums that anybody can compute again.

A JSON text of one fixed spelling, which ends in a check sum of the rest: a changed byte, be it a
blank, is found. That guards against accidents and careless changes. It is no signature: who writes
a whole new certificate can write a check sum for it.

It tells names of tags and never a value; of tags that a file names itself only the group.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from mapy.clean.pixels import Unproven
from mapy.clean.policy import Everything
from mapy.errors import MapyError
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.clean import Cleaned
    from mapy.clean.policy import Policy
    from mapy.model import Metadata, Tag

FORM = "mapy-certificate-1"
MOST_BYTES = 4 << 20
_DIGEST = "digest"
_NAMED_BY_THE_FILE = ("CBOR", "JPEG-HDR", "JSON", "JUMBF", "MediaJukebox", "RMETA", "SVG", "XML")

_OF_PACKETS = frozenset(("XMP-x:XMPToolkit", "XMP-rdf:About"))


class Digest(NamedTuple):
    """A file by its check sum."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> Digest:
        """Of these bytes."""
        return cls(sha256(content).hexdigest(), len(content))


def make(cleaned: Cleaned, before: Metadata) -> bytes:
    """The certificate of a copy; `before` is the reading of the original."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and for certificates only

    public = {tag.key: _public(tag) for tag in before}
    stuck = [
        {"tag": public.get(key, key), "reason": str(reason)}
        for key, reason in cleaned.stuck.items()
    ]
    certificate: dict[str, Any] = {
        "certificate": FORM,
        "made_by": f"MAPy {version('safelight')}",
        "made_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "format": cleaned.format,
        "original": cleaned.original._asdict(),
        "copy": cleaned.output._asdict(),
        "image_data_sha256": cleaned.image_sha256,
        "pixels": _pixels(cleaned),
        "policy": _policy(cleaned.policy),
        "removed": _names(cleaned.removed, public),
        "kept": _names(cleaned.kept, public),
        "coarsened": _names(cleaned.coarsened, public),
        "stuck": stuck,
        "warnings": [str(warning) for warning in cleaned.warnings],
        "note": (
            "The digest is the SHA-256 of this text without its line. It shows changes;"
            " it is no signature and names nobody."
        ),
    }
    return _spelled(certificate | {_DIGEST: _digest(certificate)})


def verify(certificate: bytes, content: bytes) -> tuple[Text, ...]:
    """What is wrong with a copy and its certificate; empty if nothing is.

    Args:
        certificate: as it was made, to the byte.
        content: the copy that it is about.
    """
    try:
        said = json.loads(certificate[:MOST_BYTES])
        is_ours = isinstance(said, dict) and said.get("certificate") == FORM
        if not is_ours or _spelled(said) != certificate:
            return (CHANGED,)
        if said.pop(_DIGEST, None) != _digest(said):
            return (CHANGED,)
    except (ValueError, RecursionError):
        return (CHANGED,)
    if said.get("copy") != Digest.of(content)._asdict():
        return (OTHER_FILE,)
    try:
        return _still_gone(said, content)
    except (KeyError, TypeError):
        return (CHANGED,)


CHANGED = Text("The certificate is not as it was made: something in it was changed.")
OTHER_FILE = Text("The file is not the copy that the certificate is about, or was changed since.")
SAYS_MORE = Text("The file has tags that the certificate lists as removed: {tags}.")
UNREADABLE = Text("The file is the one of the certificate, but cannot be read.")


def _still_gone(said: dict[str, Any], content: bytes) -> tuple[Text, ...]:
    """Read the copy again: nothing that is said to be gone may be in it."""
    from mapy.reader import read  # noqa: PLC0415 - a wrong certificate needs no reader

    try:
        found = {_public(tag) for tag in read(content)}
    except MapyError:
        return (UNREADABLE,)
    staying = {*said["kept"], *(each["tag"] for each in said["stuck"])}
    again = sorted(found & set(said["removed"]) - staying)
    return (SAYS_MORE.with_values({"tags": ", ".join(again)}),) if again else ()


def _spelled(certificate: dict[str, Any]) -> bytes:
    """The one spelling of a certificate."""
    return json.dumps(certificate, indent=2, ensure_ascii=True).encode() + b"\n"


def _digest(certificate: dict[str, Any]) -> str:
    return sha256(_spelled(certificate)).hexdigest()


def _public(tag: Tag) -> str:
    """The key of a tag, if our tables name it; else its group: a file may name tags as it likes."""
    group, prefix = tag.group, tag.group.removeprefix("XMP-")
    if prefix != group:
        from mapy.tags.xmp import has_property  # noqa: PLC0415 - a large table

        is_ours = has_property(prefix, str(tag.id)) or tag.key in _OF_PACKETS
        group = group if is_ours else "XMP"
    elif group == "PNG" and isinstance(tag.id, str):
        from mapy.tags.png import KEYWORDS  # noqa: PLC0415 - other formats need no such table

        is_ours = tag.id in KEYWORDS
    else:
        is_ours = tag.is_known and not group.startswith(_NAMED_BY_THE_FILE)
        return tag.key if is_ours else f"{group}:*"
    # Behind a hyphen stands the language, which is the file's word, too.
    return f"{group}:{tag.name.partition('-')[0]}" if is_ours else f"{group}:*"


def _names(keys: Iterable[str], public: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(public.get(key, key) for key in keys))


def _pixels(cleaned: Cleaned) -> dict[str, str | int]:
    if isinstance(cleaned.pixels, Unproven):
        return {"note": str(cleaned.pixels.reason)}
    digest, frames, decoder = cleaned.pixels
    return {"original_sha256": digest, "copy_sha256": digest, "frames": frames, "decoder": decoder}


def _policy(policy: Policy) -> dict[str, Any]:
    removal = policy.remove
    return {
        "keep": sorted(each.value for each in policy.keep),
        "remove": removal.value
        if isinstance(removal, Everything)
        else sorted(each.value for each in removal),
        "coarsen": policy.coarsen.value if policy.coarsen else None,
    }
