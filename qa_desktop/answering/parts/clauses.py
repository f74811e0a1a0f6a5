"""Several questions in one sentence, or in several: "When was it signed, and who signed it?".

What a question needs of the one before it is carried over: the subject for a pronoun, the predicate for a
mere "and why?".  Where the rules are not sure that there are two questions, there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa_desktop.answering.kinds import Kind, kind_of
from qa_desktop.answering.parts.part import Part
from qa_desktop.answering.parts.wordings import (
    AUXILIARIES,
    ENGLISH,
    GERMAN,
    NAME,
    PREPOSITIONS,
    Grammar,
    ask,
    heading,
    tidy,
)

_SENTENCE_END = re.compile(r"\?+\s+(?=\S)")
_OPENING = re.compile(r"(?:and|but|also|then|und|aber)\s+", re.IGNORECASE)
_LEAST = 3
"""Words of a question that stands by itself."""

_DO_SO = re.compile(r"\bdo\s+so\b|\b(?:do|did|done|does)\s+it$|\b(?:this|that|so|there)$", re.IGNORECASE)
_PERSONS = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_THINGS = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
_OWNING = re.compile(r"\b(?:its|his|their|her(?=\s+[a-z]))\b", re.IGNORECASE)
_GERMAN_PRONOUN = re.compile(r"\b(?:er|sie|es|ihn|ihm|ihr\w*|sein\w*|davon|dabei|dort|dies\w*)\b")
_GIVEN = re.compile(rf"{NAME}|\d")
_BASE_VERBS = frozenset(
    """abstain accept adopt agree announce appear apply arrive ask attack be become begin believe break
    build buy call change close come concern contain cost create cross date declare demand die do
    end enter establish fail fall fight find finish form found get give go grow happen have help
    hold include introduce join know last lead leave live lose make mean meet move open oppose own
    pass pay play produce propose publish reach receive recognise recognize refuse reject release
    remain resign return rise run say see sell serve sign sing stand start support take think travel
    use visit vote want win withdraw work write""".split()
)
_PARTICIPLE = re.compile(
    r"\w{2,}ed\b|(?:born|built|begun|broken|bought|brought|caught|chosen|cut|drawn|driven|fought|found|given|"
    r"gone|grown|held|hit|hurt|kept|known|laid|led|left|lost|made|meant|met|paid|put|read|run|said|seen|sent|"
    r"set|shot|shown|shut|sold|spent|split|sung|taken|taught|told|torn|understood|won|worn|written)\b"
)
_INTRANSITIVE = frozenset("happened happens followed follows came began matters works caused causes".split())


def sentences(question: str, plain: str) -> list[tuple[str, str]]:
    """Return the questions of a text that is nothing but questions; (itself,) where it is not.

    Each comes as it was typed and as it is in `plain`, the covered text.
    """
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(plain)), len(plain)]
    found = [(question[a:b], plain[a:b]) for a, b in pairwise(ends)]
    whole = len(found) > 1 and all(
        text.rstrip().endswith("?") and len(text.split()) >= _LEAST and not re.search(r"[.!]\s", text)
        for text, _ in found
    )
    return found if whole else [(question, plain)]


def clauses(question: str, plain: str, grammar: Grammar) -> list[Part]:
    """Return the parts of a question that consists of several; none where it does not."""
    prefix, pieces = _pieces(question, plain, grammar)
    if not pieces:
        return []
    first = pieces[0]
    parts = [Part(heading(first), ask(prefix, first), tidy(first))]
    return parts + [_following(prefix, first, piece, grammar) for piece in pieces[1:]]


def follow(first: str, second: str, grammar: Grammar) -> Part:
    """Return the part for a question that follows another one."""
    return _following("", first, _OPENING.sub("", tidy(second), count=1), grammar)


def of_one_predicate(question: str, plain: str, grammar: Grammar) -> list[Part]:
    """Return the parts of a question such as "When and where was it signed?"."""
    german = grammar is GERMAN
    noun = r"(?:\s+[a-zäöüß-]+){0,2}?" if german else ""
    item = (
        rf"(?:(?:{grammar.prepositions})\s+)?"
        rf"(?:(?:{grammar.with_noun})(?:\s+[\w-]+){{1,2}}?|(?:{grammar.asking}){noun})"
    )
    verb = r"[a-zäöüß]+" if german else AUXILIARIES
    pattern = re.compile(
        rf"^(?P<a>{item})(?:,\s+(?P<b>{item}))?,?\s+(?:{grammar.conjunction})\s+(?P<c>{item})\s+"
        rf"(?P<rest>(?:{verb})\s.+)$",
        re.IGNORECASE,
    )
    found = pattern.match(plain)
    if not found:
        return []
    items = [question[slice(*found.span(g))] for g in "abc" if found[g]]
    rest = question[found.start("rest") :]
    return [Part(heading(item), ask(item, rest), tidy(item)) for item in items]


def _pieces(question: str, plain: str, grammar: Grammar) -> tuple[str, list[str]]:
    """Return what stands before the first question, and the questions; none where there is but one."""
    asking = rf"(?:(?:{grammar.prepositions})\s+)?(?:{grammar.asking})\b"
    joint = re.compile(
        rf"\s*[,;]?\s+(?:{grammar.conjunction})\s+(?:(?:also|then|finally|if\s+so|exactly|dann|auch)\s*,?\s+)?"
        rf"(?=(?P<word>{asking})(?P<after>\s+\w+)?)"
        rf"|\s*[,;]?\s+and\s+"
        rf"(?=(?:did|does|do)\s+(?!not|so)\w|(?:{AUXILIARIES})\s+(?:he|she|it|they|there)\b)",
        re.IGNORECASE,
    )
    opening = re.compile(
        rf"^(?P<prefix>.*?(?:\s[-–—]\s|[:,;]\s+))??(?P<head>{asking}|(?:{AUXILIARIES})\b)", re.IGNORECASE
    )
    head = opening.match(plain)
    if not head:
        return "", []
    begin = head.end("prefix") if head["prefix"] else 0
    cuts = []
    for found in joint.finditer(plain, begin):
        left = plain[begin : found.start()]
        if len(left.split()) < _LEAST or not _is_question(head["head"], left, found["word"], found["after"]):
            continue
        cuts.append((found.start(), found.end()))
    if not cuts:
        return "", []
    commas = re.compile(rf",\s+(?={asking})", re.IGNORECASE)
    before = commas.finditer(plain, begin, cuts[0][0])
    cuts += [m.span() for m in before if len(plain[begin : m.start()].split()) >= _LEAST]
    cuts.sort()
    starts, ends = [begin, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(question)]
    pieces = [tidy(question[a:b]) for a, b in zip(starts, ends, strict=True)]
    return tidy(question[:begin]), pieces if all(pieces) else []


def _is_question(head: str, left: str, word: str | None, after: str | None) -> bool:
    """Tell whether what follows a conjunction is a question and not a clause of the one before it."""
    if word is None:
        return True
    told = next(w for w in word.casefold().split() if w not in PREPOSITIONS.split("|"))
    inner = left[len(head) :].casefold().split()
    if inner[-1:] and re.fullmatch(rf"(?:{ENGLISH.asking})", inner[-1]):
        return False  # "… can it be said when and how it …"
    asks_when = head.rsplit(maxsplit=1)[-1].casefold() in ("when", "where", "why", "how", "far", "long")
    if asks_when and not set(inner) & set(AUXILIARIES.split("|")):
        return False  # "how far along it and in which direction is …": no verb yet
    if told in inner or (told in ("who", "which", "whose", "whom") and "that" in inner):
        return False  # "the man who founded it and who led it"
    follows = (after or "").strip().casefold()
    if told == "which" and follows in AUXILIARIES.split("|"):
        return head.rsplit(maxsplit=1)[-1].casefold() == "which"  # "the album that sold best and which was …"
    return True


def _following(prefix: str, first: str, piece: str, grammar: Grammar) -> Part:
    """Return the part for a question behind `first`, with what it needs of it."""
    own = tidy(piece)
    text, refers = _carried(first, own, grammar)
    return Part(heading(own), ask(prefix and f"{prefix} -", text), own, refers)


def _carried(first: str, own: str, grammar: Grammar) -> tuple[str, bool]:
    """Return `own` with what it needs of `first`, and whether its pronoun may mean whom `first` asks for."""
    asked = re.match(rf"(?:(?:{grammar.prepositions})\s+)?(?:{grammar.asking})\b", own, re.IGNORECASE)
    rest = own[asked.end() :].split() if asked else own.split()
    predicate = _predicate(first, grammar)
    if asked and _is_bare(asked.group(), rest, grammar):
        return f"{own} {predicate}", False
    if grammar is GERMAN:
        nouns = [w for w in rest if not w[0].islower()]
        return (f"{own} - {predicate}" if len(nouns) < 2 or _GERMAN_PRONOUN.search(own) else own), False
    topic, clean = _topic(first, grammar)
    if _DO_SO.search(own):
        return f"{own} - {predicate}", False
    if _PERSONS.search(own) and kind_of(first) is Kind.PERSON and not _names_person(first):
        return f"{own} - {predicate}", True
    if _PERSONS.search(own) or _THINGS.search(own):
        return (put_for_pronoun(own, topic) if clean else f"{own} - {topic}"), False
    needs = not _GIVEN.search(own[asked.end() :] if asked else own[1:])
    return (f"{own} - {topic}" if needs and topic else own), False


def put_for_pronoun(text: str, noun: str) -> str:
    """Return `text` with `noun` for its first pronoun."""
    owning, plain = _OWNING.search(text), _PERSONS.search(text) or _THINGS.search(text)
    if owning and (plain is None or owning.start() <= plain.start()):
        return f"{text[: owning.start()]}{noun}’s{text[owning.end() :]}"
    return f"{text[: plain.start()]}{noun}{text[plain.end() :]}" if plain else text


def _is_bare(asked: str, rest: Sequence[str], grammar: Grammar) -> bool:
    """Tell whether a question has no predicate of its own: "and why?", "and in which sport?"."""
    if not rest:
        return True
    nouns = re.search(rf"(?:{grammar.with_noun})$", asked, re.IGNORECASE)
    verbs = set(AUXILIARIES.split("|")) | _INTRANSITIVE
    if grammar is GERMAN:
        return bool(nouns) and len(rest) == 1
    own = [w.casefold() for w in rest]
    return bool(nouns) and len(rest) <= 2 and not any(w in verbs or _PARTICIPLE.fullmatch(w) for w in own)


def _predicate(clause: str, grammar: Grammar) -> str:
    """Return what a question says of what it asks for: all but the words that ask."""
    asking = rf"^(?:(?:{grammar.prepositions})\s+)?(?:{grammar.asking})\b\s*"
    rest = re.sub(asking, "", tidy(clause), flags=re.IGNORECASE)
    if re.match(
        rf"^(?:(?:{grammar.prepositions})\s+)?(?:{grammar.with_noun})\b", tidy(clause), re.IGNORECASE
    ):
        before = re.match(rf"(?:[\w-]+\s+){{1,3}}?(?=(?:{AUXILIARIES})\s)", rest, re.IGNORECASE)
        rest = rest[before.end() :] if before else rest
    return rest


def _topic(clause: str, grammar: Grammar) -> tuple[str, bool]:
    """Return what a question is about, and whether that is surely a noun with what belongs to it."""
    words = _predicate(clause, grammar).split()
    if not words:
        return "", False
    with_noun = re.match(rf"(?:{grammar.with_noun})\b", clause, re.IGNORECASE)
    verb = words[0].casefold()
    rest = words[1:]
    if verb not in AUXILIARIES.split("|"):  # who wrote the book
        clean = 0 < len(rest) <= 6 and not with_noun
        return " ".join(rest if clean else words), clean
    if verb in ("is", "are", "was", "were"):
        ends = [i for i, w in enumerate(rest) if i and _PARTICIPLE.fullmatch(w)]
        return " ".join(rest[: ends[0]] if ends else rest), True
    have = verb in ("has", "have", "had")
    ends = [i for i, w in enumerate(rest) if i and (_PARTICIPLE.fullmatch(w) if have else w in _BASE_VERBS)]
    if ends:
        return " ".join(rest[: ends[0]]), True
    return " ".join(rest), False


def _names_person(clause: str) -> bool:
    """Tell whether a question asks who somebody is who has a name: "Who is Ana Novak"."""
    return bool(re.match(rf"who\s+(?:is|was|are|were)\s+{NAME}\s*$", tidy(clause), re.IGNORECASE)) and bool(
        re.search(r"\s[A-ZÀ-Þ]", clause)
    )
