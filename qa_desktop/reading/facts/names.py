"""Find title and author of a document in its first lines, and tell whether a file's name can be its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_desktop.reading.blocks import is_part_name
from qa_desktop.reading.facts.dates import HeadDate, is_date

_LONGEST_TITLE = 140
_LONGEST_LINE_TITLE = 110
_LINES_BEFORE_TITLE = 3
_ENUMERATED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVXLC]{1,6}[.)]|[A-Z][.)]|§)\s")
_LABEL = re.compile(r"[^:]{1,30}:(?:\s|$)")
_ADDRESS = re.compile(r"://|www\.|\S@\S|\.(?:com|org|net|html?)\b", re.I)
_SENTENCE_END = re.compile(r"[.;,:]\Z")
# Heads of paper that many documents share; none of them is told by it.
_LETTERHEAD = re.compile(
    r"""(?:united\ states\ )?securities\ and\ exchange\ commission(?:\W.*)?|united\ nations|
    european\ (?:commission|union)|council\ of\ the\ european\ union|form\ \d{1,2}-[a-z](?:/a)?|
    press\ release|pressemitteilung|communiqué\ de\ presse|memorandum|confidential|draft|fact\ ?sheet""",
    re.IGNORECASE | re.VERBOSE,
)
# Names of accounts, programs, computers and filing agents, which stand where an author's should.
_NOBODY = re.compile(
    r"""(?:microsoft\ )?(?:office|win)\ ?user|
    (?:[^\W\d]+\W)?(?:de\ )?windows(?:\W[^\W\d]+)?|user\ ?\d*|benutzer|utilisateur|usuario|owner|
    admin(?:istrator)?|author|unknown|anonymous|root|guest|default|test|pc|hp|dell|lenovo|toshiba|python-(?:docx|pptx)|openpyxl|
    edgar\b.*|.*\bkscope\.io|\W*|
    (?:adobe|microsoft|libreoffice|openoffice|wkhtmltopdf|reportlab|canon|xerox|ricoh)\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMELESS = frozenset(
    """img image scan scanned photo doc docs document dokument file datei download untitled unbenannt new neu
    copy kopie page seite text test output export message attachment part index main default content data
    screenshot unknown noname tmp temp final version""".split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_VOWEL = re.compile(r"[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýąęěůаеёиоуыэюяієїαεηιουω]|[^\x00-\u04ff]", re.I)

_BY = re.compile(
    r"""(?:by|(?:written|text|story|prepared|compiled|edited|reported)\ by|von|par|por|autor(?:in|es|i)?\s*:|
    authors?\s*:|auteurs?\s*:|verfasser(?:in)?\s*:|автор(?:ы|и)?\s*:|аутори?\s*:|autore\s*:|yazar\s*:|
    (?:作者|著者)\s*[:：])\s*(?<=[\s:：])(?P<names>\S.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTICLES = frozenset("de del della da di du van von der den ter le la al bin ibn el dos das zu zur".split())
_NAME_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_AND = re.compile(r"\s*(?:,|;|/|&|\band\b|\bund\b|\bet\b|\by\b|\bи\b|\bi\b)\s*")
_CUT = re.compile(r"\s*(?:[|·•(]|\s[–—-]\s|\b(?:for|für|pour|para|за|za)\b|\b\d).*\Z")
_MOST_AUTHORS = 6
_NO_NAME = re.compile(
    r"""\b(?:staff|editors?|university|institute|ministry|press|news|agency|republic|government|updated|posted|
    published|january|february|march|april|june|july|august|september|october|november|december|mail|order)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def title_in_head(lines: Sequence[str], headings: Sequence[bool]) -> tuple[str, bool]:
    """Return the title in the first lines, or '', and whether it is a heading.

    A heading that every paper has, or a numbered one, is none; a line is one only if it is short, ends
    without a stop, and more follows.
    """
    for line, is_heading in zip(lines[: _LINES_BEFORE_TITLE + 3], headings, strict=False):
        if is_heading and len(line) <= _LONGEST_TITLE and _may_be_title(line):
            return line, True
    if any(headings[:2]) or len(lines) < 2:
        return "", False
    for line in lines[:_LINES_BEFORE_TITLE]:
        if len(line) > _LONGEST_LINE_TITLE:
            return "", False
        if (
            _may_be_title(line)
            and len(line.split()) >= 2
            and not _SENTENCE_END.search(line)
            and line[0].isupper()
        ):
            return line, False
    return "", False


def _may_be_title(line: str) -> bool:
    letters = sum(c.isalpha() for c in line)
    return (
        letters >= max(4, 0.6 * len(line.replace(" ", "")))
        and not is_part_name(line)
        and not is_date(line)
        and not _ENUMERATED.match(line)
        and not _LETTERHEAD.fullmatch(line)
        and not _BY.fullmatch(line)
        and not _ADDRESS.search(line)
        and not _LABEL.fullmatch(line)
    )


def is_letterhead(heading: str) -> bool:
    """Tell whether a heading is that of an authority's paper, and so names no single document."""
    return bool(_LETTERHEAD.fullmatch(heading.strip()))


def names_nobody(author: str) -> bool:
    """Tell whether an author is only the name of a program or of an account."""
    return bool(_NOBODY.fullmatch(author.strip()))


def names_a_document(words: str) -> bool:
    """Tell whether these words can stand for a document: "annual report 2021" can, "scan 0012" cannot."""
    known = [w for w in _WORD.findall(words) if _VOWEL.search(w) and w.lower() not in _NAMELESS]
    return bool(known)


def author_in_head(lines: Sequence[str], headings: Sequence[bool], when: HeadDate | None) -> str:
    """Return who wrote the document whose first lines these are ("Ana Ilić, Tom Reed"), or ''.

    A line says so by its first word ("By", "Von", "Автор:"); a line of one name directly above the date of
    publication does so too.
    """
    for line in lines:
        found = _BY.fullmatch(line[:200])
        if found and (names := _names(found["names"])):
            return names
    if when is None or not when.alone or when.line == 0:
        return ""
    for number in (when.line - 1, when.line - 2):
        if number < 1 or headings[number]:
            break
        line = lines[number]
        if is_name(line) and len(line.split()) <= 4 and not line.isupper():
            return line
        if not _LABEL.fullmatch(line):
            break
    return ""


def _names(text: str) -> str:
    """Return the names at the beginning of `text`, separated by commas; what follows them is left out."""
    names: list[str] = []
    for piece in _AND.split(_CUT.sub("", text).strip(" .,")):
        if not is_name(piece):
            break
        names.append(piece.title() if piece.isupper() else piece)
    return ", ".join(names[:_MOST_AUTHORS])


def is_name(words: str) -> bool:
    """Tell whether these words look like the name of a person: two to five, each with a capital letter."""
    parts = words.split()
    capital = [p for p in parts if p not in _PARTICLES]
    return (
        2 <= len(parts) <= 5
        and len(capital) >= 2
        and all(_NAME_WORD.fullmatch(p) for p in parts)
        and not any(p[0].islower() for p in capital)
        and not _NO_NAME.search(words)
    )
