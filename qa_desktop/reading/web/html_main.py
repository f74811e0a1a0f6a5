"""Tell the text proper of a page from what is around it, and find title, author and date in it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from qa_desktop.domain import BlockKind, collapse
from qa_desktop.reading.blocks import About
from qa_desktop.reading.web.html_about import DATA, TITLE
from qa_desktop.reading.web.html_blocks import HtmlBlock

_SIGNS = re.compile(r"[\W_]+")
_SHORT = 20  # letters; so short a block must equal a line, for it could occur anywhere
_SMALL_PAGE = 400  # words; a small page has little around its text, and too little text to judge by
_TELLING = 10  # words; a shorter block in a menu or a footer, or one that is a link, is a button
_BELONGING = (BlockKind.CAPTION, BlockKind.TABLE, BlockKind.HEADING, BlockKind.LIST, BlockKind.NOTE)


def find_main(text: str, blocks: Sequence[HtmlBlock], said: About) -> tuple[list[bool], About]:
    """Return for each block of the page whether it is the text proper, and `said` with what else is found.

    trafilatura gives text without places; a block is its text proper when its letters occur there.
    Captions, tables, lists and headings between two such blocks belong to them.
    """
    facts = dict(said.origins)
    told = facts.get("title") == DATA and "author" in facts and "date" in facts
    extracted, found_in_text = _extract(text, facts_too=not told)
    about = _completed(said, found_in_text)
    lines = {_letters(line) for line in extracted.split("\n")}
    whole = _letters(extracted)
    title = _letters(about.title)
    main = [_is_main(block, lines, whole, title) for block in blocks]
    words = [len(block.text.split()) for block in blocks]
    found = sum(n for n, is_main in zip(words, main, strict=True) if is_main)
    inner = [not block.around and not _is_button(block) for block in blocks]
    if not found:
        return (inner if any(inner) else [True] * len(blocks)), about
    if sum(words) < _SMALL_PAGE:
        telling = [is_main and n > _TELLING for is_main, n in zip(main, words, strict=True)]
        return [a or b for a, b in zip(telling, inner, strict=True)] if any(inner) else main, about
    for i, block in enumerate(blocks):
        if main[i] or block.around:
            continue
        if block.kind in _BELONGING:
            main[i] = any(main[max(0, i - 2) : i]) and any(main[i + 1 : i + 3])
    for i, block in enumerate(blocks):
        # The notes that the text refers to stand below it, where nothing of the text follows.
        main[i] = main[i] or (block.kind is BlockKind.NOTE and bool(block.label))
    return main, about


def _is_button(block: HtmlBlock) -> bool:
    """Tell whether a block is a few words that lead elsewhere, and nothing else."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST) or not block.linked:
        return False
    return len(block.text.split()) <= _TELLING and block.linked >= len(block.text.strip())


def _is_main(block: HtmlBlock, lines: set[str], whole: str, title: str) -> bool:
    if block.rows:
        rows = [_letters(line) for line in block.text.split("\n")]
        return sum(1 for row in rows if row and row in whole) >= 0.5 * len(rows)
    letters = _letters(block.text)
    if (
        block.kind is BlockKind.HEADING
        and block.level == 1
        and letters
        and (letters in title or title in letters)
    ):
        return True
    if len(letters) < _SHORT:
        return bool(letters) and letters in lines
    return letters in whole


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).lower()


def _completed(said: About, found: About) -> About:
    """Return what the page says about itself, and for what it does not say what was found in its text.

    A title that is only the page's is replaced by the one found, which is without the site's name.
    """
    origins = dict(said.origins)
    facts = {"title": said.title, "author": said.author, "date": said.date, "language": said.language}
    for fact in ("title", "author", "date"):
        better = getattr(found, fact)
        if better and (not facts[fact] or (fact == "title" and origins.get("title") != DATA)):
            facts[fact] = better
            origins[fact] = TITLE if fact == "title" else "page's text"
    return About(**facts, origins=tuple(origins.items()))


def _extract(text: str, *, facts_too: bool) -> tuple[str, About]:
    """Return trafilatura's text of the page, one block a line, and what it found out about the page.

    Both are empty where it fails; without `facts_too` nothing is found out, which takes a quarter less time.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            text,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            fast=True,  # the slower ways to search find no more, and take minutes over some pages
            with_metadata=facts_too,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError, KeyError, IndexError):
        return "", About()  # a page it cannot cope with is read whole
    if found is None or isinstance(found, dict):
        return "", About()
    return found.text or "", About(
        collapse(found.title or ""), collapse(found.author or ""), found.date or ""
    )
