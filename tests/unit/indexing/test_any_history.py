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
from tests.support.nested import make_zip_of

NAMES = ("a.txt", "b.txt", "sub/a.txt", "c.md", "d.zip", "e.zip")
READABLE = tuple(text for text in TEXTS if text)  # what cannot be read any more keeps its earlier text

step = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(READABLE)),
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
            assert {e.name: (e.state, e.inside, e.place) for e in old.store.entries()} == {
                e.name: (e.state, e.inside, e.place) for e in new.store.entries()
            }
            assert copies(old) == copies(new)
            assert old.store.words_are_sound()
        finally:
            old.close()
            new.close()


def copies(shelf: Shelf) -> set[frozenset[str]]:
    """Return which documents hold the same text."""
    together: dict[int, set[str]] = {}
    for entry in shelf.store.entries():
        together.setdefault(entry.text_id, set()).add(entry.name)
    return {frozenset(names) for names in together.values()}


def carry_out(action: str, folder: Path, name: str, other: str, shelf: Shelf, number: int) -> None:
    path = folder / name
    if action == "write":
        data = other.encode()
        path.write_bytes(packed(data) if name.endswith(".zip") else data)
        os.utime(path, ns=(0, 10**18 + number * 10**9))
    elif action == "delete" and path.is_file():
        path.unlink()
    elif action == "rename" and path.is_file():
        path.replace(folder / other)  # also under the name of another kind of file
    elif action == "add":
        shelf.add(folder)
    elif action == "update":
        shelf.update()
    elif action == "remove":
        for entry in shelf.store.entries():
            if entry.name == name:
                store_write.remove(shelf.store, entry.id)


def packed(data: bytes) -> bytes:
    """Return an archive in which a text lies twice, once in an archive of its own."""
    return make_zip_of(
        {"x.txt": data, "y.txt": b"This one is in every archive.", "z.zip": make_zip_of({"x.txt": data})}
    )
