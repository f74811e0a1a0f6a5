"""The languages that a person may name, by their ISO 639-1 codes."""

from __future__ import annotations

LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "ar=arabic be=belarusian bg=bulgarian bs=bosnian ca=catalan cs=czech cy=welsh da=danish de=german "
        "el=greek en=english es=spanish et=estonian eu=basque fa=persian fi=finnish fr=french ga=irish "
        "he=hebrew hi=hindi hr=croatian hu=hungarian hy=armenian id=indonesian is=icelandic it=italian "
        "ja=japanese ka=georgian kk=kazakh ko=korean lt=lithuanian lv=latvian mk=macedonian ms=malay "
        "nl=dutch no=norwegian pl=polish pt=portuguese ro=romanian ru=russian sk=slovak sl=slovene "
        "sq=albanian sr=serbian sv=swedish th=thai tr=turkish uk=ukrainian ur=urdu uz=uzbek vi=vietnamese "
        "zh=chinese"
    ).split()
)
"""English names, in lower case, by code."""


def language_called(word: str) -> str:
    """Return the code of a language given by code, tag ("sr-Latn") or English name; empty for none."""
    plain = word.casefold()
    code, _, rest = plain.replace("_", "-").partition("-")
    if len(code) == 2 and code.isascii() and code.isalpha() and (not rest or rest.isalnum()):
        return code
    return next((code for code, name in LANGUAGES.items() if name == plain), "")
