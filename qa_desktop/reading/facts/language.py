"""Tell in which language a text is written, offline.

The script decides where it can: kana are Japanese, Hangul is Korean, Han signs alone are Chinese.  Elsewhere
the Compact Language Detector 3 does (Google, Apache-2.0; package cld3-py, module gcld3): a small network over
the signs of a text, without files or state.  It is given the letters of the text's main script only, for a
few Latin names make it take Arabic for Swedish.

Serbian, Croatian and Bosnian in Latin letters are one language to it; `language_south_slavic` tells them
apart by words.  In Cyrillic letters it is Serbian.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qa_desktop.reading.facts.south_slavic import SOUTH_SLAVIC, tell_apart

_MOST = 6_000  # characters that are looked at
_FEWEST = 20  # letters below which nothing is said
_FEWEST_SIGNS = 6  # the same for scripts in which a sign is a syllable or a word
_LETTERS_A_SIGN = 3  # how many letters such a sign outweighs
_SURE = 0.7  # probability below which nothing is said
_SURE_OF_LITTLE = 0.9  # the same below `_LITTLE` letters
_LITTLE = 100
_SURE_OF_ONE_OF_THREE = 0.4  # the detector shares what it believes among Serbian, Croatian and Bosnian

_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ"
_SCRIPTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "latin": re.compile(f"[{_LATIN}]"),
        "cyrillic": re.compile("[Ѐ-ԯ]"),
        "arabic": re.compile("[ؠ-ۓۺ-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-ﻼ]"),
        "han": re.compile("[㐀-䶿一-鿿豈-﫿]"),
        "kana": re.compile("[ぁ-ヿｦ-ﾟ]"),
        "hangul": re.compile("[가-힣ᄀ-ᇿ]"),
        "greek": re.compile("[Ͱ-Ͽἀ-῿]"),
        "hebrew": re.compile("[א-ת]"),
        "other": re.compile("[԰-֏܀-ࡿऀ-ჿሀ-᪯]"),  # Armenian, Syriac, the Indic scripts, Thai, Georgian, …
    }
)
# What is written in a script, where the detector must not say anything else.
_WRITTEN_IN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cyrillic": frozenset("ru uk be bg sr mk kk ky mn tg uz".split()),
        "arabic": frozenset("ar fa ur ps sd ku".split()),
        "greek": frozenset(["el"]),
        "hebrew": frozenset(["he", "yi"]),
    }
)
_SCRIPTS_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{code: frozenset([script]) for script, codes in _WRITTEN_IN.items() for code in codes},
        **dict.fromkeys(
            "hi bn ta te ml kn gu pa mr ne si th lo my km ka hy am ti bo dz".split(), frozenset(["other"])
        ),
        **dict.fromkeys(
            "sr bs mn uz kk az tg ku".split(), frozenset(["latin", "cyrillic", "arabic", "other"])
        ),
        "zh": frozenset(["han"]),
        "ja": frozenset(["han", "kana"]),
        "ko": frozenset(["han", "hangul"]),
    }
)
_LATIN_ONLY = frozenset(["latin"])
_OTHER_NAMES = MappingProxyType({"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "sh": "sr"})
_ONE_WORD_A_SIGN = frozenset(["han", "kana", "hangul"])
_CODE = re.compile(r"[a-z]{2}")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (ISO 639-1, empty if it cannot be told), how sure that is (0 to 1), and from how much.

    `script` is the one of most letters, "latin", "cyrillic", …; empty where there are too few.
    """

    code: str = ""
    confidence: float = 0.0
    letters: int = 0
    script: str = ""


def guess_language(text: str) -> Guess:
    """Return the language in which most of `text` is written."""
    text = _ADDRESS.sub(" ", text[:_MOST])
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name] * (_LETTERS_A_SIGN if name in _ONE_WORD_A_SIGN else 1))
    letters = counts[script]
    if script in _ONE_WORD_A_SIGN:
        return _guess_by_signs(counts, script)
    if letters < _FEWEST:
        return Guess(letters=letters)
    code, confidence = _detect(text if script == "latin" else _SCRIPTS["latin"].sub(" ", text))
    known = _WRITTEN_IN.get(script)
    if known and code not in known:
        return Guess(letters=letters, script=script)
    if code in SOUTH_SLAVIC and script == "latin":
        sure = _SURE_OF_ONE_OF_THREE
        code = tell_apart(text) or code
    else:
        sure = _SURE if letters >= _LITTLE else _SURE_OF_LITTLE
    return Guess(code if confidence >= sure else "", confidence, letters, script)


def _guess_by_signs(counts: Mapping[str, int], script: str) -> Guess:
    """Tell Chinese, Japanese and Korean apart; a Japanese text without kana would be a very short one."""
    han, kana, hangul = counts["han"], counts["kana"], counts["hangul"]
    letters = han + kana + hangul
    if letters < _FEWEST_SIGNS:
        return Guess(letters=letters)
    if hangul > kana and hangul > 0.1 * letters:
        return Guess("ko", 1.0, letters, script)
    return Guess("ja" if kana > 0.05 * letters else "zh", 1.0, letters, script)


def _detect(text: str) -> tuple[str, float]:
    """Return what the detector says of `text`: a code of two letters or '', and its probability."""
    import gcld3  # noqa: PLC0415 - a library of the reading worker only

    detector = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * _MOST)
    found = detector.FindLanguage(text=text.replace("\0", " "))
    return normal_code(found.language), float(found.probability)


def normal_code(tag: str) -> str:
    """Return the ISO 639-1 code of a language tag ("de-AT", "sr_Latn_RS", "iw"), or ''.

    A transliteration ("ru-Latn" of the detector) counts as its language.
    """
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    code = _OTHER_NAMES.get(code, code)
    return code if _CODE.fullmatch(code) else ""


def may_be_written(code: str, script: str) -> bool:
    """Tell whether the language `code` is written in `script`; True where nothing is known of the script."""
    return not script or script in _SCRIPTS_OF.get(code, _LATIN_ONLY)


def are_close(one: str, other: str) -> bool:
    """Tell whether two languages are too much alike in writing to contradict one by the other."""
    return one == other or {one, other} <= SOUTH_SLAVIC
