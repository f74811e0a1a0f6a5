"""Read Markdown: the source is kept as it is, and the signs of the markup are left out of the runs.

The parser (markdown-it, CommonMark with tables and strike-through) says for each block its lines and for
its text the pieces in order; every piece is found again in the source, from where the last one ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from qa_desktop.domain import Block, BlockKind, Document, Page, Reference, Run, merge_runs, text_of
from qa_desktop.reading.blocks import About, Locators, iso_date, shorten, title_of, title_origin
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.markdown_inline import Piece, pieces_of
from qa_desktop.reading.text.plain import decode
from qa_desktop.reading.text.tidy import blocks_of_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LEAST = 0.3  # share of the source's letters and digits; addresses of links are not read

_FRONT = re.compile(r"---[ \t]*\n(?P<body>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(?P<key>title|author|authors|date|lang|language):[ \t]*(?P<value>\S.*?)?[ \t]*$"
    r"(?P<items>(?:\n[ \t]*-[ \t]+\S.*)*)",
    re.M | re.I,
)
_ITEM = re.compile(r"-[ \t]+(\S.*)")
_NOTE = re.compile(
    r"^ {0,3}\[\^(?P<label>[^\]\s]{1,40})\]:[ \t]*(?P<text>.*(?:\n(?: {2,}|\t)\S.*)*)", re.MULTILINE
)
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?</\1\s*>|</?[A-Za-z][^<>]*>|<[!?][^<>]*>", re.DOTALL | re.I
)
_WORDS = re.compile(r"[^\0]+")
_NOT_BREAK = re.compile(r"[^\n]")


def read_markdown(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a Markdown file; raise `Unreadable` ("empty") when it is blank."""
    text, encoding = decode(data)
    text = text if text.endswith("\n") else text + "\n"
    blocks = _Reader(text).blocks()
    bare = _MARKUP.sub(lambda m: _NOT_BREAK.sub(" ", m.group()), text)
    if _letters(blocks, text) < _LEAST * sum(c.isalnum() for c in bare):
        blocks = blocks_of_text(bare)  # nested deeper than the parser follows
    if not blocks:
        raise Unreadable("empty")
    pages = (Page(1, text),)
    about = _about(text)
    title = title_of(about.title, blocks, pages, name)
    return Document(
        "markdown",
        title,
        pages,
        tuple(blocks),
        author=about.author,
        date=about.date,
        language=about.language,
        engine=f"markdown 1, markdown-it {version('markdown-it-py')}, {encoding}",
        origins=(
            *title_origin(about, title, name),
            *about.found_in(author=about.author, date=about.date, language=about.language),
        ),
    )


def _about(text: str) -> About:
    """Return what the front matter says, the lines "title: ..." between two rules at the head of the text."""
    front = _FRONT.match(text)
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(front["body"] if front else ""):
        items = found["value"] or ", ".join(_ITEM.findall(found["items"]))
        fields[found["key"].lower()] = ", ".join(
            part.strip(" \"'") for part in items.strip("[] ").split(",") if part.strip(" \"'")
        )
    return About(
        fields.get("title", ""),
        shorten(fields.get("author", fields.get("authors", "")), 200),
        iso_date(fields.get("date", "")),
        fields.get("lang", fields.get("language", ""))[:2].lower(),
        origin="front matter",
    )


def _letters(blocks: Iterable[Block], text: str) -> int:
    runs = (run for block in blocks for run in block.runs)
    return sum(c.isalnum() for run in runs for c in text[run.start : run.end])


