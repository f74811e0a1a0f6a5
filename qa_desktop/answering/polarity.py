"""Yes or no: whether two sentences that answer such a question say the opposite of each other.

The clause of a sentence that shares most with the question is looked at.  It says no where an odd number of
its words turn its meaning round ("did not refuse" says yes).  A word of the question turns nothing: who asks
whether somebody refused is told yes by "refused".
"""

from __future__ import annotations

import re

from qa_desktop.indexing.words import content_words, stem, tokens

_CLAUSE = re.compile(
    r"[;:—–]|,|\s-\s|\b(?:but|although|though|while|whereas|because|since|when|after|before|if|unless|which|who|yet)\b",
    re.IGNORECASE,
)
_NO_TURN = re.compile(
    r"\bnot\s+only\b|\bno\s+doubt\b|\bno\s+later\b|\bno\s+more\s+than\b|\bno\s+less\b|\bno\s+fewer\b|\bno\.\s*\d|"
    r"\bnot\s+least\b|\bnothing\s+but\b|\bwhether\s+or\s+not\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|nowhere|hardly|"
    r"refus\w+|den(?:y|ies|ied|ying)|reject\w*|declin\w+|fail(?:s|ed|ing|ure)?|abandon\w*|cancel\w*|prevent\w*|"
    r"forb\w+|ban(?:s|ned)?|prohibit\w*|block(?:s|ed)?|veto\w*|oppos\w+|lack\w*|unable|impossible|absen\w+|"
    r"stopp?(?:s|ed)|ceas\w+|withh[eo]ld\w*|dropp?(?:s|ed)|avoid\w*|exclud\w+|short\s+of)\b|n[’']t\b",
    re.IGNORECASE,
)


def opposed(question: str, one: str, other: str) -> bool:
    """Tell whether one of two sentences that answer a question for yes or no says yes, and the other no."""
    asked = {stem(word) for word in content_words(question)}
    shared = asked & _stems(_clause(asked, one)) & _stems(_clause(asked, other))
    return bool(shared) and says_no(question, one) != says_no(question, other)


def says_no(question: str, sentence: str) -> bool:
    """Tell whether `sentence` denies what `question` asks, judged by the words that turn its meaning."""
    asked = {stem(word) for word in tokens(question)}
    clause = _NO_TURN.sub(" ", _clause(asked, sentence))
    turns = [word for word in _TURNS.findall(clause) if stem(word.casefold()) not in asked]
    return len(turns) % 2 == 1


def _clause(asked: set[str], sentence: str) -> str:
    """Return the clause of `sentence` that shares most with what is `asked`."""
    return max(_CLAUSE.split(sentence), key=lambda clause: len(asked & _stems(clause)))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in tokens(text)}
