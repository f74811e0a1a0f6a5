"""What is kept of an evaluation: a JSON file that can be read again, and a page that harms nobody."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from qa_desktop.errors import PathNotFound, UsageError
from qa_desktop.library.evaluation import Evaluation, Row, read_earlier, read_evaluation, to_json
from qa_desktop.library.evaluation.charts import percent
from qa_desktop.library.evaluation.evaluate import summarise
from qa_desktop.library.evaluation.questions import Evidence, KnownQuestion
from qa_desktop.library.evaluation.report import report
from qa_desktop.library.evaluation.scoring import Names, score
from tests.support.judged import answer, entry, hit

EVIL = "<script>alert('x')</script><img src=http://x.example/ onerror=a()>&\"'\x1b[31m"
DOCUMENT = entry(f"{EVIL}.pdf", 1)
TEXT = f"In July 2003 the last of them left the country. {EVIL}"


def about(**questions: Any) -> dict[str, Any]:
    return {
        "made_by": "qa-desktop 0",
        "made": "2024-05-06T07:08:09+00:00",
        "questions": {"file": f"{EVIL}.jsonl", "sha256": "f" * 64, "count": 4, "skipped": [], **questions},
        "library": {"name": EVIL, "id": "ab" * 16, "documents": 1, "passages": 2},
        "models": {"encoder": {"name": "e"}, "cross_encoder": {"name": "c"}},
        "settings": {"asked": "several at a time", "hits": 50},
        "computer": {"system": "Linux", "machine": "x86_64", "cores": 2},
    }


def rows() -> list[Row]:
    evidence = (Evidence(DOCUMENT.name, 1, TEXT),)
    known = [KnownQuestion(f"{EVIL}{i}", f"{EVIL}?", (EVIL, "2003"), evidence, f"{EVIL} kind") for i in "abc"]
    known.append(KnownQuestion("u", "Why?", (), ()))
    found, names = [hit(DOCUMENT, TEXT)], Names([DOCUMENT])
    given = [
        answer(found, [(DOCUMENT, TEXT)], confidence=0.9, short=EVIL),
        answer(found, confidence=0.2),
        answer(found, [(DOCUMENT, "Another thing was said.")], confidence=0.7, ms=1700),
        answer(found, [(DOCUMENT, "It is known why.")], confidence=0.6),
    ]
    return [score(k, a, names, lambda _: False) for k, a in zip(known, given, strict=True)]


@pytest.fixture
def evaluation() -> Evaluation:
    return summarise(rows(), about(skipped=[{"line": 3, "reason": EVIL}]), (EVIL,))


def test_an_evaluation_is_read_again_as_it_was(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps(to_json(evaluation), allow_nan=False), encoding="utf-8")
    earlier = read_earlier(path)
    assert [r.id for r in earlier.rows] == [r.id for r in evaluation.rows]
    assert read_evaluation(path).figures.keys() == evaluation.figures.keys()
    again = summarise(rows(), about(), (), earlier).comparison
    assert again is not None
    assert again.questions == 4
    assert not any(change.difference or change.certain for change in again.changes.values())
    assert to_json(read_evaluation(path))["rows"] == to_json(evaluation)["rows"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "JSON"),
        ("[]", "not an evaluation"),
        ('{"format": "qa-desktop evaluation", "version": 99}', "99"),
        ('{"format": "qa-desktop evaluation", "version": 1}', "not complete"),
        ('{"format": "qa-desktop evaluation", "version": 1, "rows": [{}]}', "not complete"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_earlier(path)
    with pytest.raises(PathNotFound):
        read_earlier(tmp_path / "none.json")


def test_what_is_not_as_it_should_be_makes_it_unsound(evaluation: Evaluation) -> None:
    assert not evaluation.sound
    exact = [r for r in rows() if not r.citations]
    assert summarise(exact, about()).sound
    assert not summarise(exact, about(), ("gone.txt",)).sound
    assert not summarise(rows(), about()).sound  # quotes that are not exact


class Page(HTMLParser):
    """Collects what a browser would make of a page."""

    VOID = ("meta",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_stands_by_itself_and_runs_nothing(evaluation: Evaluation) -> None:
    text = report(evaluation)
    page = Page(text)
    assert page.open == []
    assert not {"script", "img", "link", "iframe", "object", "a", "form"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not {"src", "href", "srcset", "action", "data"} & names
    assert not [name for name in names if name.startswith("on")]
    style = text.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in style
    assert EVIL.replace("\x1b", "") in "".join(page.words).replace("\x1b", "")  # shown as the letters it is


def test_the_page_draws_what_was_measured(evaluation: Evaluation) -> None:
    text = report(evaluation)
    titles = re.findall(r"<svg [^>]*><title>([^<]+)", text)
    assert titles == [
        "What became of the questions",
        "Recall among the first 1, 5 and 10",
        "Share of questions declined, by threshold",
        "Risk over coverage",
        "Calibration of confidence",
        "Time from question to answer",
    ]
    for words in ("Declined, though the documents answer", "Something else was cited", "not what the stored"):
        assert words in text
    assert "var(--" in text
    used = set(re.findall(r"var\((--[\w-]+)", text)) - {"--share"}
    assert used <= set(re.findall(r"(--[\w-]+):", text))  # every colour that is used exists


def test_a_page_without_unanswerable_questions_has_no_plots_of_confidence() -> None:
    text = report(summarise(rows()[:3], about()))
    assert "Risk over coverage" not in text
    assert "Recall among the first" in text


def test_only_everything_is_a_hundred_per_cent() -> None:
    assert [percent(share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        "0 %",
        "1 %",
        "50 %",
        "99 %",
        "100 %",
    ]


def test_a_file_of_rankings_has_only_what_concerns_documents() -> None:
    known = KnownQuestion("r", "x", (), (Evidence(DOCUMENT.name, grade=2),), "topic")
    ranked = score(known, answer([hit(DOCUMENT, TEXT)]), Names([DOCUMENT]), lambda _: True)
    text = report(summarise([ranked], about()))
    assert "of the right documents among the first 5" in text
    assert "What became of the questions" not in text
    assert "By kind of question" not in text
    assert "Risk over coverage" not in text
