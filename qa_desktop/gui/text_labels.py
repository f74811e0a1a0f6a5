"""What stands above a note or an aside in the text of a source: what it is, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from qa_desktop.domain import BlockKind
from qa_desktop.gui.text_flow import Paragraph

_LONGEST_SIGN = 4  # characters: a note's number or sign; what is longer is a name


def tr(text: str) -> str:
    """Translate words that stand above a paragraph."""
    return QCoreApplication.translate("text", text)


RULES = {
    "page number": "Page number",
    "running line": "Running head or foot",
    "running head": "Running head or foot",
    "header": "Running head or foot",
    "footer": "Running head or foot",
    "page header": "Running head or foot",
    "page footer": "Running head or foot",
    "hidden": "Hidden text",
    "hidden text": "Hidden text",
    "residue": "Residue of a web page",
    "boilerplate": "Around the text of the web page",
    "rule": "A line of signs",
    "repeated": "Repeated words",
    "repeated link": "Repeated link",
    "note": "Note of the page it was taken from",
    "contents": "Table of contents",
    "table of contents": "Table of contents",
    "front matter": "Facts about the file",
    "code language": "Name of a programming language",
    "sideways": "Printed sideways",
    "quoted": "Quoted from an earlier message",
    "quote": "Quoted from an earlier message",
    "signature": "Signature",
    "deleted": "Deleted in the file",
    "reading aid": "Words for screen readers",
    "no script": "Shown where scripts are off",
    "form": "Part of a form",
    "frame": "Frame around the page",
    "address": "Address of the page",
    "data": "Data without words",
}
NOTES = {
    "comment": "Comment",
    "speaker notes": "Speaker notes",
    "notes": "Speaker notes",
    "annotation": "Annotation",
}


def caption(paragraph: Paragraph) -> str:
    """Return what is written above a paragraph; empty where its look says what it is."""
    label = paragraph.label.strip()
    if paragraph.aside:
        return tr("Set aside: %1").replace("%1", _lower(_known(RULES, label) or tr("no part of the text")))
    if paragraph.kind is BlockKind.NOTE and len(label) > _LONGEST_SIGN:
        return _known(NOTES, label)
    return ""


def sign(paragraph: Paragraph) -> str:
    """Return the number or sign before a paragraph whose own words do not begin with it."""
    label = paragraph.label.strip()
    if paragraph.kind is BlockKind.LIST:
        return label
    if paragraph.kind is BlockKind.NOTE and label and not caption(paragraph):
        first = paragraph.rows[0][0].text.lstrip("([ ")
        return "" if first.startswith(label.strip("()[]. ")) else label
    return ""


def _known(table: dict[str, str], label: str) -> str:
    """Return the words for a label, itself where there are none."""
    name, _, rest = label.partition(":")
    words = table.get(label.casefold()) or table.get(name.casefold(), "")
    if words and rest and label.casefold() not in table:
        return f"{tr(words)}: {rest.strip()}"
    return tr(words) if words else label[:1].upper() + label[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
