"""Recognise what a text is: a web page, a message, a table, data, Markdown, or just text."""

from __future__ import annotations

import json
import re

_HEAD = 65_536
_LARGEST_PARSED = 8_000_000  # bytes; larger JSON is recognised by its ending alone

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAGS = re.compile(r"</(?:p|div|h[1-6]|table|ul|ol|body|html|span|a)>", re.I)
_XML_START = re.compile(r"\s*<\?xml\b|\s*<(?:svg|rss|feed|\w+:\w+)\b")
_FLAT_ODF = re.compile(r"<office:document[\s>]")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?")
_MAIL_HEADERS = frozenset(
    [
        "from", "to", "cc", "subject", "date", "received", "return-path", "message-id", "mime-version",
        "reply-to",
        "delivered-to", "content-type", "sender", "x-mailer", "in-reply-to", "references", "dkim-signature",
    ]
)  # fmt: skip
_MBOX = re.compile(r"From \S+.*\d{4}\s*\n(?:>?[A-Za-z][\w-]*:)")
_SAVED_PAGE = re.compile(r"^(?:snapshot-content-location:|from:\s*<?saved by )", re.I | re.M)
_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S.*$", re.M)
_MARKDOWN_SIGN = re.compile(r"\[[^\]\n]+\]\([^)\s]+\)|^```|^\|.*\|\s*$|\*\*\S[^*\n]*\*\*|^> ", re.M)
_ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown",
    ".csv": "table", ".tsv": "table", ".tab": "table",
}  # fmt: skip
_LIKE_MARKDOWN = ("", ".txt", ".text")
_FEWEST_ROWS = 5  # lines of the same number of cells that make a table where the ending does not say so


def kind_of_text(data: bytes, ending: str) -> str:
    """Return "html", "mhtml", "mail", "odf", "xml", "json", "table", "markdown" or "text".

    `ending` is that of the file's name, in lower case with its dot.
    """
    head = data[:_HEAD]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16", "replace") if wide else head.decode("latin-1")
    text = text.removeprefix("\xef\xbb\xbf").replace("\r\n", "\n").replace("\r", "\n")
    known = _by_its_signs(data, text, ending) or _by_its_name(text, ending)
    return known or _by_its_looks(text, ending, whole=len(data) <= _HEAD) or "text"


def _by_its_signs(data: bytes, text: str, ending: str) -> str:
    """Return the kind of a text that begins as only one kind does, else ""."""
    if _HTML_START.match(text):
        return "html"
    if _is_mail(text, ending):
        return "mhtml" if _is_saved_page(text, ending) else "mail"
    if _XML_START.match(text):
        return _kind_of_xml(text)
    return "json" if _is_json(data, text, ending) else ""


def _by_its_name(text: str, ending: str) -> str:
    """Return the kind that the ending says, if the text has nothing against it, else ""."""
    if ending in (".html", ".htm", ".xhtml", ".shtml"):
        return "html" if _HTML_TAGS.search(text) else ""
    return _ENDINGS.get(ending, "")


def _by_its_looks(text: str, ending: str, *, whole: bool) -> str:
    """Return the kind of a text that is full of one kind's signs, else ""."""
    if len(_HTML_TAGS.findall(text)) > max(5, len(text) / 400):
        return "html"
    if ending not in _LIKE_MARKDOWN:
        return ""
    if len(_MARKDOWN_HEADING.findall(text)) > 1 and _MARKDOWN_SIGN.search(text):
        return "markdown"
    return "table" if _is_table(text, whole=whole) else ""


def _kind_of_xml(text: str) -> str:
    if re.search(r"<html[\s>]", text, re.I):
        return "html"
    return "odf" if _FLAT_ODF.search(text) else "xml"


def _is_mail(text: str, ending: str) -> bool:
    """Tell whether the text begins with the headers of a message, or with a mailbox's "From " line."""
    if _MBOX.match(text):
        return True
    known = _header_names(text) & _MAIL_HEADERS
    if ending in (".eml", ".mht", ".mhtml"):
        return bool(known)
    return len(known) >= 3 and bool(known & {"from", "received", "message-id", "mime-version"})


def _header_names(text: str) -> set[str]:
    names: set[str] = set()
    for line in text.split("\n")[:200]:
        if line[:1] in (" ", "\t") and names:
            continue
        found = _HEADER.match(line)
        if not found:
            break
        names.add(found.group(1).lower())
    return names


def _is_saved_page(text: str, ending: str) -> bool:
    """Tell whether a message is a web page as browsers save it, in one file with its pictures."""
    return ending in (".mht", ".mhtml") or bool(_SAVED_PAGE.search(text.split("\n\n", 1)[0]))


def _is_json(data: bytes, text: str, ending: str) -> bool:
    """Tell whether this is JSON, or one JSON object a line; the ending alone does not make it so."""
    start = text.lstrip()[:1]
    if start not in ("{", "[") or not start:
        return False
    if ending in (".json", ".jsonl", ".ndjson", ".geojson", ".ipynb"):
        return True
    if len(data) > _LARGEST_PARSED:
        return False
    lines = [line for line in text.split("\n", 3)[:2] if line.strip()]
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        try:
            return len(lines) == 2 and all(isinstance(json.loads(line), dict) for line in lines)
        except (ValueError, RecursionError):
            return False
    return True


def _is_table(text: str, *, whole: bool) -> bool:
    """Tell whether all lines have as many tabs, or semicolons, and none ends as sentences do."""
    lines = [line for line in text.split("\n") if line.strip()]
    lines = lines if whole else lines[:-1]
    if len(lines) < _FEWEST_ROWS or any(line.rstrip()[-1] in ".:" for line in lines):
        return False
    return any(len(counts := {line.count(sign) for line in lines}) == 1 and min(counts) for sign in "\t;")
