"""Comparisons: "Which is older, A or B?", "How does A differ from B?", "Were A and B both …?".

Each side is asked about by itself, for what is compared: how many it has, when it began, how high it is.
"""

from __future__ import annotations

import re

from qa_desktop.answering.parts.part import Part
from qa_desktop.answering.parts.wordings import AUXILIARIES, ENGLISH, NAME, Grammar, ask, capital, tidy

_MEASURES = {
    adjective: base
    for base, adjectives in {
        "high": "higher highest", "tall": "taller tallest", "long": "longer longest",
        "large": "larger largest", "big": "bigger biggest", "wide": "wider widest", "deep": "deeper deepest",
        "heavy": "heavier heaviest", "fast": "faster fastest", "old": "", "far": "",
        "strong": "stronger strongest", "short": "shorter shortest", "small": "smaller smallest",
        "numerous": "numerous",
    }.items()
    for adjective in adjectives.split()
}  # fmt: skip
_TIMES = "first last later latest earlier earliest sooner recently"
_OTHERS = """more most less least fewer fewest further farther farthest closer closest nearer nearest better
    best worse worst greater greatest lower lowest clearer clearest cheaper cheapest richer
    richest poorer poorest newer newest stronger weaker weakest slower slowest lighter lightest
    warmer warmest colder coldest busier earlier later"""
_AGES = "older|oldest|younger|youngest|newer|newest"
_COMPARATIVE = re.compile(
    rf"\b(?:{'|'.join([*_MEASURES, *_TIMES.split(), *_OTHERS.split()])}|{_AGES})\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:person|man|woman|actor|actress|director|writer|author|singer|player|president|minister|politician|"
    r"general|artist|painter|composer|musician|scientist|king|queen|playwright|poet|novelist)\b"
)
_WORK = re.compile(r"\b(?:film|movie|documentary|album|song|book|novel|game|series|record|show)\b")
_COUNT = re.compile(r"\b(?:the\s+)?(?:more|most|fewer|fewest)\s+(?P<what>[A-Za-z][^,]*)$")
_MANNER = re.compile(r"(?:ly|ous|ful|ive|able|ible)$")
_TIMED = re.compile(
    rf"\b(?:at\s+a\s+)?(?:the\s+)?(?:most\s+)?(?:{'|'.join(_TIMES.split())})\b(?:\s+date)?", re.IGNORECASE
)
_WHICH = rf"(?:(?:{ENGLISH.prepositions})\s+)?(?:which|who|what)"
_THING = r"[^,?]{1,80}?"

