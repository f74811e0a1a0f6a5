"""One question, or one part of it, weighed: the sentences that may answer it, and whether they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa_desktop.answering import chronology, decide
from qa_desktop.answering.agree import agreeing
from qa_desktop.answering.asking import as_question
from qa_desktop.answering.differ import ABOUT, Look, answers_too, other_sides
from qa_desktop.answering.evidence import HEARD, Evidence, hear, read
from qa_desktop.answering.kinds import Kind, kind_of
from qa_desktop.answering.lists import listing_of, wants_list
from qa_desktop.answering.notes import asks_for_source
from qa_desktop.answering.probe import probe
from qa_desktop.answering.select import MOST_CLAIMS, MOST_LISTED, Group, select
from qa_desktop.answering.texts import Texts
from qa_desktop.domain import Run, Verdict
from qa_desktop.indexing import words
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.searching.search import Found


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question, or a part of one, and what came of it.

    `groups` are its claims in the order in which to read them, `sides` the sentences among them that
    contradict the first one, in what it says `about` something; none where the verdict is NOT_FOUND.
    """

    text: str
    case: decide.Case
    verdict: Verdict
    confidence: float
    groups: tuple[Group, ...] = ()
    sides: tuple[Evidence, ...] = ()
    about: str = ""

    @property
    def kind(self) -> Kind:
        """What is asked for."""
        return self.case.kind

    @property
    def best(self) -> Evidence | None:
        """The sentence that answers best, None where nothing does."""
        return self.groups[0].best if self.groups else None


Place = tuple[int, tuple[Run, ...]]
"""The document of a sentence and its runs there."""


def place_of(item: Evidence) -> Place:
    """Return where a sentence stands."""
    return item.hit.document.id, item.sentence.runs


def weigh_and_select(
    text: str,
    found: Found,
    cross_encoder: CrossEncoder | None,
    seconds: float,
    model: decide.Model | None = None,
    *,
    texts: Texts | None = None,
    heard: int = HEARD,
) -> Weighed:
    """Weigh what was `found` for a question and choose its claims; reading stops after `seconds`.

    Lists are looked for in `texts`, where a question asks for one (None: nowhere).  The head says of so many
    sentences as are `heard` whether they answer.
    """
    text = as_question(text)
    case = weigh(text, found, cross_encoder, seconds, heard)
    verdict, confidence = decide.judge(case, model)
    listing = None
    if texts is not None and wants_list(text):
        listing = listing_of(text, case.evidence, found.hits, texts)
    if listing is not None:
        whole = _weigh_first(text, Kind.OPEN, (listing.read,), found, cross_encoder, seconds)
        as_list, probability = decide.judge(whole, model)
        if verdict is Verdict.NOT_FOUND and as_list is not Verdict.NOT_FOUND:
            case, verdict, confidence = replace(whole, evidence=listing.items), as_list, probability
    if verdict is Verdict.NOT_FOUND:
        return Weighed(text, case, verdict, confidence)
    if listing is not None:
        case = replace(case, kind=Kind.OPEN, doubt=replace(case.doubt, losses=()))
        groups = [Group((item,)) for item in listing.items]
        return Weighed(text, case, verdict, confidence, tuple(groups))
    look = _looker(text, case.kind, found, cross_encoder, seconds, model)
    sides = other_sides(text, case.kind, case.evidence, case.doubt, look)
    about = ABOUT.get(case.kind, "")
    odd = chronology.misfit(case.evidence[0], case.doubt.answering, case.evidence)
    if odd is not None and not sides:
        sides, about = [odd], chronology.ABOUT
    most = MOST_LISTED if wants_list(text) else MOST_CLAIMS
    agree = agreeing(case.kind, words.content_words(text), case.evidence, case.doubt.answering)
    chosen = select(text, case.kind, case.evidence, sides, lambda e: answers_too(*look(e)), most, agree)
    return Weighed(text, case, verdict, confidence, tuple(chosen), tuple(sides), about)


def weigh(
    question: str, found: Found, cross_encoder: CrossEncoder | None, seconds: float, heard: int = HEARD
) -> decide.Case:
    """Read, hear and probe the sentences of what was `found`; the result is all that a verdict rests on."""
    kind = kind_of(question)
    evidence = tuple(read(question, kind, found.hits, cross_encoder, seconds))
    if not evidence:
        return decide.Case(kind)
    evidence = tuple(_heard(question, evidence, cross_encoder, heard))
    return _weigh_first(question, kind, evidence, found, cross_encoder, seconds)


def _weigh_first(
    question: str,
    kind: Kind,
    evidence: tuple[Evidence, ...],
    found: Found,
    cross_encoder: CrossEncoder | None,
    seconds: float,
) -> decide.Case:
    """Weigh what rests on the first sentence of `evidence`, which alone is probed."""
    if evidence[0].answers is None:
        evidence = (*_heard(question, evidence[:1], cross_encoder), *evidence[1:])
    doubt = probe(question, evidence[0], found.hits, cross_encoder, seconds)
    facts = decide.facts_of(kind, evidence, found, doubt)
    heard = cross_encoder is not None and evidence[0].answers is not None
    reader = cross_encoder.spec.name if cross_encoder is not None and heard else ""
    return decide.Case(kind, evidence, doubt, facts, reader)


def _heard(
    question: str, evidence: Sequence[Evidence], cross_encoder: CrossEncoder | None, most: int = HEARD
) -> Sequence[Evidence]:
    """Return `evidence` with what the head says of it, but where a question asks for the source of a claim.

    No sentence answers that: the note of the one that makes the claim does.
    """
    return evidence if asks_for_source(question) else hear(question, evidence, cross_encoder, most)


def _looker(
    question: str,
    kind: Kind,
    found: Found,
    cross_encoder: CrossEncoder | None,
    seconds: float,
    model: decide.Model | None,
) -> Callable[[Evidence], Look]:
    """Return a function that probes and judges one sentence by itself, each at most once."""
    seen: dict[Place, Look] = {}

    def look(item: Evidence) -> Look:
        place = place_of(item)
        if place not in seen:
            case = _weigh_first(question, kind, (item,), found, cross_encoder, seconds)
            seen[place] = (case.doubt, decide.judge(case, model)[1])
        return seen[place]

    return look
