"""Show a cell's number as a person sees it: by the number format of its cell.

The formats are those of Office Open XML (ISO/IEC 29500-1, 18.8.30 and 18.8.31): up to four sections for
positive, negative, zero and text, each of placeholders and literal signs.  Dates become ISO 8601, as precise
as the format shows them, because a document has one language of dates and its readers have many.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0;-"$"#,##0', 6: '"$"#,##0;-"$"#,##0',
    7: '"$"#,##0.00;-"$"#,##0.00', 8: '"$"#,##0.00;-"$"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: "#,##0;(#,##0);-", 42: '"$"#,##0;("$"#,##0);"$"-',
    43: "#,##0.00;(#,##0.00);-", 44: '"$"#,##0.00;("$"#,##0.00);"$"-', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 48: "0.0E+0", **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip

# What a cell shows whose formula failed, by the code that old workbooks keep.
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _. | \*.
    | \[\$(?P<currency>[^\]-]*)[^\]]*\] | \[(?P<elapsed>[hms]+)\] | \[(?P<condition>[<>=][^\]]*)\]
    | \[[^\]]*\]
    | (?P<number>[0\#?][0\#?,]*(?:\.[0\#?]*)?,*|\.[0\#?]+) | (?P<exponent>E[+-][0\#?]+)
    | (?P<general>General) | (?P<date>AM/PM|A/P|y+|m+|d+|h+|s+|b+|g+|e+) | (?P<fraction>/) | (?P<sign>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LATEST = 2_958_466  # the day after 9999-12-31
_MOST_DECIMALS = 15  # more than a number of 64 bits holds


def show_number(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return `value` as a cell of the number format `code` shows it ("" for the general format)."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        return "#NUM!"
    sections = _sections(code)
    if _is_date(sections[0]):
        return _date(value, sections[0], since_1904=since_1904) or general(value)
    section, shown = sections[0], value
    if len(sections) > 2 and value == 0:
        section = sections[2]
    elif len(sections) > 1 and value < 0:
        section, shown = sections[1], -value
    return _in_section(shown, section) or general(value)


def general(value: float) -> str:
    """Return a number as the general format shows it: without the noise of its last binary digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    whole = len(str(int(abs(value))))
    return f"{value:.{min(15, max(11, whole))}g}".replace("e+", "E+").replace("e-", "E-")


def is_date_format(code: str) -> bool:
    """Tell whether a number format shows dates or times."""
    return _is_date(_sections(code)[0])


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the sections of a format, each as its tokens: (what it is, what it says)."""
    sections: list[tuple[tuple[str, str], ...]] = []
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code[:255]):
        kind = match.lastgroup or ""
        if kind == "sign" and match["sign"] == ";":
            sections.append(tuple(tokens))
            tokens = []
        elif kind in ("quoted", "escaped", "currency", "sign"):
            tokens.append(("literal", match[kind]))
        elif kind:
            tokens.append((kind, match[kind]))
    sections.append(tuple(tokens))
    return tuple(sections)


def _is_date(tokens: tuple[tuple[str, str], ...]) -> bool:
    kinds = {kind for kind, _ in tokens}
    return bool(kinds & {"date", "elapsed"}) and not kinds & {"general", "exponent"}


def _in_section(value: float, tokens: tuple[tuple[str, str], ...]) -> str:
    """Return the number in one section of a format, "" where it is to be shown as it is."""
    kinds = [kind for kind, _ in tokens]
    if {"condition", "general", "fraction", "date"} & set(kinds) or kinds.count("number") > 1:
        return ""
    if "number" not in kinds:
        words = "".join(text for kind, text in tokens if kind == "literal")
        return words.strip() if "@" not in words else ""
    percents = sum(text.count("%") for kind, text in tokens if kind == "literal")
    pattern = next(text for kind, text in tokens if kind == "number")
    exponent = "exponent" in kinds
    try:
        written = _digits(value, pattern, percents, exponent=exponent)
    except InvalidOperation:
        return ""
    pieces = [written if k == "number" else text if k == "literal" else "" for k, text in tokens]
    minus = "-" if value < 0 and any(c in "123456789" for c in written) else ""
    return minus + "".join(pieces).strip()


def _digits(value: float, pattern: str, percents: int, *, exponent: bool) -> str:
    """Return the digits of a number by its placeholders, without its sign."""
    placeholders = pattern.rstrip(",")
    thousands = len(pattern) - len(placeholders)
    whole, _, decimals = placeholders.partition(".")
    most = min(len(decimals), _MOST_DECIMALS)
    if exponent:
        return f"{abs(value):.{most}E}"
    number = abs(Decimal(repr(value))).scaleb(2 * percents - 3 * thousands)
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    right = right[: decimals.count("0")] + right[decimals.count("0") :].rstrip("0")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole and len(left) > 3:
        left = f"{int(left):,}"
    return f"{left}.{right}" if right else left


def _date(value: float, tokens: tuple[tuple[str, str], ...], *, since_1904: bool) -> str:
    """Return a serial day as an ISO date, a time, or both, "" where it is none."""
    letters = {text[0].lower() for kind, text in tokens if kind == "date"}
    if any(kind == "elapsed" for kind, _ in tokens):
        seconds = round(value * 86_400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds >= 0 else ""
    if not 0 <= value < _LATEST:
        return ""
    # Excel believes that there was a 29 February 1900; days before it count from one day later.
    origin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001
    try:
        moment = origin + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return ""
    timed = bool(letters & {"h", "s"}) or (letters == {"m"} and value < 1)
    dated = bool(letters & set("ydbge")) or ("m" in letters and not timed)
    time = moment.strftime("%H:%M:%S" if "s" in letters or moment.second else "%H:%M")
    if not dated:
        return time
    day = moment.date().isoformat()
    if not letters & {"d", "e", "g"} and not timed:
        return day[:7] if "m" in letters else day[:4]
    return f"{day} {time}" if timed else day
