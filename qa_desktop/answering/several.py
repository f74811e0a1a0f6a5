"""The answer to a question for several things: each part weighed by itself, all of them written as one.

The whole question stays a candidate.  Where one sentence answers all parts, there is nothing to take apart;
where no part is answered, the whole decides.  So taking a question apart can bring more, but not less.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa_desktop.answering.answer import compose, trace_of
from qa_desktop.answering.evidence import Evidence, forms_of, holds
from qa_desktop.answering.kinds import Kind, candidates, kind_of
from qa_desktop.answering.lists import wants_list
from qa_desktop.answering.parts.clauses import put_for_pronoun
from qa_desktop.answering.parts.part import Part, Parts
from qa_desktop.answering.probe import Probe
from qa_desktop.answering.select import FLOOR, Group
from qa_desktop.answering.texts import Texts
from qa_desktop.answering.weighing import Weighed, place_of
from qa_desktop.answering.write import Writer, Written, placed
from qa_desktop.domain import Answer, Hit, PartAnswer, Question, Verdict
from qa_desktop.indexing import words
from qa_desktop.searching.fuse import reciprocal_rank_fusion
from qa_desktop.searching.search import Found

MOST_OF_PART = 2
"""Claims of one part."""

_RANK = 6
"""How slowly a place in one part's hits loses in worth (the constant of reciprocal rank fusion)."""

Looked = tuple[Weighed, Found]
"""What came of a question or a part: what was found, and what that is worth."""

Look = Callable[[str], Looked]


def look_at_parts(parts: Parts, look: Look) -> list[Looked]:
    """Return what came of each part; where one refers to whom the part before asks for, of that name.

    Where the name is not known, only the sentence that answers the part before can answer it.
    """
    found: list[Looked] = []
    for part in parts.parts:
        before = found[-1][0] if part.refers and found else None
        name = _answer_of(before) if before else ""
        came, hits = look(put_for_pronoun(part.own, name) if name else part.text)
        if before and not name and not _same_best(before, came):
            came = replace(came, verdict=Verdict.NOT_FOUND, groups=(), sides=())
        found.append((came, hits))
    return found


def _same_best(one: Weighed, other: Weighed) -> bool:
    return bool(one.best and other.best and place_of(one.best) == place_of(other.best))


def compose_parts(
    question: Question,
    parts: Parts,
    whole: Looked,
    looked: Sequence[Looked],
    texts: Texts,
    documents: frozenset[int] | None = None,
    seconds: float = 0.0,
) -> Answer:
    """Write the answer to a question of `parts`; looking for it all took `seconds`."""
    started = time.perf_counter()
    hits = interleaved(whole[1].hits, [found.hits for _, found in looked])
    own = [_about(part, parts, found) for part, (found, _) in zip(parts.parts, looked, strict=True)]
    weighed = _credited(parts, own, whole[0])
    alone = _one_for_all(whole[0], weighed)
    if alone is not None:
        reply = compose(question, alone, replace(whole[1], hits=hits), texts, documents)
        return _timed(reply, whole, looked, time.perf_counter() - started + seconds)
    writer = Writer(texts)
    lead = _lead(parts, weighed, whole[0])
    differs = list(writer.write(lead).differs) if lead else []
    answered: list[PartAnswer] = []
    for part, came in zip(parts.parts, weighed, strict=True):
        written = writer.write(came)
        differs += (d for d in written.differs if d not in differs)
        answered.append(_part_answer(part, came, written))
    reply = Answer(
        question=question,
        verdict=_verdict(answered),
        confidence=sum(p.confidence for p in answered) / len(answered),
        claims=tuple(writer.claims),
        citations=tuple(writer.citations),
        hits=placed(_cited_first(hits, writer)[: question.limit], texts),
        coverage=texts.coverage(documents),
        short_answer=_short(answered) if not differs else "",
        differs=tuple(differs),
        trace=trace_of(whole[0], whole[1], {}),
        parts=tuple(answered),
        compared=parts.compared,
    )
    return _timed(reply, whole, looked, time.perf_counter() - started + seconds)


