"""Read HTML: all its visible blocks are kept, and those around the text proper are set aside.

The whole page comes from lexbor (through selectolax), which keeps everything visible; trafilatura says which
blocks are the text proper, and title, author and date.  Hidden elements are dropped: they are where
instructions to machines are planted.
"""

from __future__ import annotations

import re
from html import unescape
from importlib.metadata import version

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.blocks import About, DocumentBuilder, Marker, document
from qa_desktop.reading.html_blocks import HtmlBlock, blocks_of_tree
from qa_desktop.reading.html_main import find_main
from qa_desktop.reading.plain import decode

_DEPTH = 1_000  # lexbor and lxml hang on, or silently empty, what is nested deeper
_LONGEST_TAG = 65_536
_LARGEST = 5_000_000  # characters up to which it is worked out what is the text proper
_MOST_BLOCKS = 3_000  # likewise; the search is not linear
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_DATA_URI = re.compile(r"""(\b(?:src|href|srcset|poster)\s*=\s*)("data:[^"]*"|'data:[^']*')""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^>]*)>")
_TAG_START = re.compile(r"<[/!?a-zA-Z]")
_TAG_NAME = re.compile(r"/?[a-zA-Z][\w:-]*")
_UNREAD = frozenset(["script", "style", "template", "title"])
_INLINE = frozenset("a b i em strong span sup sub u font code small mark abbr cite q".split(" "))
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option".split(
        " "
    )
)


def read_html(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an HTML file; raise `Unreadable` ("empty") if nothing shows."""
    text = decode_html(data)
    builder = DocumentBuilder()
    about = add_html(builder, text)
    return document("html", name, builder, about, engine=f"html 1, selectolax {version('selectolax')}")


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
    """Add the visible blocks of a page to `builder` and return what the page says about itself.

    With `all_main` nothing is set aside, as for the body of a message.
    """
    text = _DATA_URI.sub(r'\1""', text)
    if _is_hostile(text):
        for paragraph in _plain_paragraphs(text):
            builder.add(BlockKind.PARAGRAPH, [paragraph])
        return About()
    blocks, about = blocks_of_tree(text)
    if not all_main and len(text) <= _LARGEST and len(blocks) <= _MOST_BLOCKS:
        main, found = find_main(text, blocks)
        about = About(found.title or about.title, found.author or about.author, found.date, about.language)
    else:
        main = [True] * len(blocks)
    for block, is_main in zip(blocks, main, strict=True):
        _add(builder, block, is_main=is_main)
    return about


def _add(builder: DocumentBuilder, block: HtmlBlock, *, is_main: bool) -> None:
    if not is_main:
        parts: list[str | Marker] = (
            ["\n".join("\t".join(r) for r in block.rows)] if block.rows else block.parts
        )
        builder.add(BlockKind.ASIDE, parts, label="boilerplate")
    elif block.rows:
        builder.add_table(block.rows)
    else:
        builder.add(block.kind, block.parts, level=block.level, label=block.label)


def _is_hostile(text: str) -> bool:
    """Tell whether the page is built so that the parsers hang: nested too deep, or with endless tags."""
    depth = deepest = 0
    for found in _TAG.finditer(text):
        if len(found.group()) > _LONGEST_TAG:
            return True
        if found.group(2).lower() in _VOID or found.group(3).endswith("/"):
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
