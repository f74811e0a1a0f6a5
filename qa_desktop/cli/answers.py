"""An answer for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from qa_desktop.cli.text import counted, plain, wrapped
from qa_desktop.domain import Answer, Citation, Hit, Section, Verdict

_NEAREST = 3  # passages shown where nothing was found
_A = {"date": "a date", "author": "an author", "language": "a known language"}


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield the lines: verdict, claims with numbers, sources with places, and what was searched."""
    yield click.style(_verdict(answer), bold=True)
    if answer.verdict is Verdict.NOT_FOUND:
        yield from _why_not(answer)
        yield from _nearest(answer.hits)
    for section in answer.sections():
        yield from _section(answer, section)
    for difference in answer.differs:
        yield ""
        yield wrapped(f"Sources may differ: {difference.about}")
        for text, number in difference.sides:
            yield wrapped(f"{text} [{number}]", "    ", "  – ")
    if answer.citations:
        yield ""
        yield click.style("Sources", bold=True)
        for citation in answer.citations:
            yield from _source(citation)
    yield ""
    if filters := answer.question.all_filters:
        yield wrapped(f"Kept to: {'  '.join(f.typed for f in filters)}")
    for word, others in answer.trace.read_as:
        yield wrapped(f"Read “{word}” also as {' or '.join(f'“{other}”' for other in others)}.")
    yield wrapped(_coverage(answer))


def _verdict(answer: Answer) -> str:
    if answer.verdict is Verdict.NOT_FOUND:
        return "Not found in this library."
    what = "Answered" if answer.verdict is Verdict.ANSWERED else "Answered in part"
    if answer.parts:
        found = sum(1 for part in answer.parts if part.claims)
        of = "sides" if answer.compared else "parts"
        what += f" · {found} of {len(answer.parts)} {of}" if found < len(answer.parts) else ""
    may = "may differ" if answer.sources() > 1 else "may contradict itself"
    differ = f", which {may}" if answer.differs else ""
    return f"{what} · {counted(answer.sources(), 'source')}{differ}"


def _section(answer: Answer, section: Section) -> Iterator[str]:
    """Yield the claims of one section under its heading, if it has one."""
    if section.parts:
        yield ""
        yield click.style(wrapped(" · ".join(part.asks for part in section.parts)), bold=True)
        yield from _without_claims(answer, section)
    for place in section.claims:
        claim = answer.claims[place]
        if not section.parts:
            yield ""
        yield wrapped(f"{claim.text} {_numbers(claim.citations)}", "  ")


def _without_claims(answer: Answer, section: Section) -> Iterator[str]:
    """Say what stands above already, or that nothing was found."""
    if section.above:
        numbers = _numbers(n for place in section.above for n in answer.claims[place].citations)
        yield wrapped(f"See {numbers} above.", "  ")
    elif not section.claims:
        yield wrapped("Not found in this library.", "  ")


def _numbers(citations: Iterable[int]) -> str:
    return " ".join(f"[{n}]" for n in citations)


def _source(citation: Citation) -> Iterator[str]:
    head = f"  [{citation.number}] "
    title = citation.document.title or citation.document.name
    parts = (title, citation.locator, citation.document.date)
    yield wrapped(" · ".join(p for p in parts if p), " " * len(head), head)
    if title != citation.document.name:
        yield wrapped(citation.document.name, " " * len(head))
    if citation.document.same_text_as:
        yield wrapped(f"same text as {citation.document.same_text_as}", " " * len(head))


def _why_not(answer: Answer) -> Iterator[str]:
    if answer.missing:
        phrases = " and ".join(f"“{phrase}”" for phrase in answer.missing)
        together = " together" if len(answer.missing) > 1 else ""
        yield wrapped(f"No passage holds the words {phrases}{together}.")
    elif answer.question.all_filters and not answer.coverage.searched:
        yield "No document fits the filters."


def _nearest(hits: Iterable[Hit]) -> Iterator[str]:
    nearest = tuple(hits)[:_NEAREST]
    if not nearest:
        return
    yield ""
    yield "The nearest passages, which do not answer the question:"
    for hit in nearest:
        place = f" · {hit.locator}" if hit.locator else ""
        yield ""
        yield wrapped(f"{hit.document.title or hit.document.name}{place}", "  ")
        yield wrapped(_beginning(hit.passage.text), "    ")


def _beginning(text: str, most: int = 240) -> str:
    flat = plain(" ".join(text.split()))
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def _coverage(answer: Answer) -> str:
    coverage = answer.coverage
    text = f"Searched {coverage.searched:,} of {counted(coverage.total, 'document')}."
    if coverage.unreadable:
        text += f" {len(coverage.unreadable):,} could not be read (qa-desktop status names them)."
    for fact, number in coverage.left_out:
        text += f" {counted(number, 'document')} without {_A[fact]} left out."
    return text
