"""What tests of the index are given: an empty library on a shelf of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_desktop.models.encoder import Encoder
from tests.support.library import Shelf


@pytest.fixture
def shelf(tmp_path: Path, encoder: Encoder) -> Iterator[Shelf]:
    """An empty library, filled without a worker process."""
    shelf = Shelf(tmp_path / "library", encoder)
    yield shelf
    shelf.close()
