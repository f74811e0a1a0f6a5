"""Filters: by which facts of a document a search is kept to some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

FILTERS = ("in", "type", "after", "before", "on", "author", "language")
"""The names of filters, as they are typed."""

CLOSING = "?!.,;"
"""What may follow a filter that ends a sentence, and is no part of it."""

_PLAIN = re.compile(rf"[^\s\"“”„«»]*[^\s\"“”„«»{CLOSING}]")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on documents: `in:press/`, `type:pdf`, `after:2022`; `negated` takes out what fits.

    `name` is one of FILTERS; `value` holds no straight quotation mark and no white space at its ends.  Dates
    are YYYY, YYYY-MM or YYYY-MM-DD, languages ISO 639-1 codes, types one of `file_types`.
    """

    name: str
    value: str
    negated: bool = False

    @property
    def typed(self) -> str:
        """The filter as it can be typed into a question."""
        value = self.value if _PLAIN.fullmatch(self.value) else f'"{self.value}"'
        return f"{'-' if self.negated else ''}{self.name}:{value}"
