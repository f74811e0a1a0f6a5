"""Many questions, some at a time, their answers in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from qa_desktop.domain import Answer, Question
from qa_desktop.progress import Progress, Report

_AT_A_TIME = 2  # while one is thought about on one core, the models read for the other


def in_order(
    ask: Callable[[Question], Answer], questions: Sequence[Question], report: Report
) -> Iterator[Answer]:
    """Yield the answer to each question; few are asked before their answers are fetched."""
    waiting: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="ask") as pool:
        try:
            for number, question in enumerate(questions):
                for following in questions[number + len(waiting) : number + 2 * _AT_A_TIME]:
                    waiting.append(pool.submit(ask, following))
                report(Progress("asking", number, len(questions), question.text, "questions"))
                yield waiting.popleft().result()
            report(Progress("asking", len(questions), len(questions), "", "questions"))
        finally:
            for future in waiting:
                future.cancel()
