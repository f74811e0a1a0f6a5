"""Read HTML: all its visible blocks are kept, and those around the text proper are set aside.

The whole page comes from lexbor (through selectolax), which keeps everything visible; trafilatura says which
blocks are the text proper.  What a person does not see is kept apart, for that is where instructions to
machines are planted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.blocks import About, DocumentBuilder, Marker, document
from qa_desktop.reading.text.plain import decode
from qa_desktop.reading.web.html_about import about_page
from qa_desktop.reading.web.html_blocks import NO_SCRIPT, HtmlBlock, blocks_of_tree
from qa_desktop.reading.web.html_main import find_main
from qa_desktop.reading.web.html_notes import Notes

_DEPTH = 1_000  # lexbor and lxml hang on, or silently empty, what is nested deeper
_LONGEST_TAG = 65_536
_LARGEST = 5_000_000  # characters up to which it is worked out what is the text proper
_MOST_BLOCKS = 3_000  # likewise; the search is not linear
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_DATA_URI = re.compile(r"""(\b(?:src|href|srcset|poster)\s*=\s*)("data:[^"]*"|'data:[^']*')""", re.IGNORECASE)
_XHTML = re.compile(r"<\?xml|xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml", re.IGNORECASE)
_EMPTY_TAG = re.compile(r"<(?P<name>[A-Za-z][\w:-]{0,40})(?P<rest>(?:\s[^<>]{0,2000})?)/>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_TAG_START = re.compile(r"<[/!?a-zA-Z]")
_TAG_NAME = re.compile(r"/?[a-zA-Z][\w:-]*")
_UNREAD = frozenset(["script", "style", "template", "title"])
_INLINE = frozenset("a b i em strong span sup sub u font code small mark abbr cite q".split(" "))
_NEVER_CLOSED = frozenset("area base br col embed hr img input link meta param source track wbr".split(" "))
_VOID = _NEVER_CLOSED | frozenset("p li dt dd tr td th option".split(" "))


def read_html(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an HTML file; raise `Unreadable` ("empty") if nothing shows."""
    text = decode_html(data)
    builder = DocumentBuilder()
    about = add_html(builder, text)
    return document("html", name, builder, about, engine=f"html 2, selectolax {version('selectolax')}")


def decode_html(data: bytes) -> str:
    """Return the text in `data`: UTF-8 if every byte fits or a mark says so, else as the page itself says."""
    found = _CHARSET.search(data[:4096])
    if found and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(found.group(1).decode("ascii"), "replace")
            except LookupError:
                pass
    return decode(data)[0]


def add_html(builder: DocumentBuilder, text: str, *, all_main: bool = False) -> About:
    """Add the blocks of a page to `builder` and return what the page says about itself.

    With `all_main` nothing around the text is set aside, as for the body of a message.
    """
    blocks, about = blocks_of_page(text, all_main=all_main)
    add_blocks(builder, blocks)
    return about


def blocks_of_page(
    text: str, *, all_main: bool = False, notes: Notes | None = None
) -> tuple[list[HtmlBlock], About]:
    """Return the blocks of a page, each with the reason in `aside` if it is set aside, and its own words.

    `notes` gathers the notes of several pages that belong together.
    """
    text = _DATA_URI.sub(r'\1""', text)
    if _XHTML.search(text[:2000]):
        text = _EMPTY_TAG.sub(_opened, text)
    if _is_hostile(text):
        return [HtmlBlock(BlockKind.PARAGRAPH, [p]) for p in _plain_paragraphs(text)], About()
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only the worker needs it

    tree = LexborHTMLParser(text)
    blocks, about = blocks_of_tree(tree, notes), about_page(tree)
    if all(block.aside for block in blocks):
        for block in blocks:  # a page for scripts, which says without them what it holds
            block.aside = "" if block.aside == NO_SCRIPT else block.aside
    seen = [block for block in blocks if not block.aside]
    if not all_main and len(text) <= _LARGEST and len(seen) <= _MOST_BLOCKS:
        main, about = find_main(text, seen, about)
        for block, is_main in zip(seen, main, strict=True):
            block.aside = "" if is_main else "boilerplate"
    return blocks, about


def add_blocks(builder: DocumentBuilder, blocks: Iterable[HtmlBlock]) -> None:
    """Add the blocks of a page to `builder`."""
    for block in blocks:
        if block.aside:
            parts: list[str | Marker] = [block.text] if block.rows else block.parts
            builder.add(BlockKind.ASIDE, parts, label=block.aside)
        elif block.rows:
            builder.add_table(block.rows)
        else:
            builder.add(block.kind, block.parts, level=block.level, label=block.label)


def _opened(tag: re.Match[str]) -> str:
    """Return an empty element of XHTML as HTML writes it; there, "<title/>" would never end."""
    if tag["name"].lower() in _NEVER_CLOSED:
        return tag.group()
    return f"<{tag['name']}{tag['rest']}></{tag['name']}>"


def _is_hostile(text: str) -> bool:
    """Tell whether the page is built so that the parsers hang: nested too deep, or with endless tags."""
    depth = deepest = end = 0
    for found in _TAG.finditer(text):
        if end <= found.start():  # looked for once, also where no tag ever ends
            end = text.find(">", found.end())
            end = end if end >= 0 else len(text)
        if end - found.start() > _LONGEST_TAG:
            return True
        if found.group(2).lower() in _VOID or text[end - 1] == "/":
            continue
        depth = max(0, depth - 1) if found.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEPTH


def _plain_paragraphs(text: str) -> list[str]:
    """Return the text between the tags, cut at the tags that begin or end a block.

    It looks at every character once, whatever the nesting, and knows nothing of what is hidden.
    """
    pieces: list[str] = []
    at = 0
    while (sign := text.find("<", at)) >= 0:
        pieces.append(text[at:sign])
        comment = text.startswith("<!--", sign)
        if not comment and not _TAG_START.match(text, sign):
            pieces.append("<")
            at = sign + 1
            continue
        end = text.find("-->" if comment else ">", sign)
        if end < 0:
            return _lines(pieces)
        name = _TAG_NAME.match(text, sign + 1)
        tag = name.group().lower() if name else ""
        at = end + (3 if comment else 1)
        if tag in _UNREAD:
            closing = re.compile(rf"</{tag}\b[^>]*>", re.IGNORECASE).search(text, at)
            if not closing:
                return _lines(pieces)
            at = closing.end()
        elif tag.lstrip("/") not in _INLINE:
            pieces.append("\n")
    return _lines([*pieces, text[at:]])


def _lines(pieces: list[str]) -> list[str]:
    return [line.strip() for line in unescape("".join(pieces)).split("\n") if line.strip()]
