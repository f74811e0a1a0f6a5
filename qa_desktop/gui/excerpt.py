"""What a source card shows of a passage: the quoted sentence with a little of what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from qa_desktop.domain import Answer, Citation, Hit, Verdict
from qa_desktop.gui import words
from qa_desktop.gui.verdict_words import missing, strange
from qa_desktop.gui.words import tr

_AROUND = 240
_NEAREST = 420

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Text with the spans that answer (`marks`) and those that only surround the quote (`quiet`)."""

    text: str
    marks: tuple[Span, ...] = ()
    quiet: tuple[Span, ...] = ()


def around(citation: Citation, hits: tuple[Hit, ...]) -> Excerpt:
    """Return the quote of `citation` inside its passage, if the passage is among `hits`, else alone."""
    passage = next((h.passage for h in hits if h.passage.id == citation.passage_id), None)
    text = passage.text if passage else ""
    start = text.find(citation.quote)
    if start < 0:
        return Excerpt(citation.quote, citation.marks)
    before, after = _tail(text[:start]), _head(text[start + len(citation.quote) :])
    shift = len(before)
    end = shift + len(citation.quote)
    whole = before + citation.quote + after
    quiet = tuple(span for span in ((0, shift), (end, len(whole))) if span[0] < span[1])
    return Excerpt(whole, tuple((a + shift, b + shift) for a, b in citation.marks), quiet)


def beginning(hit: Hit) -> Excerpt:
    """Return the beginning of a passage that was found but not quoted."""
    return Excerpt(words.short(hit.passage.text, _NEAREST))


def uncited(answer: Answer) -> tuple[Hit, ...]:
    """Return the passages that were found but carry no claim."""
    cited = {c.passage_id for c in answer.citations}
    return tuple(h for h in answer.hits if h.passage.id not in cited and answer.question.fits(h.passage))


def verdict(answer: Answer) -> tuple[str, str]:
    """Return the verdict in words: what it is, and what that means."""
    if answer.missing:
        nearest = tr("The nearest passages are shown below, as they stand.")
        return tr("Not found in this library"), f"{missing(answer)} {nearest}"
    if answer.question.all_filters and not answer.coverage.searched:
        return tr("Not found in this library"), tr("No document fits the filters of the question.")
    if answer.verdict is Verdict.NOT_FOUND:
        nearest = tr("No passage answers the question. The nearest ones are shown below, as they stand.")
        return tr("Not found in this library"), " ".join(s for s in (nearest, strange(answer.trace)) if s)
    if answer.verdict is Verdict.PARTIAL:
        return _in_part(answer)
    if answer.differs:
        advice = tr("Compare what they say before relying on one of them.")
        itself = tr("Answered · the source may contradict itself")
        return itself if answer.sources() < 2 else tr("Answered · the sources may differ"), advice
    if answer.sources() < 2:
        return tr("Answered · from one source"), ""
    agree = max((answer.sources(claim.citations) for claim in answer.claims), default=0)
    if agree > 1:
        return words.count(agree, "", tr("Answered · %n sources agree")), ""
    return words.count(answer.sources(), "", tr("Answered · from %n sources")), ""


def _in_part(answer: Answer) -> tuple[str, str]:
    """Return the verdict on a question answered in part, and which parts are not, if they are known."""
    missing_parts = [part.asks for part in answer.parts if not part.claims]
    if not missing_parts:
        check = tr("Check what the sources say before relying on it.")
        return tr("Probably answered, perhaps only in part"), check
    if answer.compared:
        title = tr("Answered in part · %1 of %2 sides found")
    else:
        title = tr("Answered in part · %1 of %2 questions")
    found = len(answer.parts) - len(missing_parts)
    title = title.replace("%1", words.number(found)).replace("%2", words.number(len(answer.parts)))
    return title, tr("Nothing was found for: %1").replace("%1", " · ".join(missing_parts))


def coverage(answer: Answer) -> str:
    """Return how much of the library was searched, in a sentence or two."""
    held = answer.coverage
    text = tr("Searched %1 of %2.").replace("%1", words.number(held.searched))
    text = text.replace("%2", words.documents(held.total))
    if held.unreadable:
        text += " " + words.count(
            len(held.unreadable), tr("%n could not be read."), tr("%n could not be read.")
        )
    for fact, number in held.left_out:
        text += " " + _left_out(fact).replace("%1", words.documents(number))
    return text


def _left_out(fact: str) -> str:
    return {
        "date": tr("%1 without a date left out."),
        "author": tr("%1 without an author left out."),
        "language": tr("%1 without a known language left out."),
    }[fact]


def _tail(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return "… " + text[-_AROUND:].split(" ", 1)[-1]


def _head(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return text[:_AROUND].rsplit(" ", 1)[0] + " …"
