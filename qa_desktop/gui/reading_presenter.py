"""After reading: the report is remembered and shown, and files with a password are asked about together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qa_desktop.domain import DocumentEntry
from qa_desktop.errors import QAError
from qa_desktop.gui import report_words
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.library_presenter import LibraryPresenter
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.password_dialog import PasswordDialog
from qa_desktop.gui.reading_dialog import ReadingDialog
from qa_desktop.gui.reading_rows import ReadingRow, renewed, rows_of_library, rows_of_run
from qa_desktop.gui.report_files import FORMATS, save
from qa_desktop.gui.report_line import ReportLine
from qa_desktop.gui.theme import Theme

if TYPE_CHECKING:
    from qa_desktop.library import AddReport


class ReadingPresenter(QObject):
    """Remembers what became of the files of the last run, until the next one or another library.

    Signals: `said(text)` for the status bar.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        line: ReportLine,
        libraries: LibraryPresenter,
        messages: Messages,
        theme: Theme,
        icons: Icons,
        show_folder: Callable[[int], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._line = line
        self._libraries = libraries
        self._messages = messages
        self._theme = theme
        self._icons = icons
        self._show_folder = show_folder
        self._run: tuple[ReadingRow, ...] | None = None
        self._seconds: float | None = None
        self._offered: set[int] = set()
        self._trying: list[int] = []
        self.dialog: ReadingDialog | None = None
        self.passwords: PasswordDialog | None = None
        line.wanted.connect(self.show)
        libraries.opened.connect(lambda _: self._forget())
        libraries.listed.connect(lambda _: self._renew())
        libraries.read.connect(self._read)
        libraries.busy.connect(self._set_busy)

    @property
    def report(self) -> tuple[ReadingRow, ...]:
        """The report of the last run, or of the whole library where there was none."""
        return rows_of_library(self._libraries.entries) if self._run is None else self._run

    def show(self) -> None:
        """Open the report, or bring it to the front."""
        if self.dialog is None:
            self.dialog = dialog = ReadingDialog(self._theme, self._icons, self._window)
            dialog.retry.connect(self._libraries.retry)
            dialog.unlock.connect(self.ask_for_passwords)
            dialog.show_folder.connect(self._show_folder)
            dialog.save.connect(self._save)
        self._renew(anyway=True)
        self.dialog.set_busy(self._libraries.writing)
        _show(self.dialog)

    def ask_for_passwords(self, files: Sequence[int] = (), *, in_front: bool = True) -> None:
        """Open the dialog with all files that are locked, the first of `files` chosen."""
        if self.passwords is None:
            self.passwords = PasswordDialog(self._theme, self._icons, self._window)
            self.passwords.tried.connect(self._try)
        self.passwords.set_files(rows_of_library(self._libraries.entries))
        self.passwords.choose(files)
        self._offered.update(self.passwords.files)
        # What opens by itself must not take the keys from somebody who is typing a question.
        self.passwords.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not in_front)
        if in_front:
            _show(self.passwords)
        else:
            self.passwords.show()

    # ------------------------------------------------------------------------------- inside

    def _forget(self) -> None:
        self._run, self._seconds = None, None
        self._offered.clear()
        self._line.say("")
        if self.passwords is not None:
            self.passwords.close()
        self._renew()

    def _read(self, report: AddReport, entries: Sequence[DocumentEntry], again: Sequence[int]) -> None:
        rows = rows_of_run(report.files, entries)
        if not again:
            self._run, self._seconds = rows, report.seconds
        elif self._run is not None:
            self._run = renewed(self._run, rows)
        sentence = report_words.in_short(rows)
        self.said.emit(sentence)
        self._line.say(sentence if rows else "")
        self._renew()
        if self._trying:
            self._tell_tried(rows)
            return
        report_words.tell(rows, self._messages)
        locked = {row.file for row in rows if row.locked and row.file is not None}
        if locked - self._offered:
            self.ask_for_passwords(sorted(locked - self._offered), in_front=False)

    def _renew(self, *, anyway: bool = False) -> None:
        if self.dialog is not None and (anyway or self.dialog.isVisible()):
            report = self.report
            sentence = report_words.in_short(report)
            if self._run is None:
                sentence = self.tr("The library holds: %1").replace("%1", sentence)
            self.dialog.show_report(report, sentence, self._seconds)

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001 - the signature of the signal
        if self.dialog is not None:
            self.dialog.set_busy(busy)
        if busy:
            self._line.say("")
        elif self._trying:  # stopped or failed; a run that ended well was told before
            self._trying = []
            if self.passwords is not None:
                self.passwords.set_result([], [])

    def _try(self, files: list[int], password: str) -> None:
        self._trying = files
        self._libraries.retry(files, password=password)

    def _tell_tried(self, rows: Sequence[ReadingRow]) -> None:
        tried, self._trying = self._trying, []
        if self.passwords is not None:
            still = sorted({row.file for row in rows if row.locked and row.file in tried and row.file})
            self.passwords.set_files(rows_of_library(self._libraries.entries))
            self.passwords.set_result(tried, still)
            if not self.passwords.files:
                self.passwords.close()

    def _save(self) -> None:
        assert self.dialog is not None
        filters = {f"{self.tr(name)} ({glob})": ending for ending, (name, glob) in FORMATS.items()}
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / f"{self.tr('Reading report')}.csv")
        name, chosen = QFileDialog.getSaveFileName(
            self.dialog, self.tr("Save the reading report"), proposed, ";;".join(filters)
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower().lstrip(".") not in FORMATS:
            path = path.with_name(f"{path.name}.{filters.get(chosen, 'csv')}")
        self.save(path)

    def save(self, path: Path) -> None:
        """Save what the open report shows."""
        assert self.dialog is not None
        try:
            save(path, self.dialog.shown_or_selected(), self.dialog.seconds)
        except OSError as error:
            self._messages.error(
                QAError(
                    self.tr("The report could not be saved"),
                    self.tr("Nothing could be written to “%1”.").replace("%1", str(path)),
                    self.tr("Choose another folder, or free some space."),
                    str(error),
                )
            )
        else:
            self.said.emit(self.tr("Saved as “%1”").replace("%1", str(path)))


def _show(dialog: QWidget) -> None:
    """Open a dialog, or bring it to the front."""
    if dialog.isVisible():
        dialog.raise_()
    dialog.show()
    dialog.activateWindow()
