"""What a question is taken apart into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks for.

    `asks` is what it is called where its claims stand, in the words of the question.  `text` is what is
    looked for and weighed: the same with what it needs of the rest of the question; `own` are its words
    without that.  `refers` tells that a pronoun in `asks` may mean the person whom the part before it asks
    for; `named` that `own` is the name by which this part is told from the others, and `bare` that
    nothing is asked of it: what is said of it is what is wanted.
    """

    asks: str
    text: str
    own: str
    refers: bool = False
    named: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a question, in its order; none where it asks for one thing.

    `compared` tells that they are the sides of a comparison.
    """

    parts: tuple[Part, ...] = ()
    compared: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts)


WHOLE = Parts()
"""A question that asks for one thing."""
