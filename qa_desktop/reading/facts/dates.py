"""Find the date of a document in its first lines: the day it was written or published, as it says itself.

Only lines that are about the document count: a line that is a date; a label before one ("Published",
"Stand:", "Дата"); the place and day that open a report ("BRUSSELS, 12 March 2021 –"); a short line of names
that ends in a date.  A date in a sentence or a heading is part of what the document tells.

Names of months are dateparser's (BSD-3), which has them from the Unicode CLDR, and the Serbian genitives that
it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser import DateDataParser

EARLIEST = 1900
_LONGEST_LINE = 110  # characters of a line that may be about the document
_HEADINGS_OF_THE_HEAD = 4  # lines; after the title, before the first section
_MOST_OTHER_WORDS = 12  # beside the date in a line of names

_YEAR = r"(?:1[89]|20|21)\d\d"
_WORD = r"[^\W\d_]{3,12}"
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:
        (?P<iso>{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}})(?:[T ]\d\d:\d\d\S*)?
      | (?P<wide>{_YEAR}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)
      | (?P<numbers>\d{{1,2}}(?P<sign>[./-])\s?\d{{1,2}}(?P=sign)\s?{_YEAR})
      | (?P<day_first>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª])?\s+(?:of\s+|de\s+|d[’'])?
            (?P<month_2>{_WORD})[.,]?\s+(?:de\s+|del\s+)?(?P<year_2>{_YEAR})
      | (?P<month_1>{_WORD})\.?\s+(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_1>{_YEAR})
      | (?P<month_only>{_WORD})\.?,?\s+(?:de\s+)?(?P<year_only>{_YEAR})
    )(?![\w-]|[./]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_AROUND = re.compile(
    r"""(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:montag|dienstag|mittwoch|
    donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|
    mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\b|\d{1,2}[:.]\d\d(?::\d\d)?|\b(?:am|pm|a\.m|p\.m|gmt|utc|cest|cet|
    est|edt|uhr|h|at|um|on|г|года?|god|године?|r)\b|[(),.;|·•–—-]|\s)+""",
    re.IGNORECASE | re.VERBOSE,
)
_PUBLISHED = re.compile(
    r"""(?:first\s+)?(?:published|posted|released?|issued|dated?|created|written|submitted|filed|date\s+of\s+(?:report|
    issue|publication|document)[^:]{0,50}|publication\s+date|release\s+date|veröffentlicht|erschienen|datum|stand|
    publi[ée]e?|date\s+de\s+publication|fecha(?:\s+de\s+publicaci[óo]n)?|publicado|data|pubblicato(?:\s+il)?|дата|
    опубликовано|објављено|датум|objavljeno|datum\s+objave|publikuar(?:\s+m[ëe])?|data\s+e\s+publikimit|tarih|
    yayınlanma|تاريخ(?:\s+النشر)?|نشر|发布日期|日期|公開日|掲載日)\s*(?:on|am|le|el|il)?\s*[:：]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_CHANGED = re.compile(
    r"(?:last\s+)?(?:updated?|modified|revised|changed?)\b|aktualisiert|zuletzt\s+geändert|mis\s+à\s+jour|actualizado|"
    r"aggiornato|обновлено|ажурирано|ažurirano|përditësuar",
    re.IGNORECASE,
)
_ACCESSED = re.compile(r"accessed|retrieved|downloaded|printed|abgerufen|gedruckt|consult[ée]|preuzeto", re.I)
_DATELINE = re.compile(r"[^\W\d_][^\n,.;:!?]{1,40},\s*\Z")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,40}\)\s*)?(?:[–—]|--|-\s|:\s)")
_NAMES_MAY_HOLD = frozenset(
    """of the in on at and for by compiled written prepared edited session meeting letter version status as
    de del da di la le les du des der die das den und et y i u e no nr vol issue von van""".split()
)
# Genitives of Serbian (also Bosnian) months, which dateparser does not know.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januara јануара", "februara фебруара", "marta марта", "aprila априла", "maja маја", "juna јуна",
            "jula јула", "avgusta augusta августа", "septembra септембра", "oktobra октобра",
            "novembra новембра", "decembra децембра",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_OF: Mapping[str, int] = MappingProxyType(_MONTHS)
