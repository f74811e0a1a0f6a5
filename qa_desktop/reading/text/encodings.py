"""Guess how the letters of an old text file are encoded.

Statistics need long texts, and a file can be three lines.  There are better clues.  In the Latin script,
decoded rightly, all the letters that English lacks belong to one language ("č", "ć", "š" are Serbian);
decoded wrongly, they belong to none ("è", "æ", "¹"), or capitals stand inside words.  In Cyrillic, Greek,
Hebrew and Arabic, the letters that occur are the ones that are frequent there.  The scripts of East Asia are
left to charset-normalizer.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 65_536  # bytes that are enough to guess by
_FEW = 16_384  # bytes that are enough to guess by letters
_BEFORE = 200  # bytes of context before the first that is not ASCII
_FIRST_HIGH = re.compile(rb"[\x80-\xff]")

# The letters that English lacks, by language, and the encodings that the language's files come in.
_WESTERN = ("cp1252", "mac_roman", "cp850")
_CENTRAL = ("cp1250", "iso8859_2", "cp852")
_LANGUAGES = (
    ("àâæçéèêëîïôœùûüÿ", _WESTERN),  # French
    ("äöüßé", _WESTERN),  # German
    ("áéíñóúü¿¡ªº", _WESTERN),  # Spanish
    ("áâãàçéêíóôõúüªº", _WESTERN),  # Portuguese
    ("àèéìíîòóùú", _WESTERN),  # Italian
    ("áéèêëíïóöúüç", _WESTERN),  # Dutch
    ("åäöéà", _WESTERN),  # Swedish, Finnish
    ("æøåéèòôü", _WESTERN),  # Danish, Norwegian
    ("áðéíóúýþæö", _WESTERN),  # Icelandic
    ("ëçé", _WESTERN),  # Albanian
    ("čćđšžë", _CENTRAL),  # Bosnian, Croatian, Serbian, Slovene, with Albanian names
    ("ąćęłńóśźż", _CENTRAL),  # Polish
    ("áčďéěíňóřšťúůýž", _CENTRAL),  # Czech
    ("áäčďéíĺľňóôŕšťúýž", _CENTRAL),  # Slovak
    ("áéíóöőúüű", _CENTRAL),  # Hungarian
    ("ăâîşţ", _CENTRAL),  # Romanian
    ("çğıöşüâîû", ("cp1254",)),  # Turkish
    ("ąčęėįšųūž", ("cp1257",)),  # Lithuanian
    ("āčēģīķļņšūž", ("cp1257",)),  # Latvian
)
_ENCODINGS = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman", "cp850", "cp852")
_TYPOGRAPHIC = ("cp1252", "mac_roman")  # encodings of texts whose only other signs are quotes and dashes
_OF_NO_LANGUAGE = frozenset("£€¥¢ƒ“”‘’„‚«»‹›–—…•·€§°©®™†‡‰×\u00a0\u00ad²³½¼")
_ENOUGH = 0.9  # share of the letters in question that one language must have
_MOST = 0.4  # share of letters beyond ASCII; no text in the Latin script has more

# The letters of languages in other scripts, the most frequent first, and the encodings of their files.
_CYRILLIC = ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")
_SCRIPTS = (
    ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", _CYRILLIC),  # Russian, Bulgarian
    ("аоиенрјстувдклмпгзбшљћцчђњхжџф", _CYRILLIC),  # Serbian, Macedonian
    ("оанівитерскдулмпязьбгчйхжїюцшєщфґ", ("cp1251", "koi8_u", "iso8859_5")),  # Ukrainian
    ("αοιετσνηυρπκμλςωγδχθφβάίέόήύξζψώϊ", ("cp1253", "iso8859_7")),  # Greek
    ("יוהלאמרתבשנםעדחקפכגזטסןצךףץ", ("cp1255", "iso8859_8")),  # Hebrew
    ("الينمرتوبعةدفهسكقحجأشطصخذىزإضغءئثظآؤ", ("cp1256", "iso8859_6")),  # Arabic
)
_LEAST_SCRIPT = 0.4  # share of letters beyond ASCII in a text of such a script
_LIKELY = 0.72  # mean weight of the letters: 1 for the most frequent, towards 0 for the rarest
_HIGH = re.compile(r"[^\x00-\x7f]")
_JOINING = frozenset("’·\u00ad‐–—")  # signs that stand inside words

# Offered all it knows, charset-normalizer takes a Serbian text for a Nordic one (ISO 8859-10), which differs
# from ISO 8859-2 in the very letters of the names.
_OTHERS = (
    *("iso8859_2", "cp1250", "cp1252", "cp1251", "koi8_r", "iso8859_5", "cp866", "cp1253", "iso8859_7"),
    *("cp1254", "cp1255", "cp1256", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_ASIAN = re.compile("[\u2000-\u206f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef\t\n\r -~]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def utf16_without_mark(sample: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" if the bytes are that without saying so, else "".

    Western text has a zero in every other byte; in East Asian text there are control signs, which no other
    encoding of it has, and nearly every sign is of that script.
    """
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * len(sample) / 2 and even * 10 < odd:
        return "utf-16-le"
    if even > 0.3 * len(sample) / 2 and odd * 10 < even:
        return "utf-16-be"
    if len(sample) < 8 or len(_CONTROLS.findall(sample)) < 0.02 * len(sample):
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if len(_ASIAN.findall(text)) >= 0.95 * len(text):
            return encoding
    return ""


