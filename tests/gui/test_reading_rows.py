"""The rows of a reading report, its sums in words, and the forms in which it is saved."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from qa_desktop.domain import FileProblem
from qa_desktop.gui import reading_rows, report_files, report_words
from qa_desktop.gui.reading_rows import ReadingRow, renewed, rows_of_library, rows_of_run
from qa_desktop.library import FileReport
from tests.support.entries import an_entry

MAIL = an_entry(1, "mail.eml", kind="mail")
REPORT = an_entry(
    2, "mail.eml/report.pdf", kind="pdf", paged=True, pages=12, container=1, inside=(0,), place="attachment"
)
DEEP = an_entry(3, "mail.eml/report.pdf/annex.txt", container=2, inside=(0, 0), same_text_as="annex.txt")
LOCKED = an_entry(
    4, "locked.pdf", kind="pdf", passages=0, state="unreadable", problems=(FileProblem("encrypted"),)
)
SCAN = an_entry(5, "scan.pdf", kind="pdf", paged=True, pages=3, scanned=3, confidence=0.967, language="de")
ENTRIES = (MAIL, REPORT, DEEP, LOCKED, SCAN)


def a_run() -> tuple[ReadingRow, ...]:
    files = [
        FileReport("mail.eml", "/papers/mail.eml", "added"),
        FileReport("locked.pdf", "/papers/locked.pdf", "failed", (FileProblem("encrypted"),)),
        FileReport("scan.pdf", "/papers/scan.pdf", "added"),
        FileReport("old.txt", "/papers/old.txt", "removed"),
    ]
    return rows_of_run(files, ENTRIES)


def test_a_document_inside_a_file_is_named_after_it_and_read_again_with_it() -> None:
    rows = {row.name: row for row in a_run()}
    assert rows["mail.eml/report.pdf"].shown == "mail.eml › report.pdf"
    deep = rows["mail.eml/report.pdf/annex.txt"]
    assert deep.shown == "mail.eml › report.pdf › annex.txt"
    assert (deep.id, deep.file, deep.inside) == (3, 1, True)
    assert deep.outcome == "added"
    assert not rows["mail.eml"].inside


def test_parts_follow_their_file_and_every_file_of_the_run_has_a_row() -> None:
    assert [row.name for row in a_run()] == [
        "locked.pdf",
        "mail.eml",
        "mail.eml/report.pdf",
        "mail.eml/report.pdf/annex.txt",
        "old.txt",
        "scan.pdf",
    ]


def test_the_sum_is_told_in_a_sentence() -> None:
    said = report_words.in_short(a_run())
    assert said == "2 files added, 1 taken out, 1 could not be read, 1 is a duplicate"
    held = report_words.totals(rows_of_library(ENTRIES), 75)
    assert (
        held == "3 files · 2 documents inside them · 15 pages · 12 passages · 3 pages recognised · 1 min 15 s"
    )
    assert report_words.in_short(()) == "No files"


def test_a_row_says_everything_there_is_to_know() -> None:
    rows = {row.name: row for row in a_run()}
    locked = report_words.in_full(rows["locked.pdf"])
    assert "Could not be read" in locked
    assert "Protected by a password. " in locked
    assert "only be opened with a password" in locked
    scan = report_words.in_full(rows["scan.pdf"])
    assert "The text of 3 pages was recognised in pictures of them, with 97 % confidence." in scan
    copy = report_words.in_full(rows["mail.eml/report.pdf/annex.txt"])
    assert "same text as “annex.txt”" in copy


def test_what_was_read_again_takes_the_place_of_what_it_was() -> None:
    opened = an_entry(4, "locked.pdf", kind="pdf", paged=True, pages=2)
    again = rows_of_run([FileReport("locked.pdf", "/papers/locked.pdf", "updated")], (opened,))
    rows = {row.name: row for row in renewed(a_run(), again)}
    assert len(rows) == 6
    assert rows["locked.pdf"].outcome == "updated"
    assert not rows["locked.pdf"].locked
    shorter = rows_of_run([FileReport("mail.eml", "/papers/mail.eml", "updated")], (MAIL,))
    assert "mail.eml/report.pdf" not in {row.name for row in renewed(a_run(), shorter)}


def test_a_library_without_a_run_has_the_same_table() -> None:
    rows = {row.name: row.outcome for row in rows_of_library(ENTRIES)}
    assert rows["locked.pdf"] == reading_rows.FAILED
    assert rows["scan.pdf"] == reading_rows.READ


def test_the_table_for_spreadsheets_runs_nothing_and_keeps_every_row(tmp_path: Path) -> None:
    evil = ReadingRow("=HYPERLINK(1)", '=HYPERLINK("http://x")', "failed", problems=(FileProblem("empty"),))
    path = tmp_path / "report.csv"
    report_files.save(path, [evil, *a_run()])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert rows[0][:2] == ["File", "Outcome"]
    assert rows[1][0].startswith("'=")
    assert len(rows) == 8


def test_json_has_codes_and_text_has_sentences(tmp_path: Path) -> None:
    report_files.save(tmp_path / "report.json", a_run(), 1.5)
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert found["seconds"] == 1.5
    by_name = {file["doc"]: file for file in found["files"]}
    assert by_name["locked.pdf"]["problems"] == [{"reason": "encrypted", "part": "", "detail": ""}]
    assert by_name["scan.pdf"]["confidence"] == 0.967
    report_files.save(tmp_path / "report.txt", a_run())
    assert "mail.eml › report.pdf › annex.txt\nAdded" in (tmp_path / "report.txt").read_text("utf-8")
