"""Read Rich Text (RTF): paragraphs, headings, tables, notes, comments, text boxes, what is hidden.

The free libraries give one string, in which none of this can be told apart.
"""

from __future__ import annotations

from dataclasses import replace

from qa_desktop.domain import BlockKind, Document, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, Marker, document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.rtf.flow import State, Target, add_item
from qa_desktop.reading.rtf.tables import Fonts, StyleNames
from qa_desktop.reading.rtf.tokens import SIGNS, code_page, letters, tokens_of, whole
from qa_desktop.reading.word.numbers import roman

_MOST_GROUPS = 10_000  # one inside the other
_MARGINS = {"header": "page header", "footer": "page footer"}
# Groups that hold no text of the document.
_SILENT = frozenset(
    """colortbl pict objdata themedata colorschememapping datastore latentstyles listtable listoverridetable
    revtbl rsidtbl generator xmlnstbl fldinst nonshppict shppict filetbl sp sn sv upr bkmkstart
    bkmkend objclass objname formfield pgptbl mmathPr private template xe tc rxe txe ftnsep ftnsepc ftncn
    aftnsep
    aftnsepc aftncn atnid atnref atndate atntime atrfstart atrfend atnparent listname panose falt
    nesttableprops
    operator company manager category keywords comment doccomm hlinkbase buptim printim revtim""".split()
)
_FACTS = ("title", "author")
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_TIMES = ("yr", "mo", "dy")


def read_rtf(data: bytes, name: str) -> Document:
    """Return the document in the bytes of an RTF file; raises `Unreadable`."""
    start = data[:1024].find(b"{\\rt")
    if start < 0:
        raise Unreadable("damaged", "no Rich Text in it")
    return _Reader().read(data[start:], name)


