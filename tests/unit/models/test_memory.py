"""What the models keep of the computer's memory between two pieces of work."""

from __future__ import annotations

import subprocess
import sys

import pytest

_READ_LONG_TEXTS = """
import psutil
from qa_desktop.models import load_encoder, registry
encoder = load_encoder(registry.default_encoder())
taken = lambda: psutil.Process().memory_full_info().uss / 1e6
encoder.encode_question("When did the euro become the currency of Kosovo?")
before = taken()
encoder.encode_passages(["The agreement was signed in Brussels. " * 60] * 4)
print(taken() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own heap decides")
def test_what_long_texts_took_is_given_back() -> None:
    out = subprocess.run(
        [sys.executable, "-c", _READ_LONG_TEXTS], capture_output=True, text=True, check=True, timeout=300
    )
    assert float(out.stdout) < 20  # MB; it would be 60 and more
