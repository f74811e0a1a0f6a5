"""The source of a citation, over a real library of real files, read and drawn by the worker process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from qa_desktop.domain import Citation, Hit, Run
from qa_desktop.gui.page_view import PageView
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.text_view import TextView
from qa_desktop.library import Library
from tests.support.source import NOTE, QUOTE, cite, make_source_library, open_first, stage, words_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_source_library(tmp_path_factory.mktemp("made"))


@pytest.fixture
def paper(made: Path) -> Iterator[Path]:
    """The original PDF, which a test may change or take away; it is put back."""
    path = made / "originals" / "paper.pdf"
    content, facts = path.read_bytes(), path.stat()
    yield path
    path.write_bytes(content)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


@pytest.fixture
def library(made: Path) -> Iterator[Library]:
    with Library.open(made / "library") as library:
        yield library


def test_nothing_is_shown_before_something_is_chosen(source: SourceView) -> None:
    assert "No source chosen yet" in words_in(source)
    assert not any(command.isEnabled() for command in source.commands.values())


def test_a_citation_opens_its_page_with_its_words_marked(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    chosen: list[int] = []
    source.citation_shown.connect(chosen.append)
    open_first(qtbot, source, cite(library, "paper.pdf", QUOTE))
    view = source.findChild(PageView)
    assert isinstance(view, PageView)
    assert stage(source) is view
    assert view.page == 7
    assert 0 <= view.marked.top() < view.viewport().height() / 3
    assert "A paper on the airfield" in words_in(source)
    assert "Page 7 of 9 (printed vii)" in words_in(source)
    assert source.notice == ""
    assert chosen == [0]


def test_a_citation_of_another_format_opens_its_text(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "notes.md", NOTE))
    view = stage(source)
    assert isinstance(view, TextView)
    assert view.marks == (NOTE,)
    assert "paragraph 21, under “Notes”" in words_in(source)


def test_citations_are_stepped_through(qtbot: QtBot, source: SourceView, library: Library) -> None:
    chosen: list[int] = []
    source.citation_shown.connect(chosen.append)
    both = (cite(library, "paper.pdf", QUOTE, 1), cite(library, "notes.md", NOTE, 2))
    open_first(qtbot, source, *both)
    assert not source.commands["previous_citation"].isEnabled()
    source.commands["next_citation"].trigger()
    qtbot.waitUntil(lambda: isinstance(stage(source), TextView))
    assert not source.commands["next_citation"].isEnabled()
    source.commands["previous_citation"].trigger()
    qtbot.waitUntil(lambda: isinstance(stage(source), PageView))
    assert chosen == [0, 1, 0]


def test_the_stored_text_is_shown_when_the_original_is_gone(
    qtbot: QtBot, source: SourceView, library: Library, paper: Path
) -> None:
    citation = cite(library, "paper.pdf", QUOTE)
    paper.unlink()
    open_first(qtbot, source, citation)
    view = stage(source)
    assert isinstance(view, TextView)
    assert view.marks == (QUOTE,)
    assert "paper.pdf" in source.notice
    assert "no longer" in source.notice
    assert not source.commands["open"].isEnabled()


def test_a_changed_file_is_never_marked_where_the_words_may_no_longer_stand(
    qtbot: QtBot, source: SourceView, library: Library, paper: Path
) -> None:
    citation = cite(library, "paper.pdf", QUOTE)
    paper.write_bytes(paper.read_bytes() + b"\n% changed\n")
    open_first(qtbot, source, citation)
    view = stage(source)
    assert isinstance(view, TextView)
    assert view.marks == (QUOTE,)
    assert "changed since it was read" in source.notice
    assert source.commands["open"].isEnabled()


def test_a_place_that_cannot_be_proven_is_not_marked(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    true = cite(library, "paper.pdf", QUOTE)
    moved = Citation(1, true.document, 1, QUOTE, (Run(7, 3, 3 + len(QUOTE)),), 7, "vii", "")
    open_first(qtbot, source, moved)
    view = stage(source)
    assert isinstance(view, PageView)
    qtbot.waitUntil(lambda: view.page == 7)
    assert view.marked.isEmpty()
    assert "cannot be proven" in source.notice


def test_a_page_that_cannot_be_drawn_gives_way_to_the_text(
    qtbot: QtBot, source: SourceView, library: Library, paper: Path
) -> None:
    citation = cite(library, "paper.pdf", QUOTE)
    facts = paper.stat()
    paper.write_bytes(b"%PDF-1.4 nothing".ljust(facts.st_size, b" "))
    os.utime(
        paper, ns=(facts.st_atime_ns, facts.st_mtime_ns)
    )  # a file that decays on its disk keeps its date
    source.show_citations((citation,), 0)
    qtbot.waitUntil(lambda: isinstance(stage(source), TextView), timeout=10_000)
    assert stage(source).marks == (QUOTE,)  # type: ignore[attr-defined]
    assert "cannot be drawn" in source.notice


def test_a_passage_that_was_found_is_shown(qtbot: QtBot, source: SourceView, library: Library) -> None:
    from qa_desktop.domain import Passage, Sentence

    citation = cite(library, "notes.md", NOTE)
    passage = Passage(
        0, "body", ("Notes",), (Sentence(citation.quote, citation.runs),), 1, citation.document.id
    )
    source.show_hit(Hit(passage, citation.document, 1.0))
    qtbot.waitUntil(lambda: isinstance(stage(source), TextView))
    assert stage(source).marks == (NOTE,)  # type: ignore[attr-defined]
    assert not source.commands["next_citation"].isEnabled()


def test_words_are_found_in_the_whole_document_and_the_citation_comes_back(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "paper.pdf", QUOTE))
    view = source.findChild(PageView)
    assert isinstance(view, PageView)
    mine = view.marked.height()
    source.commands["find"].trigger()
    field = next(f for f in source.findChildren(QLineEdit) if f.accessibleName() == "Find in this document")
    assert field.hasFocus()
    QTest.keyClicks(field, "line 3 OF page 9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.page == 9 and not view.marked.isEmpty())
    assert "1 of 1" in words_in(source)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.isHidden() or not field.isVisible()
    qtbot.waitUntil(lambda: view.page == 7 and not view.marked.isEmpty())
    assert view.marked.height() == pytest.approx(mine, abs=2)


def test_the_page_field_and_the_buttons_turn_pages(
    qtbot: QtBot, source: SourceView, library: Library
) -> None:
    open_first(qtbot, source, cite(library, "paper.pdf", QUOTE))
    view = source.findChild(PageView)
    assert isinstance(view, PageView)
    source.commands["next_page"].trigger()
    assert view.page == 8
    field = next(f for f in source.findChildren(QLineEdit) if f.accessibleName() == "Page")
    assert field.text() == "8"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert view.page == 2
    assert source.commands["previous_page"].isEnabled()


def test_the_original_is_asked_for(qtbot: QtBot, source: SourceView, library: Library) -> None:
    citation = cite(library, "paper.pdf", QUOTE)
    open_first(qtbot, source, citation)
    with qtbot.waitSignal(source.open_original) as asked:
        source.commands["open"].trigger()
    assert asked.args == [citation.document.id]


def test_another_library_clears_the_pane(qtbot: QtBot, source: SourceView, library: Library) -> None:
    open_first(qtbot, source, cite(library, "paper.pdf", QUOTE))
    source.set_library(None)
    assert "No source chosen yet" in words_in(source)
    assert source.notice == ""


def test_choosing_quickly_shows_the_last_choice(
    qtbot: QtBot, source: SourceView, library: Library, tasks: Tasks
) -> None:
    both = (cite(library, "paper.pdf", QUOTE, 1), cite(library, "notes.md", NOTE, 2))
    for index in (0, 1, 0, 1, 0, 1):
        source.show_citations(both, index)
    qtbot.waitUntil(lambda: isinstance(stage(source), TextView))
    qtbot.waitUntil(lambda: not tasks.busy)
    view = stage(source)
    assert isinstance(view, TextView)
    assert view.marks == (NOTE,)


def test_every_button_has_a_name_and_can_be_reached(source: SourceView) -> None:
    for button in source.findChildren(QToolButton):
        assert button.accessibleName()
        in_a_field = isinstance(button.parent(), QLineEdit)  # whose keys do what the button does
        assert in_a_field or button.focusPolicy() & Qt.FocusPolicy.TabFocus
