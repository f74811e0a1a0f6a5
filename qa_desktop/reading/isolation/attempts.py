"""Attempts at a file: what each has brought, and what is left out at the next when the reader broke down."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from qa_desktop.domain import FileProblem, Page
from qa_desktop.progress import Progress
from qa_desktop.reading.gathered import Begun, Ended, Gathered, Inside, Lacking
from qa_desktop.reading.isolation.process import WorkerDied
from qa_desktop.reading.isolation.salvage import document_from_pages
from qa_desktop.reading.isolation.wire_documents import Message, WireError, news_from_wire, words_from_wire

_MOST_OF_ONE = 4  # attempts at one document
_MOST_ATTEMPTS = 40  # at a file with all that is in it


class Stage(StrEnum):
    """What the worker was doing with a document when it broke down; a number says which page it was at."""

    OPENING = "opening"
    ARRANGING = "arranging"  # all pages have come
    LOOKING = "looking"  # into it, for the documents inside it


@dataclass(slots=True)
class Attempt:
    """What one attempt at a file has brought: which document is being read, and its first pages."""

    gathered: Gathered
    had: frozenset[Inside] = frozenset()
    inside: Inside = ()
    kind: str = ""
    total: int = 0
    pages: list[Page] = field(default_factory=list)
    ended: bool = False

    @property
    def place(self) -> Stage | int:
        """What is being done with the document, or the page that is being read."""
        if self.ended:
            return Stage.LOOKING
        if not self.total:
            return Stage.OPENING
        return len(self.pages) + 1 if len(self.pages) < self.total else Stage.ARRANGING

    def progress(self, stage: str) -> Progress:
        """Return how far the document's pages have been read."""
        name = self.gathered.names[self.inside].name
        return Progress(stage, len(self.pages), self.total, name, "pages")

    def take(self, message: Message) -> None:
        """Take note of what the worker says; raise `WireError` for nonsense."""
        if message.get("is") == "page":
            self._take_page(message)
            return
        news = news_from_wire(message, self.pages)
        if isinstance(news, Begun):
            if news.inside != self.inside or not self.kind:
                self.total, self.pages = 0, []
            self.inside, self.kind, self.ended = news.inside, news.kind, news.inside in self.had
        elif isinstance(news, Ended):
            self.ended = True
        self.gathered.take(news)

    def _take_page(self, message: Message) -> None:
        """Take a page's text, which must be the next one's; number 0 only tells how many there are."""
        try:
            number, total, text = message["number"], message["total"], message["text"]
            words = words_from_wire(message["words"], len(text))
        except (KeyError, TypeError) as error:
            raise WireError("not a page") from error
        if not (isinstance(number, int) and isinstance(total, int) and isinstance(text, str)):
            raise WireError("not a page")
        if number != (len(self.pages) + 1 if self.total else 0):
            raise WireError("pages out of order")
        self.total = total
        if number:
            self.pages.append(Page(number, text, "", words))


@dataclass(slots=True)
class _Lessons:
    """What is known of one document over which the reader broke down."""

    skip: dict[int, str] = field(default_factory=dict)
    structure: bool = True
    deaths: Counter[Stage | int] = field(default_factory=Counter)
    total: int = 0
    pages: list[Page] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What is left out at the next attempt, learned from those that failed, document by document.

    A page over which the worker died twice is skipped; if it dies while opening a PDF, pypdf is left out; if
    it then dies again, or while arranging what was read, the document is given up and what came of its pages
    is kept.  A container that cannot be looked into without the worker dying twice is not looked into.
    What was read completely is not read again.
    """

    gathered: Gathered = field(default_factory=Gathered)
    attempts: int = 0
    goes_on: bool = True  # whether another attempt makes sense
    closed: set[Inside] = field(default_factory=set)
    lessons: dict[Inside, _Lessons] = field(default_factory=lambda: defaultdict(_Lessons))

    def attempt(self, inside: Inside = ()) -> Attempt:
        """Begin another attempt at what lies at `inside`."""
        self.attempts += 1
        return Attempt(self.gathered, frozenset(self.gathered.outcomes), inside)

    def as_request(self) -> dict[str, Any]:
        """Return the plan as JSON values for the worker."""
        known = self.lessons.items()
        return {
            "skip": [[list(inside), page, reason] for inside, x in known for page, reason in x.skip.items()],
            "plain": [list(inside) for inside, lessons in known if not lessons.structure],
            "had": [list(inside) for inside in self.gathered.outcomes],
            "closed": [list(inside) for inside in self.closed],
        }

    def learn(self, attempt: Attempt, death: WorkerDied, *, in_time: bool = True) -> None:
        """Take note of a death, and of what is left out because of it; without time, all the rest is."""
        self._learn(attempt, death)
        if self.attempts == _MOST_ATTEMPTS or not in_time:
            self._stop(attempt, death.reason)
            self.goes_on = False

    def _learn(self, attempt: Attempt, death: WorkerDied) -> None:
        inside, place = attempt.inside, attempt.place
        lessons = self.lessons[inside]
        if len(attempt.pages) >= len(lessons.pages) and not attempt.ended:
            lessons.total, lessons.pages = attempt.total, attempt.pages
        lessons.deaths[place] += 1
        problem = FileProblem(death.reason, death.detail)
        if place == Stage.LOOKING:
            if lessons.deaths[place] > 1:
                self.closed.add(inside)
                self.gathered.take(Lacking(inside, replace(problem, part="what lies inside it")))
            return
        if lessons.deaths.total() >= _MOST_OF_ONE:
            self._give_up(attempt, problem)
        elif lessons.deaths[place] > 1:
            if isinstance(place, int):
                lessons.skip[place] = death.reason
                if len(lessons.skip) >= attempt.total:
                    self._give_up(attempt, problem)
            elif place == Stage.OPENING and lessons.structure and attempt.kind == "pdf":
                lessons.structure, lessons.deaths[place] = False, 1
            else:
                self._give_up(attempt, problem)

    def _give_up(self, attempt: Attempt, problem: FileProblem) -> None:
        inside, lessons = attempt.inside, self.lessons[attempt.inside]
        begun = self.gathered.names.setdefault(inside, Begun(inside, "", ""))
        kept = document_from_pages(begun.name, lessons.pages, lessons.total, problem, attempt.kind)
        self.gathered.take(Ended(inside, attempt.kind, kept or problem))
        if attempt.place == Stage.OPENING:
            self.closed.add(inside)

    def _stop(self, attempt: Attempt, reason: str) -> None:
        """Make do with what there is."""
        problem = FileProblem(reason)
        if attempt.inside not in self.gathered.outcomes:
            self.lessons[attempt.inside].pages = attempt.pages
            self._give_up(attempt, problem)
        if attempt.inside:
            name = self.gathered.names[attempt.inside].name
            self.gathered.take(Lacking((), FileProblem(reason, part=f"what comes after “{name}”")))
