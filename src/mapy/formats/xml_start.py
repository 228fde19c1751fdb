"""How an XML file begins: the name of its first element, behind whatever may stand in front."""

from __future__ import annotations

import re

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]{0,63})")
_BLANKS = b" \t\r\n"
_SKIPPED = ((b"<?", b"?>"), (b"<!--", b"-->"))


def first_element(head: bytes) -> str:
    """The first element's name; empty where the head of the file is no XML, or ends before it."""
    for bom in _BOMS:
        head = head.removeprefix(bom)
    head = head.replace(b"\0", b"")  # UTF-16, as far as ASCII goes
    at = 0
    while True:
        while head[at : at + 1] and head[at : at + 1] in _BLANKS:
            at += 1
        for start, stop in _SKIPPED:
            if head.startswith(start, at):
                end = head.find(stop, at)
                if end < 0:
                    return ""
                at = end + len(stop)
                break
        else:
            if head[at : at + 9].upper() == b"<!DOCTYPE":
                at = _behind_doctype(head, at)
                if at:
                    continue
            found = _ELEMENT.match(head, at)
            return found[1].decode("ascii", "replace") if found else ""


def _behind_doctype(head: bytes, at: int) -> int:
    """The place behind a document type, with the declarations in it; 0 if it does not end."""
    end = head.find(b">", at)
    inside = head.find(b"[", at)
    if 0 <= inside < end:
        end = head.find(b">", head.find(b"]", inside)) if b"]" in head[inside:] else -1
    return end + 1
