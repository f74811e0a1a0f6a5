"""Words by which questions are told apart from what they are about, and names from other words.

What stands in quotation marks or brackets, and names that hold a conjunction ("Bosnia and Herzegovina"), are
covered with capital letters before anything is looked for: so no rule finds a conjunction inside them, and
each rule takes them for a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COVER = "X"

_PAIRS = """Bosnia and Herzegovina|Trinidad and Tobago|Antigua and Barbuda|Saint Kitts and Nevis|
    St. Kitts and Nevis|Saint Vincent and the Grenadines|Turks and Caicos|Wallis and Futuna|
    Heard and McDonald|Svalbard and Jan Mayen|Newfoundland and Labrador|Serbia and Montenegro|
    Kosovo and Metohija|Bosnien und Herzegowina|Serbien und Montenegro|Mecklenburg und Vorpommern|
    Johnson and Johnson|Procter and Gamble|Marks and Spencer|Standard and Poor's|Standard and Poors|
    Ernst and Young|Black and Decker|Rolls and Royce|Smith and Wesson|Barnes and Noble|Tate and Lyle|
    Romeo and Juliet|Simon and Garfunkel|Tom and Jerry|Adam and Eve|Cain and Abel|Antony and Cleopatra|
    War and Peace|Crime and Punishment|Pride and Prejudice|Sense and Sensibility|Sword and the Arm|
    law and order|rule and law|supply and demand|research and development|profit and loss|trial and error|
    terms and conditions|rules and regulations|mergers and acquisitions|property, plant and equipment|
    weights and measures|checks and balances|cost and benefit|pros and cons|war and peace|life and death|
    black and white|bed and breakfast|import and export|men and women|day and night|more and more|
    freedom of speech and expression|arts and crafts|health and safety|search and rescue|
    command and control|hardware and software|Grund und Boden|Recht und Ordnung|nach und nach|
    ab und zu|Forschung und Entwicklung"""
_PAIR = re.compile(
    r"\b(?:" + "|".join(re.escape(" ".join(p.split())) for p in _PAIRS.split("|")) + r")\b", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|‘[^’]+’|\([^()]+\)|\[[^\[\]]+\]")

AUXILIARIES = "is|are|was|were|did|does|do|has|have|had|can|could|will|would|may|might|must|shall|should"
PREPOSITIONS = (
    "in|on|at|for|from|to|by|with|of|since|until|till|under|about|against|through|into|over|after|before|"
    "during"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞČĆŠŽĐŁŚŹŻА-ЯЂЈЉЊЋЏ]"
_NAME_WORD = rf"(?:{_CAPITAL}[\w’'.&/-]*)"
_LINK = r"(?:(?:in|on|to|at|for)\s+the|of|the|de|von|van|der|den|al|du|da|la|le|v\.|vs\.)"
NAME = rf"(?:[Tt]he\s+)?{_NAME_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_NAME_WORD})*(?:\s+\d+)?"
"""A name: words with capital letters, with small words between them."""

TOGETHER = re.compile(
    r"\b(?:together|combined|in all|in total|altogether|jointly|joint|each other|one another|mutual\w*|"
    r"average|zusammen|insgesamt|gemeinsam)\b",
    re.IGNORECASE,
)
"""Words by which several things are asked about as one."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language asks: patterns for question words, conjunctions and prepositions before them."""

    asking: str
    with_noun: str
    conjunction: str
    prepositions: str


ENGLISH = Grammar(
    asking=r"who|whom|whose|what|which|when|where|why|"
    r"how(?:\s+(?:many|much|long|far|old|large|big|high|tall|wide|deep|often|fast|heavy|strong|soon))?",
    with_noun=r"what|which|whose|how\s+(?:many|much)",
    conjunction=r"and|but",
    prepositions=PREPOSITIONS,
)
GERMAN = Grammar(
    asking=r"wer|wen|wem|wessen|was|wann|wo|wohin|woher|warum|weshalb|wieso|womit|wodurch|wofür|worüber|"
    r"welche[rsnm]?|wie(?:\s+(?:viele?n?|lange|oft|hoch|alt|gro(?:ß|ss)|weit|stark))?",
    with_noun=r"welche[rsnm]?|wessen|wie\s+viele?n?",
    conjunction=r"und|aber",
    prepositions=r"in|an|am|im|auf|von|mit|bei|seit|ab|bis|aus|für|zu|durch|gegen|über|unter|vor|nach",
)
_GERMAN = re.compile(
    r"\b(?:und|der|die|das|den|dem|des|ist|wurde|wurden|hat|haben|nicht|ein|eine|einen|von)\b", re.IGNORECASE
)
_ENGLISH = re.compile(
    rf"\b(?:and|the|of|a|an|{AUXILIARIES}|{PREPOSITIONS}|who|what|which|when|where|how|why)\b", re.IGNORECASE
)


def grammar_of(question: str) -> Grammar:
    """Return the grammar of the language in which `question` seems to be asked."""
    english, german = len(_ENGLISH.findall(question)), len(_GERMAN.findall(question))
    return GERMAN if german > english else ENGLISH


def covered(question: str) -> str:
    """Return `question`, as long as it is, with what no rule may look into covered."""
    for pattern in (_QUOTED, _PAIR):
        question = pattern.sub(lambda m: COVER * len(m.group()), question)
    return question


def tidy(text: str) -> str:
    """Return `text` without marks and blanks at its ends, its blanks single."""
    return re.sub(r"\s+", " ", text).strip(" ,;:?!.-–—\t\n")


def heading(text: str) -> str:
    """Return the words of a part as a question of its own: with a capital letter and a question mark."""
    return f"{capital(text)}?"


def capital(text: str) -> str:
    """Return `text` tidied, with a capital letter first."""
    plain = tidy(text)
    return plain[:1].upper() + plain[1:]


def ask(*pieces: str) -> str:
    """Return the pieces as one question."""
    return f"{tidy(' '.join(filter(None, pieces)))}?"


def singular(noun: str) -> str:
    """Return the singular of a plain English plural."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
