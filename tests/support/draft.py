"""A small document made in a test, and the view that shows its text."""

from __future__ import annotations

from collections.abc import Sequence

from pytestqt.qtbot import QtBot

from qa_desktop.domain import Block, BlockKind, Page, Run
from qa_desktop.gui.text_flow import lay_out
from qa_desktop.gui.text_view import TextView
from qa_desktop.gui.theme import Theme


class Draft:
    """Grows a document without pages."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def add(self, kind: BlockKind, text: str, level: int = 0, label: str = "") -> None:
        start = len(self.text)
        self.text += text + "\n\n"
        self.blocks.append(Block(kind, (Run(1, start, start + len(text)),), level, label))

    @property
    def pages(self) -> tuple[Page, ...]:
        return (Page(1, self.text),)

    def run(self, words: str) -> Run:
        start = self.text.index(words)
        return Run(1, start, start + len(words))


def shown_view(qtbot: QtBot, theme: Theme) -> TextView:
    """A view of usual size, on screen."""
    view = TextView(theme)
    qtbot.addWidget(view)
    view.resize(560, 640)
    view.show()
    qtbot.waitExposed(view)
    return view


def show(qtbot: QtBot, view: TextView, draft: Draft, runs: Sequence[Run]) -> bool:
    """Show a document at a place until all of it is laid out; tell whether the words could be marked."""
    view.open(lay_out(draft.blocks, draft.pages, paged=False), draft.pages)
    with qtbot.waitSignal(view.place_shown) as shown:
        view.show_place(runs)
    qtbot.waitUntil(lambda: view.complete)
    return bool(shown.args[0])
