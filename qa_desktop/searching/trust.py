"""How far a model's judgement is to be trusted on a question, by the languages it was trained for.

A model that never saw a language still compares names, numbers and loan words, so its order is worth
something, but less than that of the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa_desktop.models.spec import ModelSpec

STRANGE_ENCODER = 0.15
STRANGE_LATE = 0.5
STRANGE_CROSS_ENCODER = 0.25
"""What a judgement counts on a question in a language that the model does not know.

Measured with English models on German questions over German texts.  300 of them: the first passage was right
for .94 with weights of .1 to .25, for .89 with full ones, for .91 with none.  Late interaction goes word by
word and suffers less: on 80 of them alone .84, the encoder's vectors .70, words .86.
"""

_ALIKE = {"hr": "sr", "bs": "sr", "nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Trust:
    """What the judgement of meaning, piece by piece, and of the second reading count, 0..1; words count 1."""

    encoder: float = 1.0
    late: float = 1.0
    cross_encoder: float = 1.0


def trust_in(encoder: ModelSpec, cross_encoder: ModelSpec | None, language: str) -> Trust:
    """Return what these models' judgements count on a question in `language` (ISO 639-1, '': unknown)."""
    known = knows(encoder, language)
    return Trust(
        1.0 if known else STRANGE_ENCODER,
        1.0 if known else STRANGE_LATE,
        1.0 if cross_encoder is None or knows(cross_encoder, language) else STRANGE_CROSS_ENCODER,
    )


def knows(model: ModelSpec, language: str) -> bool:
    """Tell whether a model was trained for `language`; what cannot be told is given the benefit of doubt."""
    known = {_ALIKE.get(code, code) for code in model.languages}
    return not language or "all" in known or _ALIKE.get(language, language) in known
