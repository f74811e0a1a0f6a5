"""The tree of documents keeps ticks and folders consistent, whatever is ticked in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from qa_desktop.domain import DocumentEntry
from qa_desktop.gui.icons import Icons
from qa_desktop.gui.library_filter import Filter, facets
from qa_desktop.gui.library_model import FilteredLibrary, LibraryModel
from qa_desktop.gui.library_tree import Node, build_tree
from tests.support.entries import an_entry

CHECK = Qt.ItemDataRole.CheckStateRole


def entry(number: int, name: str, kind: str = "pdf", date: str = "") -> DocumentEntry:
    return DocumentEntry(number, name, "/" + name, kind, "", "", date, False, 1, 1, 10, "00", "searchable")


ENTRIES = [
    entry(1, "a/x.pdf", "pdf", "2001-05"),
    entry(2, "a/b/y.txt", "text", "2003"),
    entry(3, "a/b/z.txt", "text"),
    entry(4, "c.html", "html", "2003-01-01"),
]
part_names = st.lists(st.sampled_from("abc"), min_size=0, max_size=3)
entry_lists = st.lists(part_names, max_size=12).map(
    lambda all_parts: [entry(i, "/".join([*parts, f"{i}.txt"])) for i, parts in enumerate(all_parts)]
)


def find(model: LibraryModel, path: str, parent: QModelIndex | None = None) -> QModelIndex:
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if model.node(index).path == path:
            return index
        found = find(model, path, index) if model.rowCount(index) else QModelIndex()
        if found.isValid():
            return found
    return QModelIndex()


@pytest.fixture
def model(icons: Icons) -> LibraryModel:
    model = LibraryModel(icons)
    model.set_entries(ENTRIES)
    return model


def test_it_is_a_sound_model(model: LibraryModel, qtmodeltester: ModelTester) -> None:
    # pytest-qt has no annotations here.
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    qtmodeltester.check(FilteredLibrary(model), force_py=True)  # type: ignore[no-untyped-call]


def test_a_folder_ticks_what_is_below_and_shows_when_only_a_part_is(model: LibraryModel) -> None:
    assert model.scope() is None
    model.setData(find(model, "a/b"), Qt.CheckState.Unchecked.value, CHECK)
    assert model.scope() == frozenset({1, 4})
    assert model.data(find(model, "a"), CHECK) == Qt.CheckState.PartiallyChecked
    model.setData(find(model, "a"), Qt.CheckState.Checked.value, CHECK)
    assert model.scope() is None


def test_ticks_survive_a_new_list_but_not_another_library(model: LibraryModel) -> None:
    model.tick_only(frozenset({1}))
    model.set_entries([*ENTRIES, entry(9, "new.txt")])
    assert model.scope() == frozenset({1, 9})
    model.set_entries(ENTRIES, keep_ticks=False)
    assert model.scope() is None


@given(entry_lists, st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_every_document_stands_once_and_folders_agree_with_their_documents(
    entries: list[DocumentEntry], data: st.DataObject
) -> None:
    unticked = frozenset(e.name for e in entries if data.draw(st.booleans()))
    root = build_tree(entries, unticked)
    leaves = [leaf for leaf in root.leaves() if leaf.entry]
    assert sorted(leaf.path for leaf in leaves) == sorted(e.name for e in entries)

    def check(node: Node) -> None:
        ticks = {leaf.ticked for leaf in node.leaves()}
        wanted = {
            frozenset({True}): Qt.CheckState.Checked,
            frozenset({False}): Qt.CheckState.Unchecked,
            frozenset({True, False}): Qt.CheckState.PartiallyChecked,
        }
        if ticks:
            assert node.state == wanted[frozenset(ticks)]
        for row, child in enumerate(node.children):
            assert child.row == row
            assert child.parent is node
            check(child)

    check(root)


MAIL = an_entry(1, "box/mail.eml", title="The annual report", kind="mail")
REPORT = an_entry(
    3,
    "box/mail.eml/b.pdf",
    title="Report",
    container=1,
    inside=(0,),
    scanned=2,
    confidence=0.9,
    language="de",
)
ANNEX = an_entry(2, "box/mail.eml/a.txt", title="Annex", container=1, inside=(1,), same_text_as="annex.txt")
ZIP = an_entry(4, "papers.zip", title="papers", kind="zip", state="read", passages=0)
MEMBER = an_entry(5, "papers.zip/in/it.txt", title="It", container=4, inside=(0,), language="en")


def test_what_lies_inside_a_document_stands_below_it_in_its_order(model: LibraryModel) -> None:
    model.set_entries([MAIL, ANNEX, REPORT, ZIP, MEMBER])
    mail = find(model, "box/mail.eml")
    assert [model.index(row, 0, mail).data() for row in range(model.rowCount(mail))] == [
        "Report · scan",
        "Annex · duplicate",
    ]
    assert find(model, "box").data() == "box (3)"
    assert model.rowCount(find(model, "papers.zip")) == 1, "a folder in an archive is no folder of its own"
    tip = find(model, "box/mail.eml/b.pdf").data(Qt.ItemDataRole.ToolTipRole)
    assert "90 % confidence" in tip
    assert "annex.txt" in find(model, "box/mail.eml/a.txt").data(Qt.ItemDataRole.ToolTipRole)


def test_a_part_is_ticked_by_itself_or_with_its_document(model: LibraryModel) -> None:
    model.set_entries([MAIL, ANNEX, REPORT, ZIP, MEMBER])
    mail = find(model, "box/mail.eml")
    model.setData(find(model, "box/mail.eml/b.pdf"), Qt.CheckState.Unchecked.value, CHECK)
    assert model.scope() == frozenset({1, 2, 4, 5})
    assert model.data(mail, CHECK) == Qt.CheckState.PartiallyChecked
    model.setData(mail, Qt.CheckState.Unchecked.value, CHECK)
    assert model.scope() == frozenset({4, 5})
    model.setData(mail, Qt.CheckState.Checked.value, CHECK)
    assert model.scope() is None


def test_a_part_that_the_filter_accepts_shows_the_document_around_it(model: LibraryModel) -> None:
    model.set_entries([MAIL, ANNEX, REPORT, ZIP, MEMBER])
    proxy = FilteredLibrary(model)
    proxy.set_filter(Filter("report b.pdf"))
    assert [e.id for e in proxy.shown()] == [3]
    box = proxy.index(0, 0)
    assert proxy.rowCount() == 1
    assert proxy.rowCount(proxy.index(0, 0, box)) == 1
    proxy.set_filter(Filter(languages=frozenset({"en"})))
    assert [e.id for e in proxy.shown()] == [5]


def test_the_filter_shows_what_it_accepts_and_the_folders_around(model: LibraryModel) -> None:
    proxy = FilteredLibrary(model)
    proxy.set_filter(Filter("Z.TXT"))
    assert [e.id for e in proxy.shown()] == [3]
    assert proxy.rowCount() == 1
    proxy.set_filter(Filter(kinds=frozenset({"web", "pdf"}), years=frozenset({"2003"})))
    assert [e.id for e in proxy.shown()] == [4]
    proxy.set_filter(Filter())
    assert len(proxy.shown()) == 4


def test_facets_count_every_document_once() -> None:
    counts = facets(ENTRIES)
    assert counts["kinds"] == {"pdf": 1, "text": 2, "web": 1}
    assert counts["years"] == {"2001": 1, "2003": 2, "": 1}
    assert counts["folders"] == {"a": 3, "": 1}