class _Reader:
    """Follows the tokens of one file."""

    def __init__(self) -> None:
        self._body = Target("body")
        self._page = "cp1252"
        self._fonts = Fonts()
        self._styles = StyleNames()
        self._state = State(self._body, page="cp1252")
        self._stack: list[State] = []
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._notes: list[Target] = []
        self._margins: list[Target] = []
        self._facts: dict[str, str] = {}
        self._made: dict[str, int] = {}
        self._author = ""
        self._default_font = 0

    def read(self, data: bytes, name: str) -> Document:
        """Read the file to its end, or to where it breaks off."""
        for token in tokens_of(data):
            if token.kind == "bytes":
                self._take(token.data)
            elif token.kind == "open":
                self._open()
            elif token.kind == "close":
                self._close()
            else:
                self._obey(token.word, token.number)
        while self._stack:
            self._close()
        self._body.end_paragraph(replace(self._state, in_table=False), self._level())
        return self._document(name)

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) >= _MOST_GROUPS:
            raise Unreadable("damaged", f"more than {_MOST_GROUPS} groups inside each other")
        self._stack.append(self._state)
        self._state = replace(self._state, owns=False)
        self._starred = False

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        state = self._state
        if not self._stack:
            return
        self._state = self._stack.pop()
        if state.table == "fonts" and not self._state.table:
            page = self._fonts.page(self._default_font, self._page)
            self._state = replace(self._state, page=page)
        if state.owns:
            self._end(state)

    def _end(self, state: State) -> None:
        """Put away what a group has collected."""
        target = state.target
        target.end_paragraph(replace(state, in_table=False), 0)
        if target.what in _FACTS:
            self._facts.setdefault(target.what, collapse(target.words()))
        elif target.what == "atnauthor":
            self._author = collapse(target.words())
        elif target.what == "note":
            self._notes.append(target)
        elif target.what in _MARGINS:
            self._margins.append(target)
        elif target.what == "box":
            self._state.target.boxes.append(target)

    def _take(self, data: bytes) -> None:
        """Take bytes of text, but those that only stand in for a sign given before."""
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        self._starred = False
        if self._state.table == "fonts":
            self._fonts.name(data)
        elif self._state.table == "styles":
            self._styles.name(letters(data, self._page))
        elif not self._state.silent:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._write(letters(data, self._state.page))

    def _write(self, text: str) -> None:
        state = self._state
        if state.silent or state.deleted or not text:
            return
        if state.hidden:
            state.target.hidden.append(text)
        else:
            state.target.parts.append(text)

    def _obey(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        if word == "u":
            self._flush()
            self._write(chr((number or 0) % 65_536))
            self._skip = self._state.skip_after
            return
        if self._skip:
            self._skip -= 1
            return
        if word == "*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        self._flush()
        if self._state.table:
            self._define(word, number)
        elif not self._enter(word, starred=starred) and not self._state.silent:
            self._format(word, number)

    def _define(self, word: str, number: int | None) -> None:
        """Note what a font or a style is."""
        if self._state.table == "fonts":
            self._fonts.define(word, number)
        else:
            self._styles.define(word, number)

    def _enter(self, word: str, *, starred: bool) -> bool:
        """Change where the text of this group goes, if `word` says so."""
        state = self._state
        if state.sealed or word == "shprslt":  # the second is the same shape again, for old readers
            self._state = replace(state, silent=True, sealed=True)
        elif word in ("fonttbl", "stylesheet"):
            self._state = replace(state, silent=True, table="fonts" if word == "fonttbl" else "styles")
        elif word == "ud":  # the same text in Unicode; what stands before it is for old readers
            around = self._stack[-2] if len(self._stack) > 1 else state
            self._state = replace(state, silent=around.silent, target=around.target)
        elif word in ("listtext", "pntext"):  # the number or sign of a list's item
            state.target.listed = True
            self._state = replace(state, silent=True)
        elif word in _SILENT or (word == "shpinst") or (word == "do" and starred):
            self._state = replace(state, silent=True)
        elif word in ("shptxt", "dptxbxtext"):
            self._own(Target("box"), state)
        elif state.silent and word not in (*_FACTS, "creatim"):
            return False
        elif word == "info":
            self._state = replace(state, silent=True)
        elif word in (*_FACTS, "atnauthor", "creatim"):
            self._own(Target(word), state)
        elif word in ("footnote", "annotation"):
            self._own(self._note(word), state)
        elif word.rstrip("lrf") in ("heade", "foote") or word in _MARGINS:
            self._own(Target("header" if word.startswith("header") else "footer"), state)
        elif starred:
            self._state = replace(state, silent=True)
        else:
            return False
        return True

    def _own(self, target: Target, state: State) -> None:
        self._state = replace(state, target=target, silent=False, owns=True, in_table=False, hidden=False)

    def _note(self, word: str) -> Target:
        """Begin a note or a comment, and put its marker into the text around it."""
        what = "comment" if word == "annotation" else "note"
        count = 1 + sum(n.place.startswith(what) for n in self._notes)
        label = f"comment {count}" if what == "comment" else str(count)
        by = f" by {self._author}" if self._author and what == "comment" else ""
        place = f"{label}{by}" if what == "comment" else f"note {label}"
        if not self._state.silent:
            self._state.target.parts.append(Marker(label, "" if what == "comment" else f"[{label}]"))
        return Target("note", label, place)

    def _make_endnote(self, note: Target) -> None:
        """Count a note among those at the end of the text, with small Roman numerals."""
        label = roman(1 + sum(n.place.startswith("endnote") for n in self._notes))
        note.label, note.place = label, f"endnote {label}"
        around = self._stack[-1].target.parts if self._stack else []
        if around and isinstance(around[-1], Marker):
            around[-1] = Marker(label, f"[{label}]")

    def _level(self) -> int:
        state = self._state
        return state.outline + 1 if state.outline < 6 else self._styles.level(state.style)

    def _format(self, word: str, number: int | None) -> None:
        """Obey what is about the text at hand."""
        state = self._state
        if word in SIGNS:
            self._write(SIGNS[word])
        elif word in ("par", "sect"):
            state.target.end_paragraph(state, self._level())
        elif word == "cell":
            state.target.end_cell()
        elif word == "row":
            state.target.end_row()
        elif word == "ftnalt" and state.target.what == "note":
            self._make_endnote(state.target)
        elif word in _TIMES and number is not None:
            self._made.setdefault(word, number)
        elif word in _PAGES or word in ("f", "ansicpg", "deff", "plain"):
            self._choose_letters(word, number)
        else:
            self._state = _changed(state, word, number)

    def _choose_letters(self, word: str, number: int | None) -> None:
        """Note which code page the text at hand is in."""
        if word in _PAGES or word == "ansicpg":
            self._page = _PAGES.get(word) or code_page(number or 1252)
            self._state = replace(self._state, page=self._page)
        elif word == "deff":
            self._default_font = number or 0
        else:
            font = number if word == "f" else self._default_font
            self._state = replace(self._state, page=self._fonts.page(font, self._page))
            if word == "plain":
                self._state = replace(self._state, hidden=False, deleted=False)

    def _document(self, name: str) -> Document:
        builder = DocumentBuilder()
        for item in self._body.items:
            add_item(builder, item)
        for note in self._notes:
            builder.add(BlockKind.NOTE, [whole(note.words())], label=note.label, locator=note.place)
        seen: set[str] = set()
        for margin in self._margins:
            words = collapse(margin.words())
            if words and words not in seen:
                seen.add(words)
                builder.add(BlockKind.ASIDE, [whole(words)], label=_MARGINS[margin.what])
        year, month, day = (self._made.get(word, 0) for word in _TIMES)
        date = f"{year:04}-{month:02}-{day:02}" if year > 1980 else ""
        # A title in letters that its code page does not have was written as question marks.
        facts = {key: whole(words) for key, words in self._facts.items() if words.strip("? ")}
        about = About(facts.get("title", ""), facts.get("author", ""), date, origin="document properties")
        return document("rtf", name, builder, about, engine="rtf 1")


def _changed(state: State, word: str, number: int | None) -> State:
    """Return the state after a word about letters or paragraphs; others change nothing."""
    on = number != 0
    if word == "pard":
        return replace(state, in_table=False, style=None, outline=9)
    if word == "intbl":
        return replace(state, in_table=on)
    if word == "v":
        return replace(state, hidden=on)
    if word == "deleted":
        return replace(state, deleted=on)
    if word == "s":
        return replace(state, style=number)
    if word == "outlinelevel":
        return replace(state, outline=number if number is not None else 9)
    if word == "uc":
        return replace(state, skip_after=max(0, min(number if number is not None else 1, 10)))
    return state
