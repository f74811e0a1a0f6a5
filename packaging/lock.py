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

# The model the tests add was packed for an exporter that would hold transformers back at an old version.
NO_TORCH = "torch\noptimum-onnx\n"


def main(options: list[str]) -> int:
    """Write the three locks; the later ones agree with the first."""
    LOCKS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        texts = {"torch-needs": TORCH_NEEDS, "no-hub": NO_HUB, "no-torch": NO_TORCH}
        files = {name: Path(folder) / name for name in texts}
        for name, text in texts.items():
            files[name].write_text(text, encoding="utf-8")
        runtime = ["pyproject.toml", "--excludes", str(files["no-hub"])]
        write("runtime", "What the program needs to run.", [*runtime, *options])
        same = ["--constraint", str(LOCKS / "runtime.txt")]
        tests = ["--extra", "models", "--group", "test", "pyproject.toml", str(files["torch-needs"])]
        tests += ["--excludes", str(files["no-torch"]), *same]
        write("test", "What the program and its tests need; torch is installed apart.", [*tests, *options])
        freeze = ["--group", "freeze", *same]
        write("freeze", "What freezing needs besides what the program needs.", [*freeze, *options])
    return 0


def write(name: str, what: str, options: list[str]) -> None:
    """Resolve for every supported system and write the result to the lock called `name`."""
    lock = LOCKS / f"{name}.txt"
    command = [
        "uv",
        "pip",
        "compile",
        *options,
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    subprocess.run([*command, "--quiet", "--output-file", str(lock)], cwd=ROOT, check=True)
    lines = lock.read_text(encoding="utf-8")
    if "://" in lines or str(ROOT) in lines:
        sys.exit(f"{lock.name} names a host or a path of this computer: look at it before committing it.")
    lock.write_text(HEADER.format(what=what) + lines, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