_OR = re.compile(
    rf"^(?P<said>(?i:{_WHICH})\b[^,]*?)\s*(?:,|:|\s[-–—])\s+(?P<a>{_THING}),?\s+or\s+(?P<b>.{{1,80}})$"
)
_OR_NAMES = re.compile(rf"^(?P<said>(?i:{_WHICH})\b.*?)\s+(?P<a>{NAME})\s+or\s+(?P<b>{NAME})\s*$")
_IS_OR = re.compile(rf"^(?P<verb>(?i:{AUXILIARIES}))\s+(?P<a>{NAME})\s+or\s+(?P<b>{NAME})\s+(?P<rest>.+)$")
_THAN = re.compile(
    rf"^(?P<verb>(?i:{AUXILIARIES}))\s+(?P<a>{NAME}|the\s+[^,]{{1,60}}?)\s+(?P<rest>[^,]*?)\s+than\s+(?P<b>[^,]{{1,60}})$"
)
_ASPECT = (
    r"(?P<aspect>\s+(?:in|on|regarding|concerning|with\s+regard\s+to|in\s+terms\s+of|as\s+to|about)\s+"
    r"(?!the\s+same)[^,]+)?"
)
_COMPARE = (
    re.compile(rf"^(?i:compare|contrast)\s+(?P<a>.+?)\s+(?:with|to|against)\s+(?P<b>.+?){_ASPECT}$"),
    re.compile(rf"^(?i:compare|contrast)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?){_ASPECT}$"),
    re.compile(
        rf"^(?i:how)\s+(?:do|does|did|is|are)\s+(?P<a>.+?)\s+(?:differ|different)\s+from\s+(?P<b>.+?){_ASPECT}$"
    ),
    re.compile(rf"^(?i:how)\s+(?:do|does|did)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+differ{_ASPECT}$"),
    re.compile(rf"^(?i:how)\s+(?:do|does|did)\s+(?P<a>.+?)\s+compare\s+(?:with|to)\s+(?P<b>.+?){_ASPECT}$"),
    re.compile(
        rf"^(?i:what)\s+(?:is|are|was|were)\s+the\s+(?:main\s+)?(?:difference|differences|similarities)\s+between\s+"
        rf"(?P<a>.+?)\s+and\s+(?P<b>.+?){_ASPECT}$"
    ),
    re.compile(rf"^(?i:what)\s+(?:distinguishes|distinguished)\s+(?P<a>.+?)\s+from\s+(?P<b>.+?){_ASPECT}$"),
)
_PLURAL_OF = re.compile(rf"^(?P<head>.*\bof)\s+(?P<a>{NAME})$")
_COMMON = re.compile(
    rf"^(?P<said>(?i:{_WHICH})\b.*?\b(?:do|does|did))\s+(?P<a>(?:[Aa]\s+)?{NAME}[^,]{{0,30}}?)\s+and\s+(?P<b>(?:a\s+)?{NAME}[^,]{{0,30}}?)\s+"
    r"(?:both\s+)?(?P<rest>have\s+in\s+common|share)$"
)
_BOTH = (
    re.compile(rf"^(?P<said>.*?)\bboth\s+(?P<a>{NAME})\s+and\s+(?P<b>{NAME})(?P<rest>\b.*)$"),
    re.compile(
        rf"^(?P<said>(?i:{AUXILIARIES}))\s+(?P<a>{NAME})\s+and\s+(?P<b>{NAME})\s+(?P<rest>(?:.*\b)?(?:both|same)\b.*)$"
    ),
)
_CHANGE = re.compile(
    r"^(?P<said>(?i:how)\s+(?:did|has|have)\s+.+?\s+(?:change|changed|differ|differed|develop|developed))\s+between\s+"
    r"(?P<a>(?:\w+\s+)?\d{4})\s+and\s+(?P<b>(?:\w+\s+)?\d{4})$"
)
_LONGEST = 6
"""Words of a side that has no name; a longer one is a description that a heading cannot carry."""

