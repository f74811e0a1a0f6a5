"""The reader that the tests of a module share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_desktop.reading.isolation.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reader with its worker started."""
    with Reader() as reader:
        reader.start()
        yield reader
