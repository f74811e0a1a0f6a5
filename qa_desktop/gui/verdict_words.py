"""Why an answer was given, given with reserve, or declined: what was weighed, in words."""

from __future__ import annotations

from collections.abc import Iterator

from qa_desktop.domain import Answer, Trace, Verdict
from qa_desktop.gui import words
from qa_desktop.gui.words import tr

_STRANGE = 0.3  # from here on, of at most 1, a word weighs enough to be named
_FITS, _HARDLY = 0.25, -0.25  # how well a sentence or passage fits, from -1 to 1


def why(answer: Answer) -> list[str]:
    """Return a sentence for each thing that spoke for or against an answer, and the sum."""
    if answer.missing:
        return [missing(answer)]
    if answer.claims and not answer.trace.facts:
        return [tr("The words in quotation marks were looked up, not weighed: these sentences hold them.")]
    if not answer.trace.facts:
        return [tr("No sentence was found that could be weighed.")]
    if answer.parts:
        return [tr("Each part of the question was looked for and weighed by itself."), *_parts(answer)]
    return [*_reasons(answer.trace), _sum(answer)]


def missing(answer: Answer) -> str:
    """Return the sentence for the phrases that no passage holds."""
    phrases = " · ".join(f"“{phrase}”" for phrase in answer.missing)
    if len(answer.missing) == 1:
        return tr("No passage holds the words %1.").replace("%1", phrases)
    return tr("No passage holds these words together: %1.").replace("%1", phrases)


def strange(trace: Trace) -> str:
    """Return the sentence for a word of the question that the sources do not speak of, if there is one."""
    facts = dict(trace.facts)
    weight = max(facts.get("strange_though_fitting", 0.0), facts.get("strange_otherwise", 0.0))
    if not trace.strange or weight < _STRANGE:
        return ""
    return tr("The best sentence says nothing of “%1”.").replace("%1", trace.strange)


def _parts(answer: Answer) -> Iterator[str]:
    """Return what each part was found to be worth."""
    for part in answer.parts:
        text = {
            Verdict.ANSWERED: tr("“%2”: answered, with a probability of %1."),
            Verdict.PARTIAL: tr("“%2”: perhaps answered, with a probability of %1."),
            Verdict.NOT_FOUND: tr("“%2”: not enough for an answer; its probability is only %1."),
        }[part.verdict]
        yield text.replace("%1", words.percent(part.confidence)).replace("%2", part.asks)


def _reasons(trace: Trace) -> Iterator[str]:
    facts = dict(trace.facts)
    fits, about = facts.get("sentence", 0.0), facts.get("passage", 0.0)
    head = facts.get("head_on_first")
    if fits >= _FITS and head is not None and head <= _HARDLY:
        yield tr("The best sentence is about the matter, but does not seem to say what is asked.")
    elif fits < _FITS and head is not None and head >= _FITS:
        yield tr("The best sentence seems to answer the question, in other words.")
    elif fits >= _FITS:
        yield tr("The best sentence fits the question well.")
    elif fits > _HARDLY:
        yield tr("The best sentence fits the question only half.")
    elif about >= _FITS:
        yield tr("The best passage is about the matter, but none of its sentences fits the question.")
    else:
        yield tr("No sentence and no passage fits the question.")
    if unknown := strange(trace):
        yield unknown
    if facts.get("offers_a_choice"):
        yield (
            tr("The question offers two things, and the best sentence holds neither.")
            if facts.get("nothing_of_the_kind")
            else tr("The question offers two things, and the best sentence holds one of them.")
        )
    elif facts.get("asks_for_a_kind"):
        yield _kind_asked_for(facts)


def _kind_asked_for(facts: dict[str, float]) -> str:
    name = bool(facts.get("asks_for_a_name"))
    if facts.get("nothing_of_the_kind"):
        if name:
            return tr("The question asks for a name, and the best sentence holds none.")
        return tr("The question asks for a date or a number, and the best sentence holds none.")
    if facts.get("nothing_of_it_answers"):
        if name:
            return tr(
                "The question asks for a name; the one in the best sentence does not seem to answer it."
            )
        return tr(
            "The question asks for a date or a number; the one in the best sentence does not answer it."
        )
    if facts.get("sentence", 0.0) < _FITS:
        if name:
            return tr("The question asks for a name; the best sentence holds one, but about something else.")
        return tr("The question asks for a date or a number; the best sentence holds one of something else.")
    if name:
        return tr("The question asks for a name, and the best sentence holds one that answers.")
    return tr("The question asks for a date or a number, and the best sentence holds one that answers.")


def _sum(answer: Answer) -> str:
    text = {
        Verdict.ANSWERED: tr("Weighed together: answered, with a probability of %1."),
        Verdict.PARTIAL: tr("Weighed together: close to the limit, with a probability of %1."),
        Verdict.NOT_FOUND: tr("Weighed together: not enough for an answer; its probability is only %1."),
    }[answer.verdict]
    return text.replace("%1", words.percent(answer.confidence))
