"""Languages are told from text alone, and nothing is said where it does not tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.reading.facts.language import are_close, guess_language, normal_code

# The same report in each language, written for these tests.
TEXTS = {
    "en": "The talks in Brussels ended without an agreement. Both governments will meet again in the spring.",
    "de": "Die Gespräche in Brüssel endeten ohne Einigung. Beide Regierungen treffen sich im Mai wieder.",
    "fr": "Les pourparlers se sont achevés sans accord. Les deux gouvernements se reverront au printemps.",
    "es": "Las conversaciones terminaron sin acuerdo. Los dos gobiernos volverán a reunirse en primavera.",
    "it": "I colloqui si sono conclusi senza un accordo. I due governi si incontreranno in primavera.",
    "ru": "Переговоры в Брюсселе завершились без соглашения. Оба правительства встретятся весной.",
    "uk": "Переговори в Брюсселі завершилися без угоди. Обидва уряди знову зустрінуться навесні.",
    "sr": "Разговори у Бриселу завршени су без договора. Обе владе поново ће се састати на пролеће.",
    "sq": "Bisedimet në Bruksel përfunduan pa marrëveshje. Të dyja qeveritë do të takohen në pranverë.",
    "pl": "Rozmowy w Brukseli zakończyły się bez porozumienia. Oba rządy spotkają się ponownie wiosną.",
    "tr": "Brüksel'deki görüşmeler anlaşma olmadan bitti. İki hükümet ilkbaharda yeniden buluşacak.",
    "ar": "انتهت المحادثات في بروكسل دون التوصل إلى اتفاق. ستجتمع الحكومتان مجدداً في الربيع.",
    "zh": "布鲁塞尔的会谈于周四结束，未能达成协议。两国政府将在春天再次会晤。",
    "ja": "ブリュッセルでの協議は合意に至らずに終わった。両政府は春に再び会談する。",
    "ko": "브뤼셀 회담은 합의 없이 끝났다. 양국 정부는 봄에 다시 만날 예정이다.",
    "el": "Οι συνομιλίες στις Βρυξέλλες έληξαν χωρίς συμφωνία. Οι κυβερνήσεις θα συναντηθούν ξανά.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_report_of_two_sentences_is_enough(code: str) -> None:
    assert guess_language(TEXTS[code]).code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("sr", "Obe vlade saopštile su da će se posle izbora sastati na istom mestu i uvek u isto vreme."),
        ("hr", "Obje vlade priopćile su da će se poslije izbora sastati na istom mjestu, također u lipnju."),
        (
            "bs",
            "Obje vlade saopćile su da će se poslije izbora sastati na istom mjestu u Evropi, u junu i maju.",
        ),
    ],
)
def test_the_three_standards_of_one_language_are_told_by_their_words(code: str, text: str) -> None:
    assert guess_language(text).code == code


def test_names_and_addresses_in_other_letters_do_not_mislead() -> None:
    text = TEXTS["ar"] + " Reuters Bloomberg Foreign Policy https://www.example.org/an/english/address"
    assert guess_language(text).code == "ar"


@pytest.mark.parametrize("text", ["", "1999 2004 17.5 %", "ABC-12", "Niš, Peć", "12 | 13 | 14\n" * 50])
def test_nothing_is_said_of_what_holds_no_sentence(text: str) -> None:
    assert guess_language(text).code == ""


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de-AT", "de"), ("sr_Latn_RS", "sr"), ("EN", "en"), ("iw", "he"), ("nb-NO", "no"), ("x", ""), ("", "")],
)
def test_tags_of_every_spelling_are_understood(tag: str, code: str) -> None:
    assert normal_code(tag) == code


def test_only_the_three_are_close() -> None:
    assert are_close("sr", "hr")
    assert not are_close("sr", "mk")


@given(st.text(max_size=300))
def test_any_text_has_a_code_of_two_letters_or_none(text: str) -> None:
    guess = guess_language(text)
    assert guess.code == "" or (len(guess.code) == 2 and guess.code.isascii())
    assert guess == guess_language(text)