def interleaved(whole: Sequence[Hit], of_parts: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Fuse lists of hits by their ranks, that of the whole as weighty as all parts; scores are the fused."""
    lists = (whole, *of_parts)
    first: dict[int, Hit] = {}
    for hit in (hit for hits in lists for hit in hits):
        first.setdefault(hit.passage.id, hit)
    orders = [[hit.passage.id for hit in hits] for hits in lists]
    worth = reciprocal_rank_fusion(orders, [float(len(of_parts)), *(1.0 for _ in of_parts)], _RANK)
    return tuple(replace(first[i], score=score) for i, score in worth.items())


def _answer_of(weighed: Weighed) -> str:
    """Return the name that answers a part, '' where it cannot be told."""
    best, told = weighed.best, weighed.case.doubt.answering
    if best is None or weighed.kind is not Kind.PERSON:
        return ""
    if told is None and len(best.marks) != 1:
        return ""
    return best.sentence.text[slice(*best.marks[told or 0])]


def _about(part: Part, parts: Parts, own: Weighed) -> Weighed:
    """Return what came of a part, its claims cut, without what speaks of another part instead."""
    told, strange = _names(part, parts)
    most = len(own.groups) if wants_list(part.text) else MOST_OF_PART
    if not told:
        sides = [g for g in own.groups if any(s in g.members for s in own.sides)]
        kept = list(own.groups[:most])
        return replace(own, groups=(*kept, *(g for g in sides if g not in kept)))
    if part.bare and not own.groups:
        said = [e for e in own.case.evidence if e.score >= FLOOR and any(holds(e.forms, w) for w in told)]
        groups = tuple(Group((item,)) for item in said[:MOST_OF_PART])
        return replace(own, groups=groups, verdict=Verdict.PARTIAL if groups else own.verdict)

    def fits(place: int, item: Evidence) -> bool:
        if any(holds(item.forms, w) for w in told):
            return True
        if place or any(holds(item.forms, w) for w in strange):
            return False
        around = forms_of(item.lead) | forms_of(item.hit.passage.text)
        return any(holds(around, w) for w in told)

    kept = [group for place, group in enumerate(own.groups) if fits(place, group.best)]
    return replace(own, groups=tuple(kept[:most]), verdict=own.verdict if kept else Verdict.NOT_FOUND)


def _names(part: Part, parts: Parts) -> tuple[list[str], list[str]]:
    """Return the words by which a part is told from the others, and those of the others, if there are."""
    if not part.named:
        return [], []
    mine = words.content_words(part.own)
    others = [w for other in parts.parts if other is not part for w in words.content_words(other.own)]
    return [w for w in mine if w not in others], [w for w in others if w not in mine]


def _credited(parts: Parts, weighed: Sequence[Weighed], whole: Weighed) -> list[Weighed]:
    """Return what came of the parts, and what the claims for the whole, if it is answered, say of each."""
    if whole.verdict is not Verdict.ANSWERED:
        return list(weighed)
    result = []
    for part, found in zip(parts.parts, weighed, strict=True):
        own = found
        told, _ = _names(part, parts)
        if told:
            said = [g for g in whole.groups if _only_of(part, parts, g.best) or _speaks_of(part, g.best)]
        else:
            said = [g for g in whole.groups[:1] if _speaks_of(part, g.best)]
        known = {place_of(m) for g in own.groups for m in g.members}
        fresh = [g for g in said if place_of(g.best) not in known]
        if not own.groups and fresh:
            case = replace(whole.case, kind=Kind.OPEN, doubt=Probe())  # which words answer is not known
            own = replace(whole, text=part.text, case=case, groups=tuple(fresh[:MOST_OF_PART]), sides=())
        elif part.named and own.groups:
            own = replace(own, groups=(*own.groups, *fresh)[: MOST_OF_PART + 1])
        result.append(own)
    return result


def _only_of(part: Part, parts: Parts, item: Evidence) -> bool:
    """Tell whether a sentence, where it stands, speaks of this part and of no other."""
    around = item.forms | forms_of(item.lead)
    told, strange = _names(part, parts)
    return any(holds(around, w) for w in told) and not any(holds(around, w) for w in strange)


def _speaks_of(part: Part, item: Evidence) -> bool:
    """Tell whether a sentence holds all words of a part, and something of the kind that it asks for."""
    asked = words.content_words(part.own)
    kind = kind_of(part.own)
    if kind is not Kind.OPEN and not candidates(kind, item.sentence.text, part.text):
        return False
    return bool(asked) and all(holds(item.forms, word) for word in asked)


def _one_for_all(whole: Weighed, weighed: Sequence[Weighed]) -> Weighed | None:
    """Return what answers the question as a whole: one sentence for all parts, or all there is."""
    bests = [w.best for w in weighed]
    if all(best is None for best in bests):
        return whole
    places = {None if best is None else place_of(best) for best in bests}
    if len(places) > 1:
        return None
    if whole.best is not None and place_of(whole.best) in places:
        return replace(whole, verdict=Verdict.ANSWERED)
    return max(weighed, key=lambda w: w.confidence)


def _lead(parts: Parts, weighed: Sequence[Weighed], whole: Weighed) -> Weighed | None:
    """Return the claim for the whole question where it stands in no part: it may say what they only share."""
    if whole.best is None or whole.verdict is not Verdict.ANSWERED:
        return None
    if not parts.compared and all(w.groups for w in weighed):
        return None
    known = {place_of(member) for w in weighed for group in w.groups for member in group.members}
    if any(place_of(member) in known for member in whole.groups[0].members):
        return None
    return replace(whole, groups=whole.groups[:1], sides=())


def _part_answer(part: Part, own: Weighed, written: Written) -> PartAnswer:
    verdict = own.verdict if written.claims else Verdict.NOT_FOUND
    return PartAnswer(part.asks, verdict, own.confidence, written.claims, written.short_answer)


def _verdict(answered: Sequence[PartAnswer]) -> Verdict:
    """Return ANSWERED where all parts are, PARTIAL where some are, in full or in part."""
    if all(p.verdict is Verdict.ANSWERED for p in answered):
        return Verdict.ANSWERED
    return Verdict.PARTIAL if any(p.claims for p in answered) else Verdict.NOT_FOUND


def _short(answered: Sequence[PartAnswer]) -> str:
    """Return the words that answer, part by part, where they are known of every part."""
    short = [p.short_answer for p in answered]
    return "; ".join(short) if all(short) else ""


def _cited_first(hits: Sequence[Hit], writer: Writer) -> tuple[Hit, ...]:
    """Put the passages of the first claims of all parts before the others, the scores falling."""
    cited = {c.passage_id: c.number for c in reversed(writer.citations)}
    order = sorted(hits, key=lambda h: (cited.get(h.passage.id, len(cited) + 1), -h.score))
    scores = sorted((h.score for h in hits), reverse=True)
    return tuple(replace(hit, score=score) for hit, score in zip(order, scores, strict=True))


def _timed(reply: Answer, whole: Looked, looked: Sequence[Looked], seconds: float) -> Answer:
    """Return `reply` with the times of all searches together."""
    timings: dict[str, float] = {}
    for _, found in (whole, *looked):
        for name, ms in found.timings_ms:
            timings[name] = timings.get(name, 0.0) + ms
    timings["answer"] = seconds * 1000
    timings["total"] = sum(timings.values())
    return replace(reply, trace=replace(reply.trace, timings_ms=tuple(timings.items())))
