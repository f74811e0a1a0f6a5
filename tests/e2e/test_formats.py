"""Every kind of document from end to end: asked about on the command line, cited at its place in words."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.support.locked_zip import locked_zip
from tests.support.pdfs import bomb
from tests.support.program import Program
from tests.support.project import ROOT

QUESTIONS = {
    q["question"]: q
    for q in map(json.loads, (ROOT / "corpus" / "questions.jsonl").read_text("utf-8").splitlines())
}
# For each format a question, and the place of its answer in words.
ANSWERED = {
    "pptx": ("To how many years was Salih Mustafa sentenced in the first instance?", "slide 4"),
    "pptx, notes": (
        "Why was a second attempt needed to pass the amendment on the Specialist Chambers?",
        "slide 2, speaker notes",
    ),
    "xlsx": ("Why did Behgjet Pacolli leave the presidency?", "Sheet 'Presidents', cells A4:D4"),
    "odt": (
        "Wie viele Soldaten ließ das erste Mandat des Bundestages für KFOR zu?",
        "paragraph 3, under “Das Mandat”",
    ),
    "epub": (
        "When were the four monuments placed on the List of World Heritage in Danger?",
        "chapter “In danger”, paragraph 1",
    ),
    "mhtml": (
        "When did the euro take the place of the mark in Kosovo?",
        "paragraph 4, under “The euro”",
    ),
    "zip": (
        "What did masked men do in North Mitrovica on the day of the local elections?",
        "in the archive at local-elections-2013.txt, paragraph 4, under “THE LOCAL ELECTIONS OF 2013”",
    ),
    "zip, another": (
        "How many members of the assembly voted for Vjosa Osmani as president?",
        "in the archive at assembly-election-2021.md, paragraph 4, under “The assembly election of 2021”",
    ),
    "eml": ("When does the reading group meet next?", "message of 2024-04-25, paragraph 3"),
    "eml, attached pdf": (
        "When did Kosovo open its embassy in Jerusalem?",
        "message of 2024-04-25, attachment minutes-2024-04-18.pdf, page 1",
    ),
    "png": ("Which regulation established the customs service of Kosovo?", "page 1"),
}
WITH_RESERVE = {"pptx, notes"}  # an order to the speaker, from which the reason must be gathered
# Rows, and a text in another script, of which the best passage must be found.
FOUND = {
    "csv": ("When did Poland recognise Kosovo?", r"row 19|rows 1 to 22"),
    "json": (
        "When was the joint crossing point at Brnjak opened?",
        r"points\[2\]|points\[0\] to points\[5\]",
    ),
    "rtf": ("Када је додељен позивни број 383?", r"paragraph \d"),
    "scan": ("How wide was the air zone beyond the boundary under the agreement of Kumanovo?", r"page \d"),
}
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def answers(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """All questions in one run of the program, with their answers."""
    folder = tmp_path_factory.mktemp("asked")
    asked = [{"question": question} for question, _ in [*ANSWERED.values(), *FOUND.values()]]
    questions, out = folder / "questions.jsonl", folder / "answers.jsonl"
    questions.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    Program()("ask", "--questions", questions, "--out", out, "--library", demonstration)
    return {a["question"]: a for a in map(json.loads, out.read_text("utf-8").splitlines())}


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_question_is_answered_and_its_place_is_said_in_words(answers: dict[str, Answer], kind: str) -> None:
    question, locator = ANSWERED[kind]
    answer = answers[question]
    assert answer["verdict"] == ("partial" if kind in WITH_RESERVE else "answered")
    (evidence,) = QUESTIONS[question]["evidence"]
    cited = [c for c in answer["citations"] if c["doc"] == evidence["doc"]]
    assert [c["locator"] for c in cited[:1]] == [locator]
    best = QUESTIONS[question]["answers"][0]
    assert best.casefold() in answer["answer"].casefold()


@pytest.mark.parametrize("kind", FOUND)
def test_the_passage_is_found_and_its_place_is_said_in_words(answers: dict[str, Answer], kind: str) -> None:
    question, locator = FOUND[kind]
    wanted = {e["doc"] for e in QUESTIONS[question]["evidence"]}
    hits = [h for h in answers[question]["hits"][:3] if h["doc"] in wanted]
    assert hits
    assert any(re.search(locator, h["locator"]) for h in hits), [h["locator"] for h in hits]


def deep(levels: int) -> bytes:
    """Return an archive in an archive, and so on, with a text in the innermost."""
    data = b"At the bottom lies a text about the harbour."
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"level{level}.zip" if level else "harbour.txt", data)
        data = buffer.getvalue()
    return data


def zeros(size: int) -> bytes:
    """Return an archive of a few hundred kilobytes that unpacks to `size` bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.txt", "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(b"0" * (1 << 20))
        archive.writestr("words.txt", "The harbour was built in 1902 by the town of Bar.")
    return buffer.getvalue()


