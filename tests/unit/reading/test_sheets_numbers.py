from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.reading.sheets.numbers import BUILT_IN, general, show_number

ACCOUNTING = r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5000000001, "", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (41000, "", "41000"),
        (1e20, "", "1E+20"),
        (0.125, "0%", "13%"),
        (0.1255, "0.0%", "12.6%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-12, "#,##0;(#,##0)", "(12)"),
        (-12, "[Red]0.0", "-12.0"),
        (1234.5, ACCOUNTING, "$1,234.50"),
        (-1234.5, ACCOUNTING, "$(1,234.50)"),
        (0, ACCOUNTING, "$-"),
        (1234.5, r"#,##0.00\ [$€-407]", "1,234.50 €"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '0.0,,"m"', "1.2m"),
        (12, "0.##", "12"),
        (5, "00000", "00005"),
        (1.5e10, "0.00E+00", "1.50E+10"),
        (7, '0 "items"', "7 items"),
        (0.5, "# ?/?", "0.5"),
        (44197, "dd/mm/yyyy", "2021-01-01"),
        (44197, "mmm-yy", "2021-01"),
        (44197, "yyyy", "2021"),
        (44197.5, "d.m.yy h:mm", "2021-01-01 12:00"),
        (0.75, "h:mm AM/PM", "18:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (60, "yyyy-mm-dd", "1900-02-28"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-1, "yyyy-mm-dd", "-1"),
        (3, BUILT_IN[9], "300%"),
        (math.nan, "0.0", "#NUM!"),
    ],
)
def test_numbers_are_shown_as_a_person_sees_them(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert show_number(42735, "yyyy-mm-dd", since_1904=True) == "2021-01-01"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_the_general_format_keeps_a_number_to_eleven_digits(value: float) -> None:
    assert math.isclose(float(general(value)), value, rel_tol=1e-10)


@given(st.floats(), st.text(alphabet='0#?,.%;_*"\\[]$-()EemyhsdG /@Red', max_size=20))
def test_no_format_breaks_it(value: float, code: str) -> None:
    assert isinstance(show_number(value, code), str)
