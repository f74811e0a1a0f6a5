"""Settings survive being written, and a bad file is refused in words."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.errors import SettingsInvalid
from qa_desktop.settings import THEMES, Settings, load, save

values = st.builds(
    Settings,
    theme=st.sampled_from(THEMES),
    text_percent=st.integers(80, 200),
    results=st.integers(3, 50),
    reopen=st.booleans(),
    last_library=st.text(),
    remember_question=st.booleans(),
    recognise_scans=st.booleans(),
)


@given(values)
def test_what_is_saved_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    path = tmp_path_factory.mktemp("config") / "settings.toml"
    save(settings, path)
    assert load(path) == settings


def test_a_missing_file_means_the_defaults_and_ten_settings_are_enough(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings()
    assert len(fields(Settings)) <= 10


def test_a_setting_of_another_version_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\ncolour_of_the_moon = 7\n', "utf-8")
    assert load(path) == Settings(theme="dark")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('theme = "pink"', "theme"),
        ("text_percent = 500", "text_percent"),
        ('results = "many"', "results"),
        ("reopen = 1", "reopen"),
        ("theme = ", "cannot be read"),
        ("\0", "cannot be read"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsInvalid) as caught:
        load(path)
    assert named in caught.value.explanation
    assert str(path) in caught.value.explanation


def test_a_value_out_of_bounds_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(), path)
    with pytest.raises(SettingsInvalid):
        save(replace(Settings(), results=0), path)
    assert load(path) == Settings()
