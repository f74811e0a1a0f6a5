"""What a text says in figures, to one form each: numbers, percentages, dates, identifiers.

    1,300  1300  1 300  1'300  1.300 (in German)      n1300
    3.47 per cent  3.47 %  3,47 % (in German)         n3.47 p3.47
    3.5 million  3,5 Mio. (in German)                 n3.5 n3500000
    24 September 2023  2023-09-24  24.9.2023          d2023-09-24 m2023-09 a09-24 n2023
    A/RES/64/298  KO 130/15  KO-130/15                ia-res-64-298  iko-130-15

The same is done with questions, so what is printed in one way is found by what is typed in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from qa_desktop.indexing.words_dates import find_dates
from qa_desktop.indexing.words_fold import fold

_POINT_IS_DECIMAL = frozenset("en zh ja ko th he hi ta ne ga cy ar fa mt sw".split())
"""Languages that write 1,300.5; the others write 1.300,5 or 1 300,5."""

_GAP = "\u0020\u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<grouped>\d{{1,3}}(?:(?P<gap>[{_GAP}'’])\d{{3}})(?:(?P=gap)\d{{3}})*(?:[.,]\d+)?)"
    r"|(?P<plain>\d+(?:[.,]\d+)*))(?=(?P<ordinal>st|nd|rd|th)?(?![^\W_]))"
)
_PERCENT = re.compile(
    r"[^\S\n]*-?(?:%|(?:per\s?cent|percent|prozent|prozentige?[nrs]?|pour\s?cent|por\s?ciento|por\s?cento|per\s?cento"
    r"|procent\w*|процент\w*|відсотк\w*|odsto|posto|postotak\w*|postot\w*|одсто|посто|për\s?qind|yüzde)\b)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"[^\S\n]*-?(?:(?P<k>thousand|tausend|tsd|mille|mila|mil|тысяч\w*|тыс|hiljad\w*|хиљад\w*|tisuć\w*|tysi[ąę]c\w*|tisíc\w*|mijë|bin)"
    r"|(?P<m>million\w*|mio|mln|mn|millón|millones|milione?s?i?|milhão|milhões|milijun\w*|milion\w*|милион\w*"
    r"|миллион\w*|млн|мільйон\w*|milyon)"
    r"|(?P<g>milliard\w*|mrd|md|milijard\w*|милијард\w*|миллиард\w*|млрд|мільярд\w*|miliard\w*|miliardi?|milyar|bn)"
    r"|(?P<b>billion\w*|billón|billones|bilion\w*|билион\w*|bio)"
    r"|(?P<t>trillion\w*|trillón|trillones|trilion\w*|трилион\w*|триллион\w*|trn))\b",
    re.IGNORECASE,
)
_FACTORS = {"k": 3, "m": 6, "g": 9}
_SHORT_SCALE = frozenset("en ru uk bg pt tr".split())  # a billion is a thousand million
_IDENTIFIER = re.compile(
    r"(?<![\w/.,-])(?:(?P<code>[^\W\d_]{1,6})(?:\.[^\S\n]?|[^\S\n]))?"
    r"(?P<body>(?=[\w/–-]*\d)[^\W_]+(?:[/–-][^\W_]+)*)(?![\w]|[.,]\d)"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 40  # characters of an identifier; a longer one is an address or a checksum


def values(text: str, languages: Iterable[str] = ("",), *, asked: bool = False) -> list[str]:
    """Return the tokens of what `text`, in one of `languages`, says in figures, in order, each once.

    Of a text in several possible languages, each reading is returned.  With `asked`, `text` is a question: a
    code before a number may be in small letters there.
    """
    found: dict[str, None] = {}
    for language in languages:
        rest = list(text)
        for moment in find_dates(text, language):
            found.update(dict.fromkeys(moment.tokens()))
            rest[moment.start : moment.end] = " " * (moment.end - moment.start)
        left = "".join(rest)
        found.update(dict.fromkeys(_identifiers(left, asked=asked)))
        found.update(dict.fromkeys(_numbers(left, language)))
    return list(found)


def without_gaps(text: str) -> str:
    """Return `text` with the digits of each number together: "1 300" as "1300"."""
    return _NUMBER.sub(lambda m: re.sub(rf"[{_GAP}'’]", "", m.group()), text)


def _numbers(text: str, language: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        read = _read(match, language)
        if not read:  # groups of digits that are no number: an address, a version, a section
            continue
        for number in read:
            yield f"n{_written(number)}"
        end = match.end() + len(match["ordinal"] or "")
        if _PERCENT.match(text, end):
            yield f"p{_written(read[0])}"
        elif times := _TIMES.match(text, end):
            yield f"n{_written(read[0].scaleb(_exponent(times, language)))}"


def _exponent(times: re.Match[str], language: str) -> int:
    kind = times.lastgroup or ""
    short = (language or "en") in _SHORT_SCALE
    if kind == "b":
        return 9 if short else 12
    if kind == "t":
        return 12 if short or language in ("fr", "sr", "hr", "bs") else 18
    return _FACTORS[kind]


def _read(match: re.Match[str], language: str) -> list[Decimal]:
    """Return what a string of digits and separators means; a blank may also stand between two numbers."""
    if match["grouped"]:
        units, _, rest = without_gaps(match["grouped"]).replace(",", ".").partition(".")
        return [Decimal(f"{units}.{rest}" if rest else units)]
    text = match["plain"]
    signs = [c for c in text if not c.isdecimal()]
    if not signs:
        return [Decimal(text)]
    groups = re.split("[.,]", text)
    last, before = signs[-1], set(signs[:-1])
    in_thousands = 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
    if len(signs) == 1:
        decimal = "." if (language or "en") in _POINT_IS_DECIMAL else ","
        if in_thousands and last != decimal and groups[0] != "0":
            return [Decimal("".join(groups))]
        return [Decimal(".".join(groups))]
    if not before - {last}:
        return [Decimal("".join(groups))] if in_thousands else []
    whole = groups[:-1]
    if len(before) == 1 and 1 <= len(whole[0]) <= 3 and all(len(g) == 3 for g in whole[1:]):
        return [Decimal(f"{''.join(whole)}.{groups[-1]}")]
    return []


def _written(number: Decimal) -> str:
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _identifiers(text: str, *, asked: bool) -> Iterator[str]:
    for match in _IDENTIFIER.finditer(text):
        body, code = fold(match["body"]), match["code"]
        if len(body) > _LONGEST or not any(c.isdecimal() for c in body) or _ORDINAL.fullmatch(body):
            continue
        parts = _PARTS.findall(body)
        if "/" in body or not all(p.isdecimal() for p in parts):
            yield "i" + "-".join(parts)
        if code and (asked or (code.isupper() and len(code) > 1)):
            yield "i" + "-".join([*_PARTS.findall(fold(code)), *parts])
