"""Freezes the program: from the checkout to a folder that runs where there is no Python.

    ./dev freeze [--keep]

Builds the wheel, installs it with the run-time lock into a fresh environment, and has PyInstaller turn that
into `dist/qa-desktop`, models and demonstration library included.  Then check_bundle.py proves the folder.
`--keep` takes the environment of the last time if the locks have not changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "freeze"
DIST = ROOT / "dist"
BUNDLE = DIST / "qa-desktop"
LOCKS = ROOT / "packaging" / "locks"


def main(options: list[str]) -> int:
    """Build and check the bundle."""
    python = environment(keep="--keep" in options)
    wheel = build_wheel(python)
    run(python, "-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", wheel)
    say("Freezing (a minute or two)")
    shutil.rmtree(BUNDLE, ignore_errors=True)
    empty = BUILD / "empty"  # PyInstaller looks into the folder it runs in: the checkout must not be seen
    empty.mkdir(exist_ok=True)
    command = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    command += ["--distpath", DIST, "--workpath", BUILD / "work", ROOT / "packaging" / "qa_desktop.spec"]
    run(*command, cwd=empty)
    if sys.platform == "linux":
        strip_python(python.parent)
    collect_licences(python)
    say(f"Checking {BUNDLE.relative_to(ROOT)}")
    checker = ROOT / "packaging" / "check_bundle.py"
    return subprocess.run([sys.executable, checker, BUNDLE], check=False).returncode


def environment(*, keep: bool) -> Path:
    """Make an environment of what the locks name, and return its Python."""
    folder = BUILD / "environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    locks = [LOCKS / "runtime.txt", LOCKS / "freeze.txt"]
    contents = "".join(lock.read_text(encoding="utf-8") for lock in locks)
    stamp = folder / "locks.txt"
    if keep and stamp.is_file() and stamp.read_text(encoding="utf-8") == contents:
        return python
    say("Making the environment to freeze")
    BUILD.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "venv", "--clear", folder)
    for lock in locks:
        command = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ]
        run(*command, "--no-deps", "--require-hashes", "-r", lock)
    stamp.write_text(contents, encoding="utf-8")
    return python


def build_wheel(python: Path) -> Path:
    """Build the wheel from the checkout and return its path."""
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    run(python, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def strip_python(tools: Path) -> None:
    """Take debugging symbols, and the build computer's search path, out of Python's own library."""
    for library in BUNDLE.glob("_internal/libpython*"):
        run("strip", "--strip-unneeded", library)
        run(tools / "patchelf", "--remove-rpath", library)


def collect_licences(python: Path) -> None:
    """Put the terms of everything that was installed into the bundle's folder `licenses`."""
    target = BUNDLE / "licenses"
    target.mkdir()
    for name in ("LICENSE", "THIRD_PARTY.md"):
        shutil.copy(ROOT / name, target)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(
        subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    )
    for info in packages.glob("*.dist-info"):
        texts = [path for path in info.rglob("*") if path.is_file() and is_licence(path)]
        for text in texts:
            place = target / info.name.split("-")[0] / text.relative_to(info)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(text, place)


def is_licence(path: Path) -> bool:
    """Tell whether a file of a package's metadata states its terms."""
    return path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "AUTHORS"))


def run(*command: object, cwd: Path | None = None) -> None:
    """Run a command; stop with its exit status if it fails."""
    status = subprocess.run([str(word) for word in command], cwd=cwd, check=False).returncode
    if status != 0:
        sys.exit(f"Freezing stopped: {' '.join(map(str, command[:4]))} … ended with status {status}.")


def say(text: str) -> None:
    """Tell what is going on."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