def guess_encoding(data: bytes) -> str:
    """Return the most likely encoding of `data`, which is text but not UTF-8."""
    found = _FIRST_HIGH.search(data)
    start = max(0, (found.start() if found else 0) - _BEFORE)  # what lies before tells nothing
    sample, few = data[start : start + SAMPLE], data[start : start + _FEW]
    known = utf16_without_mark(data[:SAMPLE]) or _typographic(few) or _script(few) or _latin(few)
    if known:
        return known
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_OTHERS)).best()
    if best:
        return best.encoding
    # Too short to tell: the first of these that every byte fits.
    return next((e for e in ("cp1252", "cp932", "gb18030") if _fits(data, e)), "latin-1")


def _typographic(sample: bytes) -> str:
    """Return the encoding in which all signs that English lacks are quotation marks, dashes and the like."""
    high = bytes({b for b in sample if b > 0x7F})
    for encoding in _TYPOGRAPHIC:
        if set(high.decode(encoding, "replace")) <= _OF_NO_LANGUAGE and not _torn(
            sample.decode(encoding, "replace")
        ):
            return encoding
    return ""


def _latin(sample: bytes) -> str:
    """Return the encoding with which the sample is in one language of the Latin script, or ''."""
    best, highest = "", 0.0
    for encoding in _ENCODINGS:
        text = sample.decode(encoding, "replace")
        counts = Counter(text.lower())
        letters = sum(n for sign, n in counts.items() if sign.isalpha())
        special = {c: n for c, n in counts.items() if c > "\x7f" and c not in _OF_NO_LANGUAGE}
        total = sum(special.values())
        if not total or total > _MOST * letters:
            continue
        torn = _torn(text)
        for alphabet, encodings in _LANGUAGES:
            share = (sum(special.get(letter, 0) for letter in alphabet) - torn) / total
            if encoding in encodings and share > highest:
                best, highest = encoding, share
    return best if highest >= _ENOUGH else ""


def _torn(text: str) -> int:
    """Return how many signs beyond ASCII stand where none does: capitals and symbols inside words."""
    count = 0
    for found in _HIGH.finditer(text):
        at, sign = found.start(), found.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign.isalpha():
            count += sign.isupper() and before.islower()
        elif sign not in _JOINING:
            count += (before.isalpha() and after.isalpha()) or (sign in "©®¹²³¼½±" and after.islower())
    return count


def _script(sample: bytes) -> str:
    """Return the encoding with which the sample is in Cyrillic, Greek, Hebrew or Arabic, or ''."""
    best, highest = "", 0.0
    for alphabet, encodings in _SCRIPTS:
        weights = {letter: 1 - at / len(alphabet) for at, letter in enumerate(alphabet)}
        for encoding in encodings:
            text = sample.decode(encoding, "replace")
            counts = Counter(text.lower())
            total = sum(n for sign, n in counts.items() if sign > "\x7f" and sign not in _OF_NO_LANGUAGE)
            letters = sum(n for sign, n in counts.items() if sign.isalpha())
            if total < 4 or total < _LEAST_SCRIPT * letters:
                continue
            weight = (sum(weights.get(sign, 0) * n for sign, n in counts.items()) - _torn(text)) / total
            if weight > highest:
                best, highest = encoding, weight
    return best if highest >= _LIKELY else ""


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
