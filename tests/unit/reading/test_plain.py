from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.plain import decode, read_plain
from tests.support.documents import check, texts

TEXT = "Köln, Čačak and Łódź are three towns.\nThey lie far apart."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_reads_every_unicode_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


def test_reads_utf16_without_a_mark() -> None:
    plain = "No mark stands before this text, which is long enough to be sure."
    assert decode(plain.encode("utf-16-le"))[0] == plain
    assert decode(plain.encode("utf-16-be"))[0] == plain
    japanese = "日本の経済は、昨年より改善していると政府は発表した。\n詳細は明日の会議で説明される。"
    assert decode(japanese.encode("utf-16-le"))[0] == japanese
    assert decode(japanese.encode("utf-16-be"))[0] == japanese


def test_a_damaged_byte_makes_no_other_encoding_of_a_text() -> None:
    good = "Übergrößen für Köln. " * 20
    text, encoding = decode(good.encode() + b"\xff" + good.encode() + b"\xc3")
    assert encoding == "utf-8"
    assert text == f"{good}\ufffd{good}\ufffd"


def test_guesses_an_older_encoding() -> None:
    german = "Die Brücke über den Fluß wurde für die Bürger der Stadt größer gebaut, als nötig wäre. " * 20
    assert decode(german.encode("cp1252"))[0] == german


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("The “council” met – and said it’s fine. It cost £40.", ["cp1252", "mac_roman"]),
        (
            "Le conseil a déclaré que l'accord était prêt à Genève. Ça suffit.",
            ["cp1252", "mac_roman", "cp850"],
        ),
        ("Die Brücke über den Fluß wurde größer gebaut.", ["cp1252", "mac_roman", "cp850"]),
        ("Marrëveshja është nënshkruar në Prishtinë. Është e qartë çka ndodhi.", ["cp1252", "mac_roman"]),
        ("A reunião não começou à hora marcada; as decisões são públicas.", ["cp1252"]),
        ("Regeringen träffade på lördagen företrädare för Åland.", ["cp1252"]),
        ("Vučić je izjavio da će Srbija štititi svoje građane. Žao mi je.", ["cp1250", "iso8859_2"]),
        ("Šabac i Čačak su gradovi u Srbiji.", ["cp1250", "iso8859_2"]),
        ("Rząd ogłosił, że umowa została podpisana wczoraj w Łodzi.", ["cp1250", "iso8859_2", "cp852"]),
        ("A kormány bejelentette, hogy őszig nem lesz döntés.", ["cp1250", "iso8859_2"]),
        ("Hükümet dün İzmir'de açıklama yaptı; görüşmeler sürüyor.", ["cp1254"]),
        ("Правительство объявило вчера, что соглашение подписано в Москве.", ["cp1251", "koi8_r", "cp866"]),
        ("Москва и Белград подписали договор.", ["cp1251", "koi8_r", "iso8859_5", "mac_cyrillic"]),
        ("Председник Србије је изјавио да ће влада штитити све. Ђорђе Његош.", ["cp1251", "iso8859_5"]),
        ("Η κυβέρνηση ανακοίνωσε χθες τη συμφωνία.", ["cp1253", "iso8859_7"]),
        ("הממשלה הודיעה אתמול כי ההסכם נחתם.", ["cp1255"]),
        ("أعلنت الحكومة أمس أن الاتفاق قد تم توقيعه.", ["cp1256"]),
        ("日本の経済は、昨年より改善していると政府は発表した。", ["cp932", "euc_jp", "iso2022_jp"]),
        ("政府昨天宣布，协议已经签署。部长表示，新的法律将于明年生效。", ["gb18030"]),
        ("名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪\n", ["cp932"]),
    ],
)
def test_guesses_from_a_few_words(text: str, encodings: list[str]) -> None:
    assert [decode(text.encode(encoding))[0] for encoding in encodings] == [text] * len(encodings)


def test_one_name_at_the_end_of_a_long_english_text_decides() -> None:
    text = "All of this is plain English text. " * 4000 + "Only Vučić, Đukanović and Šešelj are not."
    assert decode(text.encode("cp1250"))[0] == text


@given(st.binary(min_size=1, max_size=300))
@settings(deadline=None)
def test_any_bytes_become_text_that_can_be_stored(data: bytes) -> None:
    text, _ = decode(data)
    text.encode("utf-8")
    assert "\0" not in text
    assert "\r" not in text


def test_line_ends_become_line_feeds_and_places_fit_the_stored_text() -> None:
    document = read_plain(b"First line of it.\r\nSecond line of it.\rThird line of it.", "ends.txt")
    check(document)
    assert document.pages[0].text == "First line of it.\nSecond line of it.\nThird line of it.\n"
    assert len(texts(document)) == 3


def test_the_title_is_the_first_heading_or_the_file_name_in_words() -> None:
    body = b"A sentence that stands here and is followed by nothing else at all.\n"
    assert read_plain(b"River Crossings\n\n" + body, "a.txt").title == "River Crossings"
    assert read_plain(b"Executive Summary\n\n" + body, "annual_report-2021.txt").title == "annual report 2021"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf\n"])
def test_a_blank_file_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable) as error:
        read_plain(data, "blank.txt")
    assert error.value.problem.reason == "empty"
