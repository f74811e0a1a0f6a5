"""Guess how the letters of an old text file are encoded.

Statistics need long texts, and a file can be three lines.  For texts in the Latin script there is a better
clue: decoded rightly, all the letters that English lacks belong to one language ("č", "ć", "š" are Serbian);
decoded wrongly, they belong to none ("è", "æ", "¹").  Other scripts are left to charset-normalizer.
"""

from __future__ import annotations

from collections import Counter

SAMPLE = 65_536  # bytes that are enough to guess by

# The letters that English lacks, by language, and the encodings that the language's files come in.
_WESTERN = ("cp1252",)
_CENTRAL = ("cp1250", "iso8859_2")
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
_ENCODINGS = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")
_OF_NO_LANGUAGE = frozenset("“”‘’„‚«»‹›–—…•·€§°©®™†‡‰×\u00a0\u00ad²³½¼")
_ENOUGH = 0.9  # share of the letters in question that one language must have
_MOST = 0.4  # share of letters beyond ASCII; no text in the Latin script has more

# Offered all it knows, charset-normalizer takes a Serbian text for a Nordic one (ISO 8859-10), which differs
# from ISO 8859-2 in the very letters of the names.
_OTHERS = (
    *("iso8859_2", "cp1250", "cp1252", "cp1251", "koi8_r", "iso8859_5", "cp866", "cp1253", "iso8859_7"),
    *("cp1254", "cp1255", "cp1256", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)


def guess_encoding(data: bytes) -> str:
    """Return the most likely encoding of `data`, which is text but not UTF-8."""
    sample = data[:SAMPLE]
    latin = _latin(sample)
    if latin:
        return latin
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_OTHERS)).best()
    if best:
        return best.encoding
    # Too short to tell: the first of these that every byte fits.
    return next((e for e in ("cp1252", "cp932", "gb18030") if _fits(data, e)), "latin-1")


def _latin(sample: bytes) -> str:
    """Return the encoding with which the sample is in one language of the Latin script, or ''."""
    best, highest = "", 0.0
    for encoding in _ENCODINGS:
        counts = Counter(sample.decode(encoding, "replace").lower())
        letters = sum(n for sign, n in counts.items() if sign.isalpha())
        special = {c: n for c, n in counts.items() if c > "\x7f" and c not in _OF_NO_LANGUAGE}
        total = sum(special.values())
        if not total or total > _MOST * letters:
            continue
        for alphabet, encodings in _LANGUAGES:
            share = sum(special.get(letter, 0) for letter in alphabet) / total
            if encoding in encodings and share > highest:
                best, highest = encoding, share
    return best if highest >= _ENOUGH else ""


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
