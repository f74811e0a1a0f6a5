"""The recipe by which a library's passages are cut; stored with the library, part of its identity."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes in word pieces of the encoder, special tokens not counted.

    A passage is closed at `most`, or at a paragraph's end once it holds `least`; a last piece below
    `tail` joins its predecessor.  The last sentence is repeated in the next passage when it is no longer
    than `overlap`, because one passage in five would otherwise begin with "He" or "This".  `prefix` is
    the room for title and headings before the text.  `sentence` is the longest sentence kept whole: with
    `prefix` it must fit the encoder's window of 512.

    The sizes were chosen on press and policy papers: among 200 raw words, whole paragraphs and packed
    sentences, the last gave passages that neither cut a sentence nor exceed the window, and the encoder
    distinguishes 150 word pieces better than 450.
    """

    version: int = 1
    least: int = 120
    most: int = 180
    overlap: int = 60
    tail: int = 40
    prefix: int = 48
    sentence: int = 440

    def as_dict(self) -> dict[str, int]:
        """Return the recipe as it is stored with a library."""
        return asdict(self)
