"""The window does what a person asks of it, through the controls a person uses, over a real library."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qa_desktop.app import Desktop
from qa_desktop.errors import ModelMissing
from qa_desktop.gui.chip import Chip
from qa_desktop.gui.fold import Fold
from qa_desktop.gui.found_panel import FoundPanel
from qa_desktop.gui.marked_text import MarkedText
from qa_desktop.gui.pane_tabs import PaneTabs
from qa_desktop.gui.presenter import State
from qa_desktop.gui.source_card import SourceCard
from qa_desktop.gui.tasks import Lane
from qa_desktop.models.encoder import Encoder
from qa_desktop.models.spec import ModelSpec
from tests.support.desktop import ARRIVAL, DOCUMENTS, WITHDRAWAL, build_library, running

QUESTION = "When did the last soldiers leave the airfield?"
SLOW = 20_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_library(tmp_path_factory.mktemp("built"))


@pytest.fixture
def library(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "Airfield papers"))


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, library: Path) -> Iterator[Desktop]:
    with running(qtbot, qapp, library) as desktop:
        yield desktop


def ask(qtbot: QtBot, desktop: Desktop, question: str = QUESTION) -> None:
    field = desktop.window.ask_panel.field
    field.clear()
    QTest.keyClicks(field, question)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.presenter.state is State.ANSWERED, timeout=SLOW)


def texts(widget: QWidget) -> str:
    labels = [w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]
    return "\n".join(labels + [w.toPlainText() for w in widget.findChildren(MarkedText)])


def press(widget: QWidget, text: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if b.text().replace("&", "") == text]
    assert found, f"no button “{text}”"
    return found[0]


def drop(window: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(200, 200), actions, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(200, 200), actions, data, buttons, keys, QEvent.Type.Drop)
    QApplication.sendEvent(window, drop)


def names(desktop: Desktop) -> set[str]:
    return {entry.name for entry in desktop.libraries.entries}


def settle(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.libraries.writing and not desktop.tasks.busy, timeout=SLOW)


def test_it_opens_with_the_caret_in_the_question_field_and_the_documents_listed(desktop: Desktop) -> None:
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field
    assert desktop.presenter.state is State.READY
    assert names(desktop) == set(DOCUMENTS)
    assert "5 documents, all searchable" in texts(desktop.window.library_panel)
    assert desktop.window.windowTitle().startswith("Airfield papers")


def test_the_window_needs_nothing_heavy_before_it_is_shown() -> None:
    code = (
        "import sys; from qa_desktop.gui.application import Application; from qa_desktop.app import Desktop;"
        "app = Application(['x']); desktop = Desktop(app); desktop.window.show(); app.processEvents();"
        "heavy = {'numpy', 'onnxruntime', 'faiss', 'pypdf', 'pypdfium2', 'lxml', 'sqlite3', 'tokenizers'};"
        "print(sorted(heavy & set(sys.modules))); desktop.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent SIGTERM there")
def test_it_closes_in_order_when_told_to_end(library: Path) -> None:
    code = (
        "import os, signal, threading, time\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from qa_desktop.app import run_window\n"
        "def end():\n"
        "    while not (QApplication.instance() and QApplication.topLevelWidgets()): time.sleep(0.05)\n"
        "    time.sleep(1)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "threading.Thread(target=end, daemon=True).start()\n"
        f"raise SystemExit(run_window(['x', '--library', {str(library)!r}]))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert (Path(os.environ["QA_DESKTOP_CONFIG"]) / "window.ini").is_file()


def test_a_question_is_answered_word_for_word_with_its_place(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    shown = texts(view)
    assert WITHDRAWAL in shown
    assert "Answered" in shown
    assert "Searched 5 of 5 documents." in shown
    answer = desktop.presenter.answer
    assert answer is not None
    assert len(view.findChildren(SourceCard)) == len(answer.citations)
    for claim in answer.claims:
        assert any(claim.text.split()[0] in text for text in DOCUMENTS.values())
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field


def test_a_citation_opens_by_click_and_by_key_and_shows_which_is_open(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    shown: list[int] = []
    desktop.source.citation_shown.connect(shown.append)
    numbers = sorted({chip.number for chip in view.findChildren(Chip)})
    last = numbers[-1]
    chip = next(c for c in view.findChildren(Chip) if c.number == last)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert shown[-1] == last - 1
    QTest.keyClick(desktop.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shown[-1] == 0
    current = [c for c in view.findChildren(SourceCard) if c.property("current")]
    assert [c.number for c in current] == [1]
    assert (
        WITHDRAWAL in chip_tip(view, 1) or ARRIVAL in chip_tip(view, 1) or "contingent" in chip_tip(view, 1)
    )
    settle(qtbot, desktop)


def chip_tip(view: QWidget, number: int) -> str:
    return next(c for c in view.findChildren(Chip) if c.number == number).toolTip()


def test_ctrl_c_on_a_card_copies_the_quote_with_its_citation(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    answer = desktop.presenter.answer
    assert answer is not None
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"“{answer.citations[0].quote}”")
    assert answer.citations[0].document.name in copied


def test_enter_on_a_card_opens_its_place(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
    with qtbot.waitSignal(desktop.source.citation_shown):
        QTest.keyClick(card, Qt.Key.Key_Return)
    settle(qtbot, desktop)


def test_what_the_library_does_not_hold_is_said_with_the_nearest_passages(
    qtbot: QtBot, desktop: Desktop
) -> None:
    ask(qtbot, desktop, "Which composer wrote the opera about the barber of Seville?")
    shown = texts(desktop.window.ask_panel.answer)
    assert "Not found in this library" in shown
    assert "Nearest passages" in shown
    assert not desktop.window.ask_panel.answer.findChildren(Chip)


def test_how_this_was_found_unfolds(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    view = desktop.window.ask_panel.answer
    assert not view.findChildren(FoundPanel)
    fold = next(f for f in view.findChildren(Fold) if f.button.text() == "How this was found")
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    panel = view.findChildren(FoundPanel)[0]
    assert "BM25" in texts(panel)
    assert "in all" in texts(panel)


def test_escape_gives_up_a_search_at_once(qtbot: QtBot, desktop: Desktop) -> None:
    settle(qtbot, desktop)
    gate = threading.Event()
    desktop.tasks.run(lambda *_: gate.wait(10), lane=Lane.ASKING, done=lambda _: None, failed=print)
    field = desktop.window.ask_panel.field
    QTest.keyClicks(field, QUESTION)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desktop.window.ask_panel.busy
    qtbot.waitUntil(lambda: "Searching" in texts(desktop.window.ask_panel))
    assert field.isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desktop.presenter.state is State.READY
    assert field.text() == QUESTION
    gate.set()
    settle(qtbot, desktop)
    assert desktop.presenter.state is State.READY


def test_only_ticked_documents_are_searched(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.library_panel
    papers = next(
        panel.filtered.index(row, 0)
        for row in range(panel.filtered.rowCount())
        if panel.filtered.node(panel.filtered.index(row, 0)).path == "papers"
    )
    panel.tree.setFocus()
    panel.tree.setCurrentIndex(papers)
    QTest.keyClick(panel.tree, Qt.Key.Key_Space)
    assert "3 of 5 will be searched" in texts(panel)
    ask(qtbot, desktop)
    answer = desktop.presenter.answer
    assert answer is not None
    assert not any(h.document.name.startswith("papers/") for h in answer.hits)
    QTest.mouseClick(press(panel, "Search all"), Qt.MouseButton.LeftButton)
    assert panel.scope() is None
    settle(qtbot, desktop)


def test_with_nothing_ticked_a_sentence_says_so(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.library_panel.model.tick_only(frozenset())
    QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
    QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
    assert desktop.window.banner.isVisible()
    assert "No document is ticked" in texts(desktop.window.banner)
    assert desktop.presenter.state is State.READY


def test_filter_and_facets_narrow_the_list_and_can_become_the_scope(qtbot: QtBot, desktop: Desktop) -> None:
    panel = desktop.window.library_panel
    QTest.keyClicks(panel.filter_field, "press")
    qtbot.waitUntil(lambda: "2 of 5 shown" in texts(panel))
    QTest.mouseClick(press(panel, "Search only these"), Qt.MouseButton.LeftButton)
    scope = panel.scope()
    assert scope is not None
    assert {e.name for e in desktop.libraries.entries if e.id in scope} == {
        "press/digest.html",
        "press/notes.txt",
    }
    panel.filter_field.clear()
    action = next(a for a in panel.facets.kinds.menu().actions() if a.text().startswith("Web page"))
    assert action.text().endswith("(1)")
    action.trigger()
    qtbot.waitUntil(lambda: "1 of 5 shown" in texts(panel))


def test_dropped_files_are_read_and_those_that_cannot_be_are_named(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "tunnel.txt").write_text("The tunnel under the hill was opened in 1971.\n", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    drop(desktop.window, folder)
    qtbot.waitUntil(lambda: {"tunnel.txt", "broken.pdf"} <= names(desktop), timeout=SLOW)
    settle(qtbot, desktop)
    panel = desktop.window.library_panel
    assert "1 file could not be read" in texts(desktop.window.banner)
    assert panel.problems.isVisible()
    assert "broken.pdf" in texts(panel.problems._rows)
    ask(qtbot, desktop, "When was the tunnel under the hill opened?")
    assert "1971" in texts(desktop.window.ask_panel.answer)
    (folder / "broken.pdf").write_text("The ferry was replaced by a bridge.\n", "utf-8")
    panel.problems._fold.click()
    QTest.mouseClick(press(panel.problems, "Try again"), Qt.MouseButton.LeftButton)
    settle(qtbot, desktop)


def test_a_library_that_is_dropped_is_opened_not_read(
    qtbot: QtBot, desktop: Desktop, built: Path, tmp_path: Path
) -> None:
    settle(qtbot, desktop)
    other = Path(shutil.copytree(built, tmp_path / "Another"))
    drop(desktop.window, other)
    qtbot.waitUntil(lambda: desktop.window.windowTitle().startswith("Another"), timeout=SLOW)
    settle(qtbot, desktop)
    assert names(desktop) == set(DOCUMENTS)


def test_reading_can_be_cancelled_and_nothing_is_half_done(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"File {number} is about item {number}.\n" * 60, "utf-8")
    desktop.libraries.add([folder])
    strip = desktop.window.library_panel.busy
    qtbot.waitUntil(strip.isVisible, timeout=SLOW)
    QTest.mouseClick(press(strip, "Cancel"), Qt.MouseButton.LeftButton)
    settle(qtbot, desktop)
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=5000)
    assert len(names(desktop)) < 65
    assert all(e.passages for e in desktop.libraries.entries)


def test_removing_asks_once_names_what_is_lost_and_takes_out_nothing_else(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    panel = desktop.window.library_panel
    victim = next(e for e in desktop.libraries.entries if e.name == "notes.txt")
    panel.remove.emit([victim.id])
    box = desktop.window.findChild(QMessageBox)
    assert box is not None
    assert "notes.txt" in box.informativeText()
    QTest.mouseClick(press(box, "Cancel"), Qt.MouseButton.LeftButton)
    assert names(desktop) == set(DOCUMENTS)
    qtbot.waitUntil(lambda: desktop.window.findChild(QMessageBox) is None)
    panel.remove.emit([victim.id])
    box = desktop.window.findChild(QMessageBox)
    assert box is not None
    QTest.mouseClick(press(box, "Remove"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(desktop) == set(DOCUMENTS) - {"notes.txt"}, timeout=SLOW)
    settle(qtbot, desktop)


def test_a_damaged_library_is_refused_in_words_and_the_open_one_stays(
    qtbot: QtBot, desktop: Desktop, library: Path, tmp_path: Path
) -> None:
    settle(qtbot, desktop)
    damaged = tmp_path / "damaged"
    shutil.copytree(library, damaged)
    for path in damaged.iterdir():
        if path.is_file():
            path.write_bytes(b"not a database " * 100)
    desktop.libraries.open(damaged)
    qtbot.waitUntil(desktop.window.banner.isVisible, timeout=SLOW)
    assert "Traceback" not in texts(desktop.window.banner)
    assert desktop.window.windowTitle().startswith("Airfield papers")
    ask(qtbot, desktop)


def test_a_missing_model_is_named_and_asking_says_it_again_instead_of_waiting(
    qtbot: QtBot, qapp: QApplication, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(spec: ModelSpec) -> Encoder:
        raise ModelMissing(spec.name, spec.folder / "model.onnx")

    monkeypatch.setattr("qa_desktop.library.library.load_encoder", missing)
    with running(qtbot, qapp, library) as desktop:
        banner = desktop.window.banner
        qtbot.waitUntil(banner.isVisible, timeout=SLOW)
        assert "is not complete" in texts(banner)
        QTest.mouseClick(press(banner, "Dismiss"), Qt.MouseButton.LeftButton)
        QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
        QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
        qtbot.waitUntil(banner.isVisible, timeout=SLOW)
        assert desktop.presenter.state is State.READY
        settle(qtbot, desktop)


def test_a_library_that_cannot_be_opened_at_all_says_why_in_the_middle(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with running(qtbot, qapp, tmp_path / "empty") as desktop:
        assert desktop.presenter.state is State.UNUSABLE
        assert "There is no library in this folder" in texts(desktop.window.ask_panel.welcome)
        assert "There is no library in this folder" in texts(desktop.window.banner)


def test_documents_added_to_the_demonstration_go_to_the_users_own_library(
    qtbot: QtBot, qapp: QApplication, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_desktop.gui.library_presenter.demonstration_library", lambda: library)
    note = tmp_path / "own.txt"
    note.write_text("My own note on the tunnel.\n", "utf-8")
    with running(qtbot, qapp, library) as desktop:
        settle(qtbot, desktop)
        drop(desktop.window, note)
        qtbot.waitUntil(lambda: names(desktop) == {"own.txt"}, timeout=SLOW)
        settle(qtbot, desktop)
        assert desktop.window.windowTitle().startswith("My library")


def test_an_empty_library_invites_to_add_and_searches_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with running(qtbot, qapp, tmp_path / "new") as desktop:
        assert desktop.presenter.state is State.EMPTY
        assert "is empty" in texts(desktop.window.ask_panel.welcome)
        QTest.keyClicks(desktop.window.ask_panel.field, QUESTION)
        QTest.keyClick(desktop.window.ask_panel.field, Qt.Key.Key_Return)
        assert desktop.presenter.state is State.EMPTY
        settle(qtbot, desktop)


def test_an_example_is_asked_with_a_click_and_leaves_the_caret_in_the_field(
    qtbot: QtBot, qapp: QApplication, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_desktop.app.demonstration_library", lambda: library)
    with running(qtbot, qapp, library) as desktop:
        welcome = desktop.window.ask_panel.welcome
        examples = [b for b in welcome.findChildren(QPushButton) if b.property("kind") == "example"]
        assert len(examples) == 3
        QTest.mouseClick(examples[0], Qt.MouseButton.LeftButton)
        assert desktop.window.ask_panel.field.text() == examples[0].text()
        assert desktop.window.focusWidget() is desktop.window.ask_panel.field
        qtbot.waitUntil(lambda: desktop.presenter.state is State.ANSWERED, timeout=SLOW)
        settle(qtbot, desktop)


@pytest.mark.parametrize(("width", "panes"), [(1400, 3), (900, 2), (520, 1)])
def test_no_pane_is_squeezed(qtbot: QtBot, qapp: QApplication, library: Path, width: int, panes: int) -> None:
    with running(qtbot, qapp, library) as desktop:
        desktop.window.resize(width, 700)
        qtbot.waitUntil(lambda: desktop.window.width() == width)
        shown = [n for n in ("library", "ask", "source") if desktop.window.panes.shown(n)]
        assert len(shown) == panes
        assert "ask" in shown
        desktop.window.panes.show_pane("library")
        assert desktop.window.panes.shown("library")
        ask(qtbot, desktop)
        card = desktop.window.ask_panel.answer.findChildren(SourceCard)[0]
        card.opened.emit()
        assert desktop.window.panes.shown("source")
        settle(qtbot, desktop)


def test_where_one_pane_fits_tabs_lead_to_the_others(qtbot: QtBot, desktop: Desktop) -> None:
    tabs = desktop.window.findChildren(PaneTabs)[0]
    assert not tabs.isVisible()
    desktop.window.resize(520, 700)
    qtbot.waitUntil(tabs.isVisible)
    assert tabs.tabText(tabs.currentIndex()) == "Ask"
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert desktop.window.panes.shown("source")
    assert not desktop.window.panes.shown("ask")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert desktop.window.panes.shown("library")
    QTest.keyClick(desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desktop.window.focusWidget() is desktop.window.ask_panel.field
    desktop.window.resize(1400, 700)
    qtbot.waitUntil(lambda: not tabs.isVisible())


def test_another_theme_or_size_keeps_the_answer_and_the_open_citation(qtbot: QtBot, desktop: Desktop) -> None:
    ask(qtbot, desktop)
    desktop.change(replace(desktop.settings, theme="dark", text_percent=150))
    view = desktop.window.ask_panel.answer
    assert WITHDRAWAL in texts(view)
    assert [c.number for c in view.findChildren(SourceCard) if c.property("current")] == [1]
    assert QApplication.palette().color(QPalette.ColorRole.Base) == desktop.theme.colour("panel")
    settle(qtbot, desktop)


def test_f6_goes_round_the_panes(qtbot: QtBot, desktop: Desktop) -> None:
    window = desktop.window
    order = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        order.append(
            next(
                name
                for name, pane in (
                    ("library", window.library_panel),
                    ("ask", window.ask_panel),
                    ("source", window.source),
                )
                if focus is pane or (focus is not None and pane.isAncestorOf(focus))
            )
        )
    assert sorted(order) == ["ask", "library", "source"]


def test_it_remembers_geometry_panes_question_and_library(
    qtbot: QtBot, qapp: QApplication, library: Path
) -> None:
    with running(qtbot, qapp, library) as desktop:
        ask(qtbot, desktop)
        desktop.window.panes.toggle("source")
        desktop.window.resize(1234, 777)
        settle(qtbot, desktop)
    with running(qtbot, qapp, None) as desktop:
        assert desktop.window.ask_panel.field.text() == QUESTION
        assert not desktop.window.panes.shown("source")
        assert desktop.libraries.library is not None
        assert desktop.libraries.library.folder == library
        settle(qtbot, desktop)


def test_no_keys_are_given_twice(desktop: Desktop) -> None:
    seen: dict[str, str] = {}
    for action in desktop.window.findChildren(QAction):
        for keys in action.shortcuts():
            name = keys.toString(QKeySequence.SequenceFormat.PortableText)
            if name:
                assert name not in seen, f"{name}: “{seen[name]}” and “{action.text()}”"
                seen[name] = action.text()
    assert {"Ctrl+O", "Ctrl+Shift+O", "Ctrl+L", "Ctrl+F", "F6", "F1", "Alt+1", "Alt+9"} <= seen.keys()


def test_nothing_but_the_window_takes_drops_so_they_reach_it_from_everywhere(desktop: Desktop) -> None:
    takers = [w for w in desktop.window.findChildren(QWidget) if w.acceptDrops() and w.isVisible()]
    assert not takers, takers