def parser() -> MarkdownIt:
    """Return the parser; pieces of text are kept apart as they stand in the source."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only the worker needs it

    return (
        MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"]).disable(["text_join"])
    )


class _Reader:
    """Turns one source into blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._page = (Page(1, text),)
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._found: list[tuple[BlockKind, tuple[Run, ...], int, str, tuple[Reference, ...]]] = []
        self._parser = parser()

    def blocks(self) -> list[Block]:
        """Return all blocks in the order of the source."""
        source = self._text
        front = _FRONT.match(source)
        if front:
            self._put(BlockKind.ASIDE, [Run(1, front.start("body"), front.end("body"))], label="front matter")
            source = _blanked(source, front.start(), front.end())
        notes: list[tuple[int, int]] = []
        for note in _NOTE.finditer(source):
            pieces = pieces_of(
                self._parser.parseInline(note["text"]), self._text, note.start("text"), note.end()
            )
            self._put_pieces(BlockKind.NOTE, pieces, label=note["label"])
            notes.append(note.span())
        for start, end in notes:
            source = _blanked(source, start, end)
        self._blocks_of(self._parser.parse(source))
        self._found.sort(key=lambda f: f[1][0].start)
        locators = Locators()
        return [
            Block(
                kind,
                runs,
                level,
                label,
                locators.of(kind, label=label, heading=text_of(runs, self._page)),
                refs,
            )
            for kind, runs, level, label, refs in self._found
        ]

    def _blocks_of(self, tokens: Sequence[Token]) -> None:
        containers: list[str] = []
        heading = 0
        for i, token in enumerate(tokens):
            if token.type == "heading_open":
                heading = int(token.tag[1:])
            elif token.type == "heading_close":
                heading = 0
            elif token.type == "table_open":
                self._table(tokens[i + 1 :])
                containers.append(token.type)
            elif token.type in ("list_item_open", "blockquote_open"):
                containers.append(token.type)
            elif token.type in ("list_item_close", "blockquote_close", "table_close"):
                containers.pop()
            elif token.type in ("fence", "code_block"):
                self._put(BlockKind.ASIDE, self._info(token), label="code language")
                self._put(BlockKind.PARAGRAPH, self._code(token))
            elif token.type == "html_block":
                self._put(BlockKind.PARAGRAPH, self._html(token))
            elif token.type == "inline" and containers[-1:] != ["table_open"]:
                in_list = containers[-1:] == ["list_item_open"]
                kind = BlockKind.HEADING if heading else BlockKind.LIST if in_list else BlockKind.PARAGRAPH
                self._put_pieces(kind, pieces_of([token], self._text, *self._span(token)), level=heading)

    def _table(self, tokens: Sequence[Token]) -> None:
        """Add a table: a line for each row, its cells parted by a blank (or bar) of the source."""
        runs: list[Run] = []
        at = row = 0
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                at = row = self._span(token)[0]
            elif token.type == "inline":
                pieces = pieces_of([token], self._text, max(at, self._span(token)[0]), self._span(token)[1])
                if pieces and at > row:
                    runs.append(self._parting(at, pieces[0].start))
                runs.extend(Run(1, p.start, p.end) for p in pieces)
                at = pieces[-1].end if pieces else at
            elif token.type == "tr_close" and at > row:
                line_end = self._text.find("\n", at)
                runs.append(Run(1, line_end, line_end + 1))
        self._put(BlockKind.TABLE, runs)

    def _parting(self, start: int, end: int) -> Run:
        """Return the place of a blank between two cells, or of the bar where there is none."""
        between = self._text[start:end]
        at = next((i for i, sign in enumerate(between) if sign.isspace()), max(0, between.find("|")))
        return Run(1, start + at, start + at + 1)

    def _span(self, token: Token) -> tuple[int, int]:
        """Return the characters of the token's lines."""
        first, last = token.map or (0, 0)
        return self._starts[first], self._starts[min(last, len(self._starts) - 1)]

    def _info(self, token: Token) -> list[Run]:
        """Return what stands behind an opening fence ("python"): it is no text, and must not be lost."""
        start, _ = self._span(token)
        line_end = self._text.find("\n", start)
        at = self._text.find(token.info, start, line_end) if token.info.strip() else -1
        return [Run(1, at, at + len(token.info))] if at >= 0 else []

    def _code(self, token: Token) -> list[Run]:
        start, end = self._span(token)
        if token.type == "fence":
            start = self._text.find("\n", start) + 1
            last = self._text.rfind("\n", start, max(start, end - 1)) + 1
            if self._text[max(last, start) : end].strip(" >\n").startswith(token.markup):
                end = max(last, start)
        return [Run(1, start, end)]

    def _html(self, token: Token) -> list[Run]:
        """Return the words between the tags of raw HTML."""
        start, end = self._span(token)
        words = _MARKUP.sub(lambda m: "\0" * len(m.group()), self._text[start:end])
        return [Run(1, start + m.start(), start + m.end()) for m in _WORDS.finditer(words)]

    def _put_pieces(
        self, kind: BlockKind, pieces: Sequence[Piece], *, level: int = 0, label: str = ""
    ) -> None:
        words = [Run(1, p.start, p.end) for p in pieces if not p.label]
        references = [Reference(p.label, Run(1, p.start, p.end)) for p in pieces if p.label]
        self._put(kind, words, level=level, label=label, references=references)

    def _put(
        self,
        kind: BlockKind,
        runs: Iterable[Run],
        *,
        level: int = 0,
        label: str = "",
        references: Iterable[Reference] = (),
    ) -> None:
        merged = merge_runs(r for r in runs if r.end > r.start)
        if text_of(merged, self._page):
            self._found.append((kind, merged, level, label, tuple(references)))


def _blanked(text: str, start: int, end: int) -> str:
    """Return `text` with blanks for all that stands between `start` and `end` but line breaks."""
    return text[:start] + _NOT_BREAK.sub(" ", text[start:end]) + text[end:]
