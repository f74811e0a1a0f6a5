"""The README names the files that are read, all of them and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa_desktop.reading.formats import READERS, open_file
from tests.support.project import ROOT

# What a file with this ending is, if its content is what the ending says.
KINDS = {
    ".pdf": "pdf",
    **dict.fromkeys([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif"], "image"),
    **dict.fromkeys([".docx", ".docm"], "docx"),
    ".doc": "doc",
    ".odt": "odf",
    ".rtf": "rtf",
    ".pptx": "pptx",
    ".ppt": "ppt",
    ".odp": "odf",
    **dict.fromkeys([".xlsx", ".xlsm", ".xlsb"], "xlsx"),
    ".xls": "xls",
    ".ods": "ods",
    **dict.fromkeys([".csv", ".tsv"], "table"),
    **dict.fromkeys([".json", ".jsonl"], "json"),
    ".xml": "xml",
    ".epub": "epub",
    **dict.fromkeys([".html", ".htm", ".xhtml"], "html"),
    **dict.fromkeys([".mhtml", ".mht"], "mhtml"),
    ".md": "markdown",
    ".txt": "text",
    **dict.fromkeys([".eml", ".mbox"], "mail"),
    ".msg": "msg",
    ".zip": "zip",
}
DOCUMENTS = ROOT / "corpus" / "documents"


def listed() -> list[str]:
    """Return the endings in the README's table, in its order."""
    _, table = (ROOT / "README.md").read_text("utf-8").split("| files | endings |", 1)
    rows = [line.split("|")[2] for line in table.split("\n\n", 1)[0].splitlines() if line.count("|") >= 4]
    return [ending for row in rows for ending in re.findall(r"`(\.\w+)`", row)]


def test_the_readme_lists_every_ending_once() -> None:
    assert sorted(listed()) == sorted(KINDS)


def test_every_reader_has_an_ending_and_every_ending_a_reader() -> None:
    assert set(KINDS.values()) == set(READERS)


@pytest.mark.parametrize("path", sorted(p for p in DOCUMENTS.rglob("*.*")), ids=lambda path: path.name)
def test_the_demonstration_documents_are_what_their_endings_say(path: Path) -> None:
    assert open_file(path).kind == KINDS[path.suffix]
