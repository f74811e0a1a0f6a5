"""Opening the original of a document in the system's own viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from qa_desktop.gui.messages import Messages
from qa_desktop.gui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from qa_desktop.library import Library, Original


class OriginalOpener(QObject):
    """Finds the file of a document and hands it to the system, or says where it should be."""

    def __init__(self, library: Callable[[], Library | None], tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._library = library
        self._tasks = tasks
        self._messages = messages

    def open(self, document_id: int) -> None:
        """Open the original of a document of the library that is open; for a part, the file it lies in."""
        self._find(document_id, self._found)

    def show_folder(self, document_id: int) -> None:
        """Open the folder in which the original of a document lies."""
        self._find(document_id, self._folder_found)

    def _find(self, document_id: int, then: Callable[[Original], None]) -> None:
        library = self._library()
        if library is not None:
            self._tasks.run(
                lambda *_: library.original(document_id),
                lane=Lane.PAGES,
                done=then,
                failed=self._messages.error,
            )

    def _folder_found(self, original: Original) -> None:
        folder = original.path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.warning(
                self.tr("The folder cannot be opened"), self.tr("It is “%1”.").replace("%1", str(folder))
            )

    def _found(self, original: Original) -> None:
        if original.state == "gone":
            self._messages.warning(
                self.tr("The original is not where it was"),
                self.tr("It was read from “%1”.").replace("%1", str(original.path)),
                self.tr("What was read of it can still be searched and quoted."),
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(original.path))):
            self._messages.warning(
                self.tr("The original cannot be opened"),
                self.tr("The system has no program for “%1”.").replace("%1", original.path.name),
            )
