"""Fails a test in which something was logged that the test does not expect."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence


class Records(logging.Handler):
    """Keeps every record of level WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self, expected: Sequence[str]) -> list[str]:
        """Return the lines that no pattern of `expected` is found in."""
        return [line for line in self.lines if not any(re.search(pattern, line) for pattern in expected)]
