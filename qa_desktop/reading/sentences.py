"""Split text into sentences, and map the splits back to places.

A rule-based splitter for texts in the Latin, Greek and Cyrillic scripts, with the full stops of Chinese,
Japanese, Arabic and the Indic scripts.  It looks at every stop and asks whether it could be something
else: an abbreviation, an initial, a number, an ellipsis, a quotation that goes on.  When in doubt it does
not split: a sentence that is too long is still true, half a name is not.

    stop + closing quotes and brackets + a note's number glued to them + white space
         + opening quotes and brackets + a letter that is not lower case, or a digit

Text never needs to be tidied first: white space of any kind and length counts as one blank.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from qa_desktop.domain import Block, BlockKind, Page, Run, Sentence, collapse
from qa_desktop.reading.abbreviations import (
    AFTER_ORDINAL,
    ALWAYS_OPEN,
    BEFORE_ORDINAL,
    DOTTED_END,
    NAME_MAY_GO_ON,
    OPEN_BEFORE_NUMBER,
    OPEN_UNLESS_AFTER_NUMBER,
    STARTERS,
)

_STOP = re.compile(
    r"""
      (?<![.!?…‽؟۔।॥])(?P<stop>[.!?…‽؟۔।॥]++)
      (?P<close>["”“’'»«)\]}]*(?:[ \u00a0\u202f]»(?=[\s,;.!?…]))?)
      (?P<note>(?:\d{1,3}(?:,\d{1,3}){0,3}|(?:\[\d{1,3}\])+)?)
      (?P<gap>\s+)
      (?P<open>["“„‘'«(\[{¿¡–—-]*+(?:(?<=«)[ \u00a0\u202f])?)
      (?=(?P<next>\S))
    | (?P<glued>(?:(?<=[a-zà-öø-ÿ]{3})|(?<=[a-zà-öø-ÿ]{2}["”’)]))[.!?])(?=[A-Z][a-z]{2,}|[A-Z]{4,})
    | (?P<wide>[。！？｡]+(?P<wide_close>[”’」』）】]*))(?=\s*\S)
    | (?P<greek>(?<=[Ͱ-Ͽἀ-῿]);)(?=\s+[^\W\d_a-zα-ωά-ώ])
    | (?P<bullet>\s)(?=[•▪●◦‣]\s)
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s(\[{\"“„‘«/—–]*\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SPEAKS = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){1,4}(?:also\s+|then\s+|later\s+)?"
    r"(?:said|says|asked|asks|told|tells|added|adds|wrote|writes|replied|replies|warned|stated|declared|"
    r"noted|insisted|explained|argued|continued|concluded|claimed|remarked|answered|quipped)\b"
)

_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,3}\Z")
_DOUBLED = re.compile(r"([A-Z])\1\Z")  # plurals of Spanish abbreviations: "EE. UU."
_REST_OF_DATE = re.compile(r"(?:\d{1,2}\.\s?)?(?:1[5-9]|20)\d\d\b")
_FIGURES = re.compile(r"\d{1,2}\.")
_NUMBER = re.compile(r"(?:\d|[IVXLC]+\Z)")
# What follows a quotation that its sentence goes on after: a Japanese particle, a Chinese "he asked".
_GOES_ON = re.compile(
    r"と|って|なんて|を|に|は|が|の|[他她它我你您][们們]?[^，。！？]{0,4}[說说問问道喊答叫想]"
)
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d\Z")
_TOKEN = re.compile(r"\S*")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXLCivxlc]{1,6})\Z")
_TABLE_ROW = re.compile(r"[^\n]+")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) in order, without the white space around them.

    Every character that is not white space lies in exactly one sentence.
    """
    sentences: list[tuple[int, int]] = []
    start = _skip_white(text, 0)
    for match in _STOP.finditer(text):
        if match["glued"]:
            ends = _is_sentence_glued(text, match.start())
            end = match.end()
        elif match["wide"]:
            ends, end = not _quotation_goes_on(text, match), match.end()
        elif match["greek"]:  # their question mark
            ends, end = True, match.end()
        elif match["bullet"]:
            ends, end = True, match.start()
        else:
            ends = _ends_sentence(text, start, match)
            end = match.start("gap")
        if ends and end > start:
            sentences.append((start, end))
            start = _skip_white(text, end)
    end = len(text.rstrip())
    if end > start:
        sentences.append((start, end))
    return sentences


def _skip_white(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_sentence_glued(text: str, at: int) -> bool:
    """Tell whether the stop at `at`, with no blank after it, ends a sentence ("goals.Former")."""
    left = max(text.rfind(" ", max(0, at - 200), at), text.rfind("\n", max(0, at - 200), at)) + 1
    right = _TOKEN.match(text, at + 1)
    token = text[left : right.end() if right else at + 1]
    return not ("://" in token or "www." in token or "@" in token or "/" in token or "_" in token)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a stop followed by white space ends the sentence that began at `start`."""
    stop, close, note, following = match["stop"], match["close"], match["note"], match["next"]
    at = match.start()
    before = text[at - 1] if at > start else ""
    if before.isspace() and stop == ".":
        # A stop set apart by blanks, as in old typewritten abstracts; three of them are an ellipsis.
        return following != "." and text[:at].rstrip()[-1:] != "." and at > start + 1
    if note and before.isdigit() and not close and not _is_year(text, at):
        return False  # a decimal number: "3.5 percent"
    if not (following.isalnum() or following in "$€£¥%#&*@+"):
        return following in "•▪●◦‣§¶" or bool(match["open"])
    if following.isalpha() and following.islower():
        return False
    if close and ("”" in close or '"' in close or "’" in close) and _SPEAKS.match(text, match.end()):
        return False
    if stop != "." or close:
        return True
    return not _is_open(text, start, at, note or following, match.end(), glued=bool(note))


def _quotation_goes_on(text: str, match: re.Match[str]) -> bool:
    """Tell whether a wide stop ends a quotation or a bracket in the middle of a sentence."""
    close = match["wide_close"]
    if not close or text[match.end()].isspace():
        return False
    return close[-1] in "）】" or bool(_GOES_ON.match(text, match.end()))


def _is_year(text: str, at: int) -> bool:
    return bool(_YEAR.search(text[max(0, at - 5) : at]))


def _is_open(text: str, start: int, at: int, following: str, next_at: int, *, glued: bool) -> bool:
    """Tell whether the full stop at `at` belongs to an abbreviation, an initial or an enumerator.

    `following` begins with the sign after the stop; `glued` tells that this is a number without a blank.
    """
    found = _LAST_WORD.search(text[max(start, at - 40) : at])
    word = found.group() if found else ""
    low = word.lower()
    if low in ALWAYS_OPEN:
        return True
    if low in OPEN_UNLESS_AFTER_NUMBER and (word.islower() or len(word) > 1) and following.isalpha():
        return not _NUMBER.match(_word_before(text, at - len(word)).upper())
    if not glued and word and at - len(word) <= start and _ENUMERATOR.match(word):
        return True  # "1. First", "II. Background": the number of the sentence, not a sentence
    number = following[0].isdigit() or following in "§#$€£"
    next_word = _next_word(text, next_at)
    if (low in OPEN_BEFORE_NUMBER or low.endswith("str")) and not (len(word) == 1 and word.isupper()):
        if number or _ROMAN.match(next_word):
            return True
        if len(word) > 1:
            return False
    if glued or low in DOTTED_END:
        return False
    if word.isdigit():
        return _is_ordinal(text, word, at - len(word), next_at, next_word)
    return _is_short_form(word, next_word, number=number)


def _is_ordinal(text: str, figures: str, start: int, next_at: int, next_word: str) -> bool:
    """Tell whether figures and a stop are an ordinal or part of a date: "am 3. Oktober", "3. 4. 2013"."""
    return len(figures) <= 2 and (
        next_word.lower() in AFTER_ORDINAL
        or _word_before(text, start) in BEFORE_ORDINAL
        or _is_date(text, start, next_at)
    )


def _is_short_form(word: str, next_word: str, *, number: bool) -> bool:
    """Tell whether a word before a stop is short for something that goes on after it."""
    if _DOUBLED.match(word) and _DOUBLED.match(next_word):
        return True
    initial = len(word) == 1 and word.isalpha()
    if initial and (len(next_word) == 1 or next_word == "Chr"):
        return True  # "z. B.", "J. R. R.", "n. Chr."
    if (initial and word.isupper()) or _DOTTED.match(word) or word.lower() in NAME_MAY_GO_ON:
        return number or next_word.lower() not in STARTERS
    return False


def _is_date(text: str, day_at: int, next_at: int) -> bool:
    """Tell whether figures and a stop are the day or the month of a date: "3. 4. 2013"."""
    rest = _REST_OF_DATE.match(text, next_at)
    return bool(rest) and (
        bool(_FIGURES.match(text, next_at)) or bool(_FIGURES.fullmatch(_word_before(text, day_at)))
    )


def _word_before(text: str, at: int) -> str:
    found = _LAST_WORD.search(text[max(0, at - 20) : at].rstrip())
    return found.group().lower() if found else ""


def _next_word(text: str, at: int) -> str:
    found = _NEXT_WORD.match(text, at)
    return found.group() if found else ""


def sentences_of(block: Block, pages: Sequence[Page], index: int = 0) -> tuple[Sentence, ...]:
    """Return the sentences of `block`, each with its runs; `index` is the block's number in its document.

    A heading is one sentence and a table has one for each row.  For every sentence,
    `text_of(sentence.runs, pages) == sentence.text`.
    """
    pieces = [pages[r.page - 1].text[r.start : r.end] for r in block.runs]
    raw = "".join(pieces)
    if block.kind is BlockKind.TABLE:
        spans: Iterable[tuple[int, int]] = (m.span() for m in _TABLE_ROW.finditer(raw))
    elif block.kind in (BlockKind.HEADING, BlockKind.ASIDE):
        spans = [(0, len(raw))]
    else:
        spans = split_sentences(raw)
    starts = [0, *accumulate(len(p) for p in pieces)]
    return tuple(
        Sentence(collapse(raw[start:end]), _runs_between(block.runs, starts, start, end), index)
        for start, end in (_strip(raw, *span) for span in spans)
        if end > start
    )


def _strip(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return start, end


def _runs_between(runs: Sequence[Run], starts: Sequence[int], start: int, end: int) -> tuple[Run, ...]:
    """Cut `runs`, of which number i begins at `starts[i]` in their joined text, to [start, end)."""
    cut: list[Run] = []
    for i in range(max(0, bisect_right(starts, start) - 1), len(runs)):
        if starts[i] >= end:
            break
        run = runs[i]
        left = run.start + max(0, start - starts[i])
        right = run.start + min(run.end - run.start, end - starts[i])
        if right > left:
            cut.append(Run(run.page, left, right))
    return tuple(cut)
