"""Where the window is put together: the only code that constructs settings, tasks, panes and presenters.

Nothing heavy is imported here; the window is on screen first, then the library is opened and the models are
loaded behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from qa_desktop import settings as stored
from qa_desktop.errors import SettingsInvalid
from qa_desktop.gui.actions import Actions, Intents
from qa_desktop.gui.application import Application
from qa_desktop.gui.examples import example_questions
from qa_desktop.gui.file_kinds import dialog_filter
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.library_presenter import LibraryPresenter
from qa_desktop.gui.main_window import MainWindow
from qa_desktop.gui.messages import Messages
from qa_desktop.gui.originals import OriginalOpener
from qa_desktop.gui.presenter import Presenter
from qa_desktop.gui.reading_presenter import ReadingPresenter
from qa_desktop.gui.source_view import SourceView
from qa_desktop.gui.tasks import Tasks
from qa_desktop.gui.theme import Theme
from qa_desktop.paths import bundled, default_library, demonstration_library, user_config, user_data


class Desktop:
    """The running program: its parts, and the few things that concern several of them.

    Attributes: `window`, `presenter`, `libraries`, `tasks`, `theme`, `messages`, `settings`.
    """

    def __init__(self, app: QApplication) -> None:
        self.messages = Messages()
        self.settings = self._load_settings()
        self.theme = Theme(self.settings.theme, self.settings.text_percent)
        self.theme.apply(app)
        self.icons = Icons(self.theme)
        self.tasks = Tasks()
        self.memory = QSettings(str(user_config() / "window.ini"), QSettings.Format.IniFormat)
        self.source = SourceView(self.tasks, self.theme, icons=self.icons)
        self.window = MainWindow(self.theme, self.icons, self.messages, self.source, self.memory)
        self.libraries = LibraryPresenter(
            self.window.library_panel,
            self.tasks,
            self.messages,
            self.window.confirm,
            recognises_scans=lambda: self.settings.recognise_scans,
        )
        self.originals = OriginalOpener(lambda: self.libraries.library, self.tasks, self.messages)
        self.reading = ReadingPresenter(
            self.window,
            self.window.library_panel.report_line,
            self.libraries,
            self.messages,
            self.theme,
            self.icons,
            self.originals.show_folder,
        )
        self.presenter = Presenter(
            self.window.library_panel,
            self.window.ask_panel,
            self.source,
            self.libraries,
            self.tasks,
            self.messages,
            results=lambda: self.settings.results,
            examples=self._examples,
        )
        self.actions = Actions(self.window, self.icons, self._intents())
        self.actions.themes[self.settings.theme].setChecked(True)
        self._connect()

    def _connect(self) -> None:
        window, panel = self.window, self.window.library_panel
        window.dropped.connect(self.take)
        window.closing.connect(self.close)
        self.libraries.said.connect(window.say)
        self.libraries.opening.connect(lambda name: window.setWindowTitle(f"{name} – QA Desktop"))
        self.libraries.opened.connect(lambda library: self._remember_library(library.folder))
        self.reading.said.connect(window.say)
        self.presenter.said.connect(window.say)
        self.presenter.place_wanted.connect(lambda: window.panes.show_pane("source"))
        self.presenter.asked.connect(lambda text: self.memory.setValue("question", text))
        self.source.open_original.connect(self.originals.open)
        panel.open_original.connect(self.originals.open)
        for asker in (panel, window.ask_panel.welcome):
            asker.add_files.connect(self.choose_files)
            asker.add_folder.connect(self.choose_folder)

    def _intents(self) -> Intents:
        return Intents(
            add_files=self.choose_files,
            add_folder=self.choose_folder,
            open_library=self.choose_library,
            new_library=self.make_library,
            open_demonstration=lambda: self.libraries.open(demonstration_library()),
            open_own=lambda: self.libraries.open(default_library(), create=True),
            update=self.libraries.update,
            reading_report=self.reading.show,
            passwords=self.reading.ask_for_passwords,
            find_in_source=self.source.commands["find"],
            settings=self.show_settings,
            shortcuts=self.show_shortcuts,
            about=self.show_about,
            choose_theme=lambda theme: self.change(replace(self.settings, theme=theme)),
            scale_text=self._scale_text,
            choose_citation=self.presenter.choose_citation,
        )

    def start(self, folder: Path | None = None) -> None:
        """Show the window, then open `folder`, or the library that was open last."""
        self.messages.flush()
        self.window.show()
        if self.settings.remember_question:
            self.window.ask_panel.field.setText(str(self.memory.value("question", "")))
            self.window.ask_panel.field.selectAll()
        QTimer.singleShot(0, self.window, lambda: self._open_first(folder))

    def _open_first(self, folder: Path | None) -> None:
        last = Path(self.settings.last_library) if self.settings.last_library else None
        if folder is not None:
            self.libraries.open(folder, create=not folder.exists())
        elif self.settings.reopen and last is not None and last.is_dir():
            self.libraries.open(last)
        elif demonstration_library().is_dir():
            self.libraries.open(demonstration_library())
        else:
            self.libraries.open(default_library(), create=True)

    def close(self) -> None:
        """Stop all work and let go of the library."""
        library = self.libraries.library
        self.tasks.close()
        if library is not None:
            library.close()
            self.libraries.library = None

    # ------------------------------------------------------------------------------- choosing

    def take(self, paths: Sequence[Path]) -> None:
        """Take what was dropped or handed over: a library is opened, anything else is added."""
        from qa_desktop.indexing.store_schema import FILE_NAME  # noqa: PLC0415 - brings SQLite, not before the window

        if len(paths) == 1 and (paths[0] / FILE_NAME).is_file():
            self.libraries.open(paths[0])
        else:
            self.libraries.add(paths)

    def choose_files(self) -> None:
        """Ask for files and add them."""
        names, _ = QFileDialog.getOpenFileNames(
            self.window,
            self.window.tr("Add files"),
            str(Path.home()),
            dialog_filter(),
        )
        self.libraries.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and add it."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.window.tr("Add a folder and everything in it"), str(Path.home())
        )
        self.libraries.add([Path(name)] if name else [])

    def choose_library(self) -> None:
        """Ask for the folder of a library and open it."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.window.tr("Open a library: choose its folder"), str(user_data())
        )
        if name:
            self.libraries.open(Path(name))

    def make_library(self) -> None:
        """Ask for an empty folder and make a library there."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.window.tr("New library: choose or make an empty folder"), str(user_data())
        )
        if name:
            self.libraries.open(Path(name), create=True)

    # ------------------------------------------------------------------------------- settings

    def change(self, settings: stored.Settings) -> None:
        """Take over new settings at once and keep them."""
        self.settings = settings
        if (settings.theme, settings.text_percent) != (self.theme.choice, self.theme.text_percent):
            self.theme.choose(settings.theme, settings.text_percent)
        self.actions.themes[settings.theme].setChecked(True)
        try:
            stored.save(settings)
        except SettingsInvalid as error:
            self.messages.error(error)

    def _scale_text(self, by: int) -> None:
        low, high = stored.TEXT_PERCENT
        percent = min(high, max(low, self.settings.text_percent + by))
        self.change(replace(self.settings, text_percent=percent))

    def _load_settings(self) -> stored.Settings:
        try:
            return stored.load()
        except SettingsInvalid as error:
            self.messages.error(error)
            return stored.Settings()

    def _remember_library(self, folder: Path) -> None:
        kept = "" if folder == demonstration_library() else str(folder)
        if kept != self.settings.last_library:
            self.change(replace(self.settings, last_library=kept))

    def _examples(self) -> tuple[str, ...]:
        library = self.libraries.library
        if library is None or library.folder != demonstration_library():
            return ()
        return example_questions(bundled("corpus/questions.jsonl"))

    def show_settings(self) -> None:
        """Open the settings."""
        from qa_desktop.gui.settings_dialog import SettingsDialog  # noqa: PLC0415 - not needed to show the window

        dialog = SettingsDialog(self.settings, self.theme, self.window)
        dialog.changed.connect(self.change)
        dialog.open()

    def show_shortcuts(self) -> None:
        """Show the keyboard shortcuts."""
        from qa_desktop.gui.help_dialogs import ShortcutsDialog  # noqa: PLC0415 - not needed to show the window

        ShortcutsDialog(self.window, self.theme).open()

    def show_about(self) -> None:
        """Show what this program is."""
        from qa_desktop.gui.about import about_this_program  # noqa: PLC0415 - likewise, and it looks at the models
        from qa_desktop.gui.help_dialogs import AboutDialog  # noqa: PLC0415 - likewise

        AboutDialog(about_this_program(), self.theme, self.icons, self.window).open()


def run_window(argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit status when it is closed.

    `argv` is that of the process; `--library DIR` in it opens that library.
    """
    app = Application(argv or sys.argv[:1])
    desktop = Desktop(app)
    desktop.messages.install_hooks()
    app.close_on_signals()
    app.file_opened.connect(lambda path: desktop.take([path]))
    arguments = list(argv[1:])
    folder = None
    if "--library" in arguments[:-1]:
        folder = Path(arguments[arguments.index("--library") + 1])
    desktop.start(folder)
    status = app.exec()
    desktop.close()
    return int(status)


if __name__ == "__main__":
    sys.exit(run_window(sys.argv))
