from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document, text_of
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.markdown import read_markdown
from tests.support.documents import check, texts, words

SOURCE = """---
title: "The Ferry Question"
author: Ada Brand
date: 2021-03-04
---
<!-- a remark nobody sees -->
# A *strong* **case** for `ferries` &amp; \\*boats\\*

The [council](https://example.org/a_(b) "t") met[^one] in May. It was <b>close</b>, and
went on until ~~nine~~ ten. ![A ferry](ferry.png) <https://example.org>

> Quoted words
> go on.

Costs
-----

- ship: *four* million
  and a half
- [engine][e]
  1. one million

| Year | People |
|------|-------:|
| 2019 | **41,000** |
|2020|9,500|

```python
price = 4 * 10**6
```

<div>raw <i>words</i><script>no()</script></div>

[e]: https://example.org/engine
[^one]: Minutes of the *council*,
    page 4.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    document = read_markdown(SOURCE.encode(), "ferry.md")
    check(document)
    return document


def test_the_source_is_the_stored_text(document: Document) -> None:
    assert document.pages[0].text == SOURCE
    assert (document.title, document.author, document.date) == (
        "The Ferry Question",
        "Ada Brand",
        "2021-03-04",
    )


def test_front_matter_names_several_authors_in_either_way() -> None:
    for authors in ("[Ada Brand, 'Eva Sund']", "\n  - Ada Brand\n  - Eva Sund"):
        document = read_markdown(f"---\nauthors: {authors}\ndate: 2021-03\n---\nWords.\n".encode(), "a.md")
        assert (document.author, document.date) == ("Ada Brand, Eva Sund", "2021-03")
        assert dict(document.origins)["author"] == "front matter"


def test_no_markup_is_in_the_words(document: Document) -> None:
    assert texts(document, BlockKind.HEADING) == ["A strong case for ferries & *boats*", "Costs"]
    assert texts(document, BlockKind.PARAGRAPH) == [
        "The council met in May. It was close, and went on until nine ten. A ferry https://example.org",
        "Quoted words go on.",
        "price = 4 * 10**6",
        "raw words",
    ]
    assert texts(document, BlockKind.LIST) == ["ship: four million and a half", "engine", "one million"]


def test_a_table_has_a_line_for_each_row(document: Document) -> None:
    table = next(b for b in document.blocks if b.kind is BlockKind.TABLE)
    raw = "".join(document.pages[0].text[r.start : r.end] for r in table.runs)
    assert [" ".join(line.split()) for line in raw.splitlines()] == [
        "Year People",
        "2019 41,000",
        "2020|9,500",
    ]
    assert table.locator == "table 1, under “Costs”"


def test_notes_are_linked_to_their_markers(document: Document) -> None:
    references = [(r.label, text_of([r.run], document.pages)) for b in document.blocks for r in b.references]
    assert references == [("one", "[^one]")]
    notes = [(b.label, words(document, b)) for b in document.blocks if b.kind is BlockKind.NOTE]
    assert notes == [("one", "Minutes of the council, page 4.")]


def test_front_matter_is_set_aside_and_comments_are_nowhere(document: Document) -> None:
    labels = [b.label for b in document.blocks if b.kind is BlockKind.ASIDE]
    assert labels == ["front matter", "code language"]
    assert not any("remark" in words(document, b) or "no()" in words(document, b) for b in document.blocks)


def test_what_is_nested_too_deep_is_read_with_its_signs() -> None:
    document = read_markdown((">" * 3000 + " the only words").encode(), "deep.md")
    assert "the only words" in " ".join(texts(document))


def test_nothing_to_see_is_empty() -> None:
    with pytest.raises(Unreadable) as error:
        read_markdown(b"<!-- nothing -->\n", "a.md")
    assert error.value.problem.reason == "empty"


_PIECES = st.sampled_from(
    [
        "wa",
        "wb ",
        "w1",
        " ",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "> ",
        "*",
        "**",
        "`",
        "|",
        "\n|-|-|\n",
        "1. ",
        "    ",
        "~~",
        "~~~~",
        "\\*",
    ]
)


def test_the_language_of_code_is_set_aside_and_not_lost() -> None:
    document = read_markdown(b"Some words.\n\n```python\nprint(1)\n```\n", "any.md")
    found = [(b.kind, text_of(b.runs, document.pages)) for b in document.blocks]
    assert (BlockKind.ASIDE, "python") in found
    assert (BlockKind.PARAGRAPH, "print(1)") in found


@given(st.lists(_PIECES, max_size=40))
@settings(max_examples=150, deadline=None)
def test_every_word_is_in_a_block_whatever_the_markup(pieces: list[str]) -> None:
    document = read_markdown(("wz\n\n" + "".join(pieces)).encode(), "any.md")
    check(document)
    found = "".join(words(document, b) for b in document.blocks)
    expected = "wz" + "".join(pieces)
    assert sorted(c for c in found if c in "wab") == sorted(c for c in expected if c in "wab")