def test_archives_that_are_too_deep_or_too_large_cost_nothing_else(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    (folder / "bomb.zip").write_bytes(zeros(300 << 20))
    (folder / "deep.zip").write_bytes(deep(12))
    (folder / "good.txt").write_text("The lighthouse was built in 1899 by the town of Ulcinj.", "utf-8")
    result = cli("add", folder, "--library", library, "--json", expect=1).json
    outcomes = {f["name"]: (f["outcome"], {p["reason"] for p in f["problems"]}) for f in result["files"]}
    assert outcomes["good.txt"] == ("added", set())
    assert "too_large" in {r for _, reasons in outcomes.values() for r in reasons}
    assert not any(outcome == "added" and "zeros" in name for name, (outcome, _) in outcomes.items())
    assert max(name.count("/") for name in outcomes) <= 6
    assert {r for _, reasons in outcomes.values() for r in reasons} <= {"too_large", "damaged"}
    answer = cli("ask", "When was the lighthouse built?", "--library", library, "--json").json
    assert "1899" in answer["answer"]


def test_the_report_says_what_became_of_every_document(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    documents = ROOT / "corpus" / "documents"
    for name in (
        "press/missing-persons-agency.txt",
        "press/missing-persons-paper.html",
        "mail/minutes-of-the-reading-group.eml",
        "notes/pozivni-broj.rtf",
        "scans/customs-notice.png",
    ):
        (folder / Path(name).name).write_bytes((documents / name).read_bytes())
    (folder / "empty.docx").write_bytes(b"")
    result = cli("add", folder, "--library", library, "--json", expect=1).json
    files = {f["name"]: f for f in result["files"]}
    assert files["missing-persons-paper.html"]["same_text_as"] == "missing-persons-agency.txt"
    attached = files["minutes-of-the-reading-group.eml/minutes-2024-04-18.pdf"]
    assert attached["container"] == "minutes-of-the-reading-group.eml"
    assert attached["kind"] == "pdf"
    assert files["customs-notice.png"]["scanned"] == 1
    assert files["customs-notice.png"]["confidence"] > 0.9
    assert files["empty.docx"]["outcome"] == "failed"
    totals = result["totals"]
    assert (totals["files"], totals["documents"], totals["inside"]) == (6, 7, 1)
    assert (totals["failed"], totals["scanned"], totals["duplicates"]) == (1, 1, 1)
    assert totals["languages"] == {"en": 5, "sr": 1}
    assert totals["reasons"] == {"empty": 1}
    # What was recognised is kept: without the file's change nothing is recognised, or read, again.
    again = cli("add", folder, "--library", library, "--json", expect=1).json
    assert {f["outcome"] for f in again["files"]} <= {"unchanged", "failed"}


def test_the_same_report_in_two_papers_is_one_source(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    for name in ("missing-persons-agency.txt", "missing-persons-paper.html"):
        (folder / name).write_bytes((ROOT / "corpus/documents/press" / name).read_bytes())
    cli("add", folder, "--library", library)
    answer = cli(
        "ask", "How many cases of missing people are still open?", "--library", library, "--json"
    ).json
    assert answer["verdict"] == "answered"
    assert "1,600" in answer["answer"]
    assert all(len(claim["citations"]) == 1 for claim in answer["claims"])


def test_a_password_on_the_command_line_opens_what_is_protected(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    page = Canvas(str(folder / "locked.pdf"), encrypt=StandardEncryption("sesame", strength=128))
    page.drawString(72, 720, "The ferry to Bari was taken out of service in 1987.")
    page.showPage()
    page.save()
    (folder / "locked.zip").write_bytes(
        locked_zip("tide.txt", b"The tide table was printed in 1954.", "sesame")
    )
    for words, opened in (((), 0), (("--password", "wrong"), 0), (("--password", "sesame"), 2)):
        result = cli("add", folder, "--library", library, *words, "--json", expect=None)
        outcomes = [f for f in result.json["files"] if f["outcome"] in ("added", "updated")]
        assert len([f for f in outcomes if f["passages"]]) == opened
        assert "sesame" not in result.stdout + result.stderr
        if not opened:
            assert result.json["totals"]["reasons"] == {"encrypted": 2}
            assert result.status == 1
    answer = cli(
        "ask", "When was the ferry to Bari taken out of service?", "--library", library, "--json"
    ).json
    assert "1987" in answer["answer"]


def test_a_file_that_kills_the_reader_costs_its_last_page_only(cli: Program, tmp_path: Path) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    folder.mkdir()
    (folder / "bomb.pdf").write_bytes(bomb(pages_before=3))
    (folder / "good.txt").write_text("The lighthouse was built in 1899 by the town of Ulcinj.", "utf-8")
    result = cli("add", folder, "--library", library, "--json", expect=1).json
    files = {f["name"]: f for f in result["files"]}
    assert files["good.txt"]["outcome"] == "added"
    assert files["bomb.pdf"]["outcome"] == "partial"
    assert [p["part"] for p in files["bomb.pdf"]["problems"]] == ["page 4"]
    answer = cli("ask", "What did the harbour office count?", "--library", library, "--json").json
    assert {hit["page"] for hit in answer["hits"] if hit["doc"] == "bomb.pdf"} <= {1, 2, 3}
    assert any(hit["doc"] == "bomb.pdf" for hit in answer["hits"])
