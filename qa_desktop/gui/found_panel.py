"""How this was found: the steps of a search with their words, ranks, scores and times."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qa_desktop.domain import Answer, Hit
from qa_desktop.gui import words
from qa_desktop.gui.plain_label import plain_label
from qa_desktop.gui.theme import Theme
from qa_desktop.gui.verdict_words import why

_MOST_ROWS = 12


class FoundPanel(QFrame):
    """The one place of the window where the terms of the craft are used, each with what it means."""

    def __init__(self, answer: Answer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("foundPanel")
        self.setAccessibleName(self.tr("How this was found"))
        self._column = QVBoxLayout(self)
        gap, small = theme.size("gap"), theme.size("gap_small")
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(theme.size("gap_tiny"))
        for number, (title, text) in enumerate(self._steps(answer), start=1):
            self._column.addWidget(plain_label(f"{number}. {title}", "heading"))
            self._column.addWidget(plain_label(text, "muted"))
            self._column.addSpacing(small)
        if answer.hits:
            self._column.addWidget(self._table(answer.hits[:_MOST_ROWS]))
        times = self._times(answer)
        if times:
            self._column.addWidget(plain_label(times, "small"))

    def _steps(self, answer: Answer) -> list[tuple[str, str]]:
        trace = answer.trace
        terms = ", ".join(trace.terms) or self.tr("none")
        looked = self.tr("%1 passages held words of the question: %2.")
        also = self.tr("No text holds “%1”; it was also read as %2.")
        meant = self.tr("%1 passages lay closest to the question in meaning, by the angle between vectors.")
        read = self.tr(
            "%1 candidates were left and compared with the question word piece by word piece; a "
            "cross-encoder read the best %2 together with it; passages to which the best ones lead moved up."
        )
        chosen = self.tr(
            "Sentences were taken word for word; each quote was compared with the stored text, letter by "
            "letter."
        )
        return [
            (
                self.tr("Words (BM25)"),
                " ".join(
                    [
                        looked.replace("%1", words.number(trace.words)).replace("%2", terms),
                        *(
                            also.replace("%1", word).replace("%2", ", ".join(f"“{o}”" for o in others))
                            for word, others in trace.read_as
                        ),
                    ]
                ),
            ),
            (self.tr("Meaning (dense vectors)"), meant.replace("%1", words.number(trace.dense))),
            (
                self.tr("Fusion, late interaction and second reading"),
                read.replace("%1", words.number(trace.candidates)).replace(
                    "%2", words.number(trace.reranked)
                ),
            ),
            (self.tr("Verdict"), " ".join(why(answer))),
            *([(self.tr("Sentences and proof"), chosen)] if answer.claims else []),
        ]

    def _table(self, hits: tuple[Hit, ...]) -> QTableWidget:
        heads = [
            self.tr("Passage"),
            self.tr("Words"),
            self.tr("Meaning"),
            self.tr("Piece by piece"),
            self.tr("Second reading"),
            self.tr("Score"),
        ]
        table = QTableWidget(len(hits), len(heads))
        table.setAccessibleName(self.tr("The passages in their order, with their ranks and scores"))
        table.setHorizontalHeaderLabels(heads)
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        for row, hit in enumerate(hits):
            name = ", ".join(w for w in (words.title(hit.document), words.hit_place(hit)) if w)
            name = f"{words.number(row + 1)}.  {name}"
            cells = [
                name,
                _rank(hit.ranks.words_rank, hit.ranks.words_score),
                _rank(hit.ranks.dense_rank, hit.ranks.dense_score),
                _score(hit.ranks.late_score),
                _score(hit.ranks.rerank_score),
                _score(hit.score),
            ]
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                else:
                    item.setToolTip(words.tip(f"{name}\n{words.short(hit.passage.text, 300)}"))
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        for column in range(len(heads)):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            head = table.horizontalHeaderItem(column)
            assert head is not None
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.resizeRowsToContents()
        height = header.sizeHint().height() + sum(table.rowHeight(r) for r in range(len(hits))) + 4
        table.setFixedHeight(height)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return table

    def _times(self, answer: Answer) -> str:
        names = {
            "encode": self.tr("question to vector"),
            "search": self.tr("search"),
            "rerank": self.tr("second reading"),
            "answer": self.tr("choosing sentences"),
            "total": self.tr("in all"),
        }
        return " · ".join(
            f"{names.get(name, name)} {QLocale().toString(ms, 'f', 0)} ms"
            for name, ms in answer.trace.timings_ms
        )


def _score(value: float | None) -> str:
    return "–" if value is None else QLocale().toString(value, "f", 2)


def _rank(rank: int | None, score: float | None) -> str:
    return "–" if rank is None else f"{words.number(rank)}.  ({_score(score)})"