_TWINS = MappingProxyType({"sr": ("sr", "sr-Latn", "hr", "bs"), "bs": ("bs", "hr", "sr-Latn"), "no": ("nb",)})


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date as ISO 8601, the number of the line that it stands in, and whether it stands there alone."""

    iso: str
    line: int
    alone: bool


def date_in_head(
    lines: Sequence[str], headings: Sequence[bool], language: str, today: date
) -> HeadDate | None:
    """Return the date of the document whose first lines these are; None where they do not tell.

    `headings` says which lines are headings.  Days after `today` and years before 1900 are none.  A day
    in figures whose order is unclear ("6/2/2023") is told from other dates in the lines, or is a year only.
    """
    order = _order("\n".join(lines))
    changed: HeadDate | None = None
    for number, line in enumerate(lines):
        for found, alone in _candidates(lines, number, heading=headings[number]):
            iso = _iso(found, language, order)
            if not _is_plausible(iso, today):
                continue
            before = line[: found.start()] + " " + (lines[number - 1] if alone and number else "")
            if _CHANGED.search(before) or _ACCESSED.search(before):
                changed = changed or (HeadDate(iso, number, alone) if _CHANGED.search(before) else None)
                continue
            return HeadDate(iso, number, alone)
    return changed


def is_date(line: str) -> bool:
    """Tell whether a line says nothing but a date."""
    found = _DATE.search(line)
    return found is not None and _is_all(line[: found.start()]) and _is_all(line[found.end() :])


def _candidates(lines: Sequence[str], number: int, *, heading: bool) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield dates of a line that are about the document, each with whether it is all the line says."""
    line = lines[number]
    for found in _DATE.finditer(line[:400]):
        before, after = line[: found.start()], line[found.end() :]
        if _is_all(before) and _is_all(after):
            label = _PUBLISHED.fullmatch(lines[number - 1].strip()) if number else None
            if not found["month_only"] or label or number < 6:
                yield found, True
            return
        if heading and not 0 < number < _HEADINGS_OF_THE_HEAD:
            return
        if _PUBLISHED.fullmatch(_strip_ends(before)) or _CHANGED.search(before[-60:]):
            if len(before) <= 70:
                yield found, False
            return
        if found["month_only"]:
            continue
        if _DATELINE.fullmatch(before) and _AFTER_DATELINE.match(after):
            yield found, False
            return
        if len(line) <= _LONGEST_LINE and _is_line_of_names(before, after):
            yield found, False
            return


def _is_all(rest: str) -> bool:
    return not rest or bool(_AROUND.fullmatch(rest))


def _strip_ends(text: str) -> str:
    return text.strip(" \t([|·•–—-*")


def _is_line_of_names(before: str, after: str) -> bool:
    """Tell whether what stands around a date are names ("Lena Hartwig, Brussels, …"), not a sentence."""
    rest = f"{before} {after}"
    words = re.findall(r"[^\W\d_]+", rest)
    if not words or len(words) > _MOST_OTHER_WORDS or _DATE.search(rest) or re.search(r"[?!“”\"]", rest):
        return False
    if before and not re.search(r"(?:[,|·•–—:(]|\b(?:of|from|vom|du|del|от|од))\s*\Z", before):
        return False
    if re.search(r"[–—-]\s*\Z", before) and re.search(r"\d\W*\Z", before):
        return False  # the end of a range
    return all(w[0].isupper() or w.lower() in _NAMES_MAY_HOLD or not w[0].islower() for w in words)


def _order(text: str) -> str:
    """Return "month first" or "day first", as other dates of the text have it, or '' if they do not tell."""
    month_first = day_first = 0
    for found in _DATE.finditer(text):
        month_first += bool(found["day_second"])
        day_first += bool(found["day_first"])
        if found["numbers"] and found["sign"] == "/":
            first, second = (int(n) for n in re.findall(r"\d+", found["numbers"])[:2])
            month_first += second > 12
            day_first += first > 12
    if month_first == day_first:
        return ""
    return "month first" if month_first > day_first else "day first"


def _iso(found: re.Match[str], language: str, order: str) -> str:
    """Return the date as ISO 8601, to the day, month or year, or '' if it is none."""
    if found["iso"] or found["wide"]:
        year, month, day = (int(n) for n in re.findall(r"\d+", found["iso"] or found["wide"]))
        return _written(year, month, day)
    if found["numbers"]:
        one, two, year = (int(n) for n in re.findall(r"\d+", found["numbers"]))
        if found["sign"] != "/" or one > 12 or one == two:
            return _written(year, two, one)
        if two > 12:
            return _written(year, one, two)
        if not order:
            return str(year)
        return _written(year, *((one, two) if order == "month first" else (two, one)))
    name = found["month_2"] or found["month_1"] or found["month_only"]
    month = _month(name.lower(), language)
    year = int(found["year_2"] or found["year_1"] or found["year_only"])
    if not month:
        return ""
    if found["month_only"]:
        return f"{year}-{month:02}"
    return _written(year, month, int(found["day_first"] or found["day_second"]))


def _written(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(name: str, language: str) -> int:
    """Return the number of the month of that name in `language` or English, or 0."""
    if name in _MONTH_OF:
        return _MONTH_OF[name]
    found = _parser(language).get_date_data(f"28 {name} 2001")
    if found.date_obj is None or found.period != "day" or found.date_obj.day != 28:
        return 0
    return int(found.date_obj.month)


@lru_cache(maxsize=8)
def _parser(language: str) -> DateDataParser:
    from dateparser import DateDataParser  # noqa: PLC0415 - loads slowly, and few documents need it

    settings = {
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "REQUIRE_PARTS": ["day", "month"],
    }
    languages = [*_TWINS.get(language, (language,)), "en"] if language else ["en"]
    try:
        return DateDataParser(languages=list(dict.fromkeys(languages)), settings=settings)
    except ValueError:  # a language of which it knows nothing
        return DateDataParser(languages=["en"], settings=settings)


def _is_plausible(iso: str, today: date) -> bool:
    return bool(iso) and int(iso[:4]) >= EARLIEST and iso <= (today + timedelta(days=1)).isoformat()
