"""Writes the lock files: every package with its version and SHA-256, for all systems and Pythons supported.

    ./dev lock

Needs `uv` (pip install uv).  Versions already locked are kept while they still fit; `./dev lock --upgrade`
takes the newest that pyproject.toml allows.

torch is left out of the test lock on purpose: which build is right (never one for CUDA) depends on where
pip looks, and its hashes with it.  What torch itself needs is locked by name.  The sets are installed without
asking pip to resolve anything, so what is left out here stays out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
HEADER = "# {what}\n# Written by ./dev lock; do not edit.\n"

# What torch 2.13 itself needs, as its metadata says.
TORCH_NEEDS = """
filelock
fsspec>=0.8.5
jinja2
networkx>=2.5.1
setuptools>=77.0.3
sympy>=1.13.3
typing-extensions>=4.10.0
"""

# tokenizers asks for a client of a model hub that it never imports, and that nothing offline needs.
NO_HUB = "huggingface-hub\n"

NO_TORCH = "torch\n"


def main(options: list[str]) -> int:
    """Write the three locks.

    The tests come first: what they need of models holds some packages back, and the program is to run with
    the very versions it was tested with.
    """
    LOCKS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        texts = {"torch-needs": TORCH_NEEDS, "no-hub": NO_HUB, "no-torch": NO_TORCH}
        files = {name: Path(folder) / name for name in texts}
        for name, text in texts.items():
            files[name].write_text(text, encoding="utf-8")
        same = ["--constraint", str(LOCKS / "test.txt")]
        test = ["--extra", "models", "--group", "test", "pyproject.toml", str(files["torch-needs"])]
        test += ["--excludes", str(files["no-torch"])]
        write("test", "What the program and its tests need; torch is installed apart.", [*test, *options])
        runtime = ["pyproject.toml", "--excludes", str(files["no-hub"]), *same]
        write("runtime", "What the program needs to run.", [*runtime, *options])
        freeze = ["--group", "freeze", *same]
        write("freeze", "What freezing needs besides what the program needs.", [*freeze, *options])
    return 0


def write(name: str, what: str, options: list[str]) -> None:
    """Resolve for every supported system and write the result to the lock called `name`."""
    lock = LOCKS / f"{name}.txt"
    command = "uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
    command += " --no-emit-index-url --no-emit-find-links --quiet --output-file"
    subprocess.run([*command.split(), str(lock), *options], cwd=ROOT, check=True)
    text = lock.read_text(encoding="utf-8")
    if "://" in text or str(ROOT) in text:
        sys.exit(f"{lock.name} names a host or a path of this computer: look at it before committing it.")
    lock.write_text(HEADER.format(what=what) + text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
