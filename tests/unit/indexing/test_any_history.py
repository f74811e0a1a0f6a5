"""The law of adding: whatever was added, changed and taken out before, a library ends like a fresh one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_desktop.indexing import store_write
from qa_desktop.models.encoder import Encoder
from tests.support.library import TEXTS, Shelf

NAMES = ("a.txt", "b.txt", "sub/a.txt", "c.md")

step = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("add"), st.just(""), st.just("")),
    st.tuples(st.just("update"), st.just(""), st.just("")),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=2, max_size=8))
def test_any_history_ends_like_a_fresh_library(encoder: Encoder, steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "papers"
        (folder / "sub").mkdir(parents=True)
        (folder / "always.txt").write_text("This one stays where it is.\n")
        old = Shelf(Path(place) / "old", encoder)
        old.add(folder)
        for number, (action, name, other) in enumerate(steps):
            carry_out(action, folder, name, other, old, number)
        old.update()
        new = Shelf(Path(place) / "new", encoder)
        new.add(folder)
        try:
            assert old.contents() == new.contents()
            assert old.nearest("When was the bridge closed?") == new.nearest("When was the bridge closed?")
            assert {e.name: e.state for e in old.store.entries()} == {
                e.name: e.state for e in new.store.entries()
            }
            assert old.store.words_are_sound()
        finally:
            old.close()
            new.close()


def carry_out(action: str, folder: Path, name: str, other: str, shelf: Shelf, number: int) -> None:
    path = folder / name
    if action == "write":
        path.write_text(other)
        os.utime(path, ns=(0, 10**18 + number * 10**9))
    elif action == "delete" and path.is_file():
        path.unlink()
    elif action == "rename" and path.is_file():
        path.replace(folder / other)
    elif action == "add":
        shelf.add(folder)
    elif action == "update":
        shelf.update()
    elif action == "remove":
        for entry in shelf.store.entries():
            if entry.name == name:
                store_write.remove(shelf.store, entry.id)