_POINTS = re.compile(r"(?:that|those|this|these|it|them|similar|other|others)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


def sides(question: str, plain: str, grammar: Grammar) -> list[Part]:
    """Return the sides of a comparison; none where `question` compares nothing."""
    if grammar is not ENGLISH:
        return []
    for rule in (_which, _is_which, _than, _compared, _in_common, _both, _changed):
        found = rule(question, plain)
        if found:
            return found
    return []


def _which(question: str, plain: str) -> list[Part]:
    found = _OR.match(plain) or _OR_NAMES.match(plain)
    if not found or not _COMPARATIVE.search(found["said"]):
        return []
    return _measured(
        _piece(question, found, "said"), _piece(question, found, "a"), _piece(question, found, "b")
    )


def _is_which(question: str, plain: str) -> list[Part]:
    found = _IS_OR.match(plain)
    if not found or not _COMPARATIVE.search(found["rest"]):
        return []
    said = f"which {found['verb']} {_piece(question, found, 'rest')}"
    return _measured(said, _piece(question, found, "a"), _piece(question, found, "b"))


def _than(question: str, plain: str) -> list[Part]:
    found = _THAN.match(plain)
    if not found or not _COMPARATIVE.search(found["rest"]):
        return []
    if re.match(r"(?:and|or)\b", found["rest"]) or re.match(r"[\d$€£]|half\b|one\b", found["b"]):
        return []  # "… both publish more than 15 novels"
    said = f"which {found['verb']} {_piece(question, found, 'rest')}"
    return _measured(said, _piece(question, found, "a"), _piece(question, found, "b"))


def _compared(question: str, plain: str) -> list[Part]:
    for pattern in _COMPARE:
        found = pattern.match(plain)
        if not found or len(re.findall(r"\band\b", plain)) > 1:
            continue
        one, other = _piece(question, found, "a"), _piece(question, found, "b")
        aspect = _piece(question, found, "aspect") if found["aspect"] else ""
        head = _PLURAL_OF.match(one)
        if head:  # the positions of A and B
            return [_side(name, head["head"], name, aspect) for name in (head["a"], other)]
        if _YEAR.fullmatch(other) and (year := _YEAR.search(one)):
            text = f"{one[: year.start()]}{other}{one[year.end() :]}"
            return [_side(year.group(), "What was", one, aspect), _side(other, "What was", text, aspect)]
        if any(len(name.split()) > _LONGEST or _POINTS.match(name) for name in (one, other)):
            return []
        return [_side(name, name, aspect) for name in (one, other)]
    return []


def _in_common(question: str, plain: str) -> list[Part]:
    found = _COMMON.match(plain)
    if not found:
        return []
    said = _piece(question, found, "said")
    if len(said.split()) == 2:  # what do A and B have in common
        said, have = "", ""
    else:
        have = "have"
    return [_side(name, said, name, have) for name in (_piece(question, found, g) for g in "ab")]


def _both(question: str, plain: str) -> list[Part]:
    for pattern in _BOTH:
        found = pattern.match(plain)
        if found and not re.search(r"\bbetween\s*$", found["said"]):
            said, rest = _piece(question, found, "said"), _piece(question, found, "rest")
            if found["b"].startswith("the ") and re.match(r"\s*[a-z]", found["rest"]):
                return []  # "both Device and the American rock group": no name
            same = re.match(r"(?P<before>.*)\b(?:the\s+)same\s+(?P<noun>[a-z]+)$", rest)
            if same:  # "from the same country": which country is A from
                return [
                    _side(name, "Which", same["noun"], said, name, same["before"])
                    for name in (_piece(question, found, g) for g in "ab")
                ]
            rest = tidy(re.sub(r"\bboth\b", " ", rest))
            return [_side(name, said, name, rest) for name in (_piece(question, found, g) for g in "ab")]
    return []


def _changed(question: str, plain: str) -> list[Part]:
    found = _CHANGE.match(plain)
    if not found:
        return []
    said = re.sub(
        r"^how\s+(?:did|has|have)\s+|\s+\w+$", "", _piece(question, found, "said"), flags=re.IGNORECASE
    )
    return [_side(year, "What was", said, f"in {year}") for year in (found["a"], found["b"])]


def _measured(said: str, one: str, other: str) -> list[Part]:
    """Return the sides of a comparison of which `said` says what is compared."""
    if not one or not other or one.casefold() == other.casefold():
        return []
    return [_side(name, *_measure(said, name)) for name in (one, other)]


def _measure(said: str, name: str) -> tuple[str, ...]:
    """Return the question for one side's part in a comparison: "How many species has A"."""
    noun = re.match(r"(?:which|what)\s+\w+\s+(?!(?:is|are|was|were)\b)", said, re.IGNORECASE)
    plain = re.sub(rf"^{_WHICH}\s+", "", said, flags=re.IGNORECASE)
    verb = re.search(rf"\b(?:{AUXILIARIES})\b", plain)
    count = _COUNT.search(plain)
    if (
        count
        and re.search(r"\b\w{3,}s$|\b\w{3,}s\s", count["what"])
        and not _MANNER.search(count["what"].split()[0])
    ):
        done = plain[: count.start()]
        done = done[verb.start() :] if verb and verb.end() <= count.start() else " ".join(done.split()[-1:])
        return "How many", count["what"], done, name
    if re.search(rf"\b(?:{_AGES})\b", plain) or re.search(r"\blived\b.*\blonger\b", plain):
        return "When was", name, _began(said)
    timed = _TIMED.search(plain)
    if timed:
        rest = tidy(plain[: timed.start()] + plain[timed.end() :])
        if verb and verb.group() in ("is", "are", "was", "were"):
            return "When", verb.group(), name, rest[rest.find(verb.group()) + len(verb.group()) :]
        return "When", name, re.sub(r"^\w+\s+", "", rest) if noun else rest
    measure = re.search(rf"\b(?:{'|'.join(_MEASURES)})\b", plain)
    if measure and (verb or re.search(r"\b(?:stands|rises|runs|reaches)\b", plain)):
        base = _MEASURES[measure.group().casefold()]
        rest = tidy(
            re.sub(r"\b(?:the|be|for)\b", " ", f"{plain[verb.end() : measure.start()]}") if verb else ""
        )
        return "How", base, verb.group() if verb and verb.group() != "will" else "is", name, rest
    return name, "-", _COMPARATIVE.sub(" ", plain)


def _began(said: str) -> str:
    """Return how what is compared by its age began, as far as the question tells."""
    if re.match(r"who\b", said, re.IGNORECASE) or _PERSON.search(said):
        return "born"
    return "released" if _WORK.search(said) else "founded"


def _side(name: str, *words: str) -> Part:
    text = ask(*words)
    bare = tidy(text).casefold() == tidy(name).casefold()
    return Part(capital(name), text, tidy(name), named=True, bare=bare)


def _piece(question: str, found: re.Match[str], group: str) -> str:
    return tidy(question[slice(*found.span(group))])
