"""Runs the program as a user would: in a process of its own, through its command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the program left behind."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The object printed by `--json`."""
        return json.loads(self.stdout)

    @property
    def json_lines(self) -> list[Any]:
        """One object for each line printed."""
        return [json.loads(line) for line in self.stdout.splitlines() if line.strip()]


class Program:
    """Calls `qa-desktop` with words as they would be typed; what it printed is shown when a test fails."""

    def __call__(
        self,
        *words: str | Path,
        expect: int | None = 0,
        timeout: float = 300,
        cwd: Path | None = None,
        **variables: str,
    ) -> Result:
        """Run the program and compare its exit status with `expect` (None: any will do)."""
        command = [sys.executable, "-m", "qa_desktop", *map(str, words)]
        run = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            cwd=cwd,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
            stdin=subprocess.DEVNULL,
            check=False,
        )
        typed = " ".join(map(str, words))
        sys.stdout.write(f"$ qa-desktop {typed}\n{run.stdout}{run.stderr}[exit {run.returncode}]\n")
        assert "Traceback (most recent call last)" not in run.stderr, run.stderr
        if expect is not None:
            assert run.returncode == expect, run.stderr or run.stdout
        return Result(run.returncode, run.stdout, run.stderr)
