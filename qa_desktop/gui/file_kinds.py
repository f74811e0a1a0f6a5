"""The kinds of files that can be chosen in a file dialog."""

from __future__ import annotations

from qa_desktop.gui.words import tr

# What a file is, is decided by its content; endings only help to find it in a folder.
_GROUPS = (
    ("PDF", "pdf"),
    ("Text documents", "docx docm dotx doc odt rtf md markdown txt text log rst"),
    ("Presentations", "pptx pptm ppsx ppt odp"),
    ("Spreadsheets and tables", "xlsx xlsm xlsb xls ods csv tsv"),
    ("Web pages", "html htm xhtml mhtml mht"),
    ("E-mail", "eml mbox msg"),
    ("Books", "epub"),
    ("Pictures and scans", "png jpg jpeg tif tiff bmp gif webp"),
    ("Archives", "zip"),
    ("Data", "json jsonl xml"),
)


def dialog_filter() -> str:
    """Return the filters of a file dialog: all documents, each kind, and everything."""
    every = " ".join(endings for _, endings in _GROUPS)
    rows = [(tr("All documents"), every), *((tr(name), endings) for name, endings in _GROUPS)]
    filters = [f"{name} ({' '.join(f'*.{e}' for e in endings.split())})" for name, endings in rows]
    return ";;".join([*filters, f"{tr('All files')} (*)"])
