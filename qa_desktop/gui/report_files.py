"""A reading report as text, as a table for a spreadsheet, or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from qa_desktop.gui import report_words
from qa_desktop.gui.reading_model import COLUMNS
from qa_desktop.gui.reading_rows import ReadingRow
from qa_desktop.gui.words import tr

FORMATS = {
    "csv": ("Table for a spreadsheet", "*.csv"),
    "json": ("JSON", "*.json"),
    "txt": ("Text", "*.txt"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save(path: Path, report: Sequence[ReadingRow], seconds: float | None = None) -> None:
    """Write the report to `path` in the format that its ending names.  Raises OSError."""
    write = {"csv": lambda: as_csv(report), "json": lambda: as_json(report, seconds)}
    text = write.get(path.suffix.lower().lstrip("."), lambda: as_text(report, seconds))()
    # The byte order mark tells spreadsheet programs that it is UTF-8.
    path.write_text(text, "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8", newline="")


def as_text(report: Sequence[ReadingRow], seconds: float | None = None) -> str:
    """Return the report for reading: the sum, then a paragraph for each file."""
    head = [report_words.in_short(report), report_words.totals(report, seconds)]
    return "\n\n".join(["\n".join(head), *map(report_words.in_full, report)]) + "\n"


def as_table(report: Sequence[ReadingRow]) -> str:
    """Return rows and columns parted by tabs, for pasting."""
    lines = ["\t".join(tr(column.title) for column in COLUMNS)]
    lines += ["\t".join(" ".join(c.text(row).split()) for c in COLUMNS) for row in report]
    return "\n".join(lines) + "\n"


def as_csv(report: Sequence[ReadingRow]) -> str:
    """Return comma-separated values.

    What a spreadsheet program would run as a formula, such as an attachment named "=…", gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([tr(column.title) for column in COLUMNS])
    for row in report:
        cells = [column.text(row) for column in COLUMNS]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()


def as_json(report: Sequence[ReadingRow], seconds: float | None = None) -> str:
    """Return one object: the time it took, and for each file its facts and reason codes."""
    files = [
        {
            "doc": row.name,
            "path": row.path,
            "outcome": row.outcome,
            "place": row.place,
            "kind": row.kind,
            "language": row.language,
            "pages": row.pages,
            "passages": row.passages,
            "recognised": row.scanned,
            "confidence": row.confidence,
            "same_text_as": row.same_as,
            "problems": [{"reason": p.reason, "part": p.part, "detail": p.detail} for p in row.problems],
        }
        for row in report
    ]
    return json.dumps({"seconds": seconds, "files": files}, ensure_ascii=False, indent=1) + "\n"
