"""Numbers, dates and identifiers: any usual printing is the same, and different ones are never the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.indexing.words_dates import date_tokens, find_dates
from qa_desktop.indexing.words_months import month_number
from qa_desktop.indexing.words_values import values

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "sr": "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada"
    " grudnia",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
PRINTINGS = {
    "en": (
        "{d} {m} {y}", "{m} {d}, {y}", "{m} {d} {y}", "{y}-{n:02}-{d:02}", "the {d}th of {m}, {y}",
        "{d}.{n}.{y}", "{d} {m:.3} {y}", "{d}-{m:.3}-{y}",
    ),
    "de": ("{d}. {m} {y}", "{d}.{n}.{y}", "{d:02}.{n:02}.{y}", "{d}. {n}. {y}", "{y}-{n:02}-{d:02}"),
    "es": ("{d} de {m} de {y}", "{d} de {m} del {y}", "{d}/{n}/{y}", "{d}-{n}-{y}"),
    "ru": ("{d} {m} {y} года", "{d:02}.{n:02}.{y} г.", "{d} {m} {y} г."),
    "sr": ("{d}. {m} {y}. godine", "{d}. {m} {y}", "{d:02}.{n:02}.{y}.", "{d}. {n}. {y}."),
    "hr": ("{d}. {m} {y}.", "{d}. {n}. {y}."),
    "pl": ("{d} {m} {y} r.", "{d}.{n:02}.{y}"),
    "fr": ("{d} {m} {y}", "le {d} {m} {y}", "{d}/{n:02}/{y}"),
}  # fmt: skip
DAYS = st.dates(date(1000, 1, 1), date(2199, 12, 31))
LANGUAGES = st.sampled_from(sorted(PRINTINGS))


def printed(day: date, language: str, printing: str) -> str:
    name = MONTHS[language].split()[day.month - 1]
    return f"Text ({printing.format(d=day.day, m=name, n=day.month, y=day.year)}), more"


def days(text: str, language: str) -> list[str]:
    return [v for v in values(text, [language]) if v.startswith("d")]


@given(DAYS, LANGUAGES, st.data())
def test_any_printing_of_a_date_is_that_date(day: date, language: str, data: st.DataObject) -> None:
    printing = data.draw(st.sampled_from(PRINTINGS[language]))
    assert days(printed(day, language, printing), language) == [f"d{day.isoformat()}"]


@given(DAYS, DAYS, LANGUAGES, LANGUAGES, st.data())
def test_different_dates_are_never_the_same(
    one: date, other: date, first: str, second: str, data: st.DataObject
) -> None:
    texts = [
        days(printed(day, language, data.draw(st.sampled_from(PRINTINGS[language]))), language)
        for day, language in ((one, first), (other, second))
    ]
    assert (texts[0] == texts[1]) == (one == other)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("24 September 2023", "en", ["d2023-09-24", "m2023-09", "a09-24", "n2023"]),
        ("September 2023", "en", ["m2023-09", "n2023"]),
        ("on 24 September", "en", ["a09-24"]),
        ("24. септембар 2023", "sr", ["d2023-09-24", "m2023-09", "a09-24", "n2023"]),
        ("2023年9月24日", "zh", ["d2023-09-24", "m2023-09", "a09-24", "n2023"]),
        ("6/2/2023", "en", ["n2023"]),  # nobody can tell
        ("6/2/2023", "es", ["d2023-02-06", "m2023-02", "a02-06", "n2023"]),
        ("9/24/2023", "en", ["d2023-09-24", "m2023-09", "a09-24", "n2023"]),
        ("31 February 2023", "en", ["m2023-02", "n2023", "n31"]),
        ("24 listopada 2023", "pl", ["d2023-11-24", "m2023-11", "a11-24", "n2023"]),
        ("24. listopada 2023", "hr", ["d2023-10-24", "m2023-10", "a10-24", "n2023"]),
        ("it may 5 times", "en", ["a05-05"]),
    ],
)
def test_of_a_date_all_that_is_said_and_no_more(text: str, language: str, expected: list[str]) -> None:
    assert values(text, [language]) == expected


def test_the_date_of_a_document_is_one_of_its_texts() -> None:
    assert set(date_tokens("2023-09-24")) == set(values("24 September 2023", ["en"]))
    assert set(date_tokens("2023-09")) == set(values("September 2023", ["en"]))
    assert date_tokens("2023") == ("n2023",)
    assert date_tokens("") == date_tokens("yesterday") == ()


def test_every_language_has_twelve_months_and_short_words_of_others_are_none() -> None:
    for language, months in MONTHS.items():
        assert [month_number(m, language) for m in months.split()] == list(range(1, 13))
    assert month_number("set", "it") == 9
    assert month_number("set", "en") == 0
    assert month_number("septembar", "en") == 9


POINT, COMMA = ("en", ",", "."), ("de", ".", ",")
SYSTEMS = st.sampled_from(
    [POINT, COMMA, ("es", ".", ","), ("sr", ".", ","), ("ru", "\u00a0", ","), ("fr", "\u202f", ",")]
)
NUMBERS = st.decimals(0, 10**12, places=0) | st.decimals(0, 10**9, places=2) | st.decimals(0, 100, places=1)


def in_print(number: Decimal, printing: str, thousands: str, decimal: str) -> str:
    text = format(number, printing)
    return text.translate({ord(","): thousands, ord("."): decimal})


@given(NUMBERS, SYSTEMS, st.sampled_from(["f", ",f"]))
def test_any_printing_of_a_number_is_that_number(
    number: Decimal, system: tuple[str, str, str], printing: str
) -> None:
    language, thousands, decimal = system
    text = f"about {in_print(number, printing, thousands, decimal)} of them"
    assert [Decimal(v[1:]) for v in values(text, [language]) if v.startswith("n")] == [number]


@given(NUMBERS, NUMBERS)
def test_different_numbers_are_never_the_same(one: Decimal, other: Decimal) -> None:
    assert (values(f"{one:,f}", ["en"]) == values(f"{other:f}", ["en"])) == (one == other)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1 300 and 1'300", "fr", ["n1300"]),
        ("3.47 per cent", "en", ["n3.47", "p3.47"]),
        ("3,47 % oder 3,47 Prozent", "de", ["n3.47", "p3.47"]),
        ("3,47 odsto", "sr", ["n3.47", "p3.47"]),
        ("$1,300.50", "en", ["n1300.5"]),
        ("3.5 million", "en", ["n3.5", "n3500000"]),
        ("3,5 Mio. Euro", "de", ["n3.5", "n3500000"]),
        ("2 billion", "en", ["n2", "n2000000000"]),
        ("2 Billionen", "de", ["n2", "n2000000000000"]),
        ("the 21st of them", "en", ["n21"]),
        ("version 1.2.3.4", "en", []),
        ("in 2019 300 people", "en", ["n2019", "n300"]),
        ("Peter I and Chapter IV", "en", []),
    ],
)
def test_figures_are_read_as_their_language_prints_them(
    text: str, language: str, expected: list[str]
) -> None:
    assert values(text, [language]) == expected


@pytest.mark.parametrize(
    "text", ["KO 130/15", "KO130/15", "KO-130/15", "KO. 130/15", "(KO\u00a0130/15),", "ref. KO 130-15"]
)
def test_an_identifier_is_found_however_it_is_set(text: str) -> None:
    assert set(values("KO 130/15", ["en"])) & set(values(text, ["en"])) >= {"iko-130-15"}
    assert "iko-130-15" in values("what is ko 130/15", ["en"], asked=True)


def test_identifiers_are_told_apart() -> None:
    assert "ia-res-64-298" in values("by resolution A/RES/64/298 of 2010", ["en"])
    assert not {"ia-res-64-298"} & set(values("A/RES/64/29 and A/RES/6/4298", ["en"]))
    assert [v for v in values("GDP 2.5% in 2019-2020, 21st", ["en"]) if v.startswith("i")] == []


@given(st.text(alphabet="0123456789.,-/ aMay2023年'’%A", max_size=60), st.sampled_from(["en", "de", ""]))
def test_any_text_has_values_that_an_index_can_hold(text: str, language: str) -> None:
    found = values(text, [language], asked=True)
    assert len(found) == len(set(found))
    assert all(v and not any(c.isspace() or c in "\"'" for c in v) for v in found)
    ends = [d.end for d in find_dates(text, language)]
    assert ends == sorted(ends)
