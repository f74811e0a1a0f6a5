"""Put together what is told, step by step, of a file and the documents inside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from qa_desktop.domain import Document, FileProblem, Part
from qa_desktop.reading.blocks import name_in_words

Inside = tuple[int, ...]  # the way to a document in a file: an index for each level; () is the file itself


@dataclass(frozen=True, slots=True)
class Begun:
    """A document is being opened; `name` is its own, `place` where it lies in its container.

    Told again, with its `kind`, once that is known.
    """

    inside: Inside
    name: str
    place: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A document of this kind was read, as far as it goes; its parts follow."""

    inside: Inside
    kind: str
    outcome: Document | FileProblem


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that lies in this document is missing."""

    inside: Inside
    problem: FileProblem


News = Begun | Ended | Lacking


@dataclass(slots=True)
class Gathered:
    """What has been told so far; telling something twice does no harm."""

    names: dict[Inside, Begun] = field(default_factory=dict)
    outcomes: dict[Inside, Ended] = field(default_factory=dict)
    problems: dict[Inside, list[FileProblem]] = field(default_factory=lambda: defaultdict(list))

    def take(self, news: News) -> None:
        """Take note of a step."""
        match news:
            case Begun():
                self.names[news.inside] = news
            case Ended():
                self.outcomes[news.inside] = news
            case Lacking():
                if news.problem not in self.problems[news.inside]:
                    self.problems[news.inside].append(news.problem)

    def outcome(self, inside: Inside = ()) -> Document | FileProblem:
        """Return the document at `inside` with its parts, or why there is none.

        A container that cannot be read, or has no text, but holds a document that can, is one without pages.
        If all that is in it is protected by a password, so is the container.
        """
        below: dict[Inside, list[Inside]] = defaultdict(list)
        for part in sorted(self.names):
            if part != inside and part[: len(inside)] == inside:
                below[part[:-1]].append(part)
        return self._assembled(inside, "", below)

    def _assembled(
        self, inside: Inside, place: str, below: dict[Inside, list[Inside]]
    ) -> Document | FileProblem:
        begun, ended = self.names[inside], self.outcomes.get(inside)
        place = ", ".join(filter(None, (place, begun.place)))
        parts = tuple(
            Part(self.names[part].name, self._assembled(part, place, below)) for part in below[inside]
        )
        found = ended.outcome if ended else FileProblem("crashed")
        problems = tuple(self.problems.get(inside, ()))
        if isinstance(found, FileProblem):
            if not any(isinstance(part.outcome, Document) for part in parts):
                return found
            kind = ended.kind if ended else ""
            own = () if found.reason == "empty" else (found,)  # nothing is missing where there was nothing
            found = Document(kind, name_in_words(begun.name), (), (), problems=own)
        if not found.pages and parts and all(_is_locked(part) for part in parts):
            return parts[0].outcome
        return replace(found, problems=(*found.problems, *problems), parts=parts, place=place)


def _is_locked(part: Part) -> bool:
    return isinstance(part.outcome, FileProblem) and part.outcome.reason == "encrypted"
