"""What a user may choose: at most ten settings, each with a visible control, kept in one TOML file.

What the window merely remembers (its size, its panes, the last question) is not a setting and lies elsewhere.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import tomli_w

from qa_desktop.errors import SettingsInvalid
from qa_desktop.paths import user_config

THEMES = ("system", "light", "dark")
TEXT_PERCENT = (80, 200)
RESULTS = (3, 50)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice, with its default.

    `theme` is one of THEMES; `text_percent` scales the system's font, within TEXT_PERCENT; `results` is how
    many passages a question brings, within RESULTS; `reopen` opens the `last_library` (a folder, empty for
    the demonstration library) at start; `remember_question` puts the last question back into its field;
    `recognise_scans` reads the text in pictures of pages, which takes seconds for each.
    """

    theme: str = "system"
    text_percent: int = 100
    results: int = 10
    reopen: bool = True
    last_library: str = ""
    remember_question: bool = True
    recognise_scans: bool = True


def settings_file() -> Path:
    """Return where the settings lie."""
    return user_config() / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """Read the settings; a missing file means the defaults, a name that is not known is passed over.

    Raises `SettingsInvalid` when the file is no TOML, cannot be read, or holds a value out of bounds.
    """
    path = path or settings_file()
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _invalid(path, "It cannot be read as a settings file.", str(error)) from error
    known = {field.name for field in fields(Settings)}
    settings = Settings(**{name: value for name, value in held.items() if name in known})
    check(settings, path)
    return settings


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, wholly or not at all.  Raises `SettingsInvalid` when that is not possible."""
    path = path or settings_file()
    check(settings, path)
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(tomli_w.dumps(asdict(settings)), "utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise _invalid(path, "It cannot be written.", str(error)) from error


def check(settings: Settings, path: Path | None = None) -> None:
    """Raise `SettingsInvalid`, naming the setting, when a value is of the wrong kind or out of bounds."""
    where = path or settings_file()
    for field in fields(Settings):
        value, default = getattr(settings, field.name), field.default
        if type(value) is not type(default):
            raise _invalid(where, f"“{field.name}” holds {value!r}, which is not of its kind.")
    if settings.theme not in THEMES:
        raise _invalid(where, f"“theme” is {settings.theme!r}; it can be {', '.join(THEMES)}.")
    for name, (low, high) in (("text_percent", TEXT_PERCENT), ("results", RESULTS)):
        if not low <= getattr(settings, name) <= high:
            raise _invalid(where, f"“{name}” is {getattr(settings, name)}; it can be {low} to {high}.")


def _invalid(path: Path, explanation: str, details: str = "") -> SettingsInvalid:
    return SettingsInvalid(
        "The settings cannot be used",
        f"{explanation} The file is “{path}”.",
        "Correct the file, or delete it to start again with the usual settings.",
        details,
    )
