"""Proves a frozen bundle: what must not be in it is not, and it works where there is no network.

    python packaging/check_bundle.py [dist/qa-desktop] [--seconds N] [--screenshot FILE]

Looks for files that could talk to a network, for the address a library is known to call, for paths of the
computer it was built on, and for libraries that are found nowhere.  Then runs the bundle's own self-check in
a bare environment with the network cut off: off screen, and on a virtual X display if `xvfb-run` is there.
With `--seconds` the self-check stays that long; with strace at hand its system calls are watched for any
internet socket (libraries have been seen to try only after 14 seconds; 35 is a good number).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_FILES = (
    "libQt6Network*",
    "QtNetwork*",
    "_ssl*",
    "libssl*",
    "libcurl*",
    "torch",
    "libtorch*",
    "*.pyc.map",
)
FORBIDDEN_TEXT = (b"events.data.microsoft.com", str(ROOT).encode())
REQUIRED = (
    "models.lock.toml",
    "bge-small-en-v1.5/onnx/model.onnx",
    "pp-ocrv6-small-rec/onnx/model.onnx",
    "LICENSE",
    "THIRD_PARTY.md",
)
LARGEST = 520  # MB, models included; beyond it something has come along that should not


def main(arguments: list[str]) -> int:
    """Check the bundle; 0 when nothing was found wrong."""
    parser = argparse.ArgumentParser(description="Prove a frozen bundle.")
    parser.add_argument("bundle", nargs="?", type=Path, default=ROOT / "dist" / "qa-desktop")
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--screenshot", type=Path)
    options = parser.parse_args(arguments)
    bundle = options.bundle.resolve()
    program = bundle / ("qa-desktop.exe" if sys.platform == "win32" else "qa-desktop")
    if not program.is_file():
        sys.exit(f"There is no bundle in {bundle}; ./dev freeze makes one.")
    wrong = [*strange_files(bundle), *strange_contents(bundle), *lost_libraries(bundle)]
    for platform in displays():
        wrong += self_check(program, platform, options.seconds, options.screenshot)
    size = (
        sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
        / 1e6
    )
    if size > LARGEST:
        wrong.append(f"too large: {size:.0f} MB")
    for line in wrong:
        print(f"WRONG  {line}", file=sys.stderr)
    print(f"{bundle.name}: {size:.0f} MB, {sum(1 for _ in bundle.rglob('*'))} files, ", end="")
    print("nothing wrong" if not wrong else f"{len(wrong)} wrong")
    return 1 if wrong else 0


def strange_files(bundle: Path) -> Iterator[str]:
    """Name files that must not be there, and those that must and are not."""
    for pattern in FORBIDDEN_FILES:
        for path in bundle.rglob(pattern):
            yield f"{path.relative_to(bundle)} must not be in the bundle"
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    for required in REQUIRED:
        if not any(name.endswith(required) for name in names):
            yield f"{required} is missing"
    if not any("index/demonstration/" in name for name in names):
        yield "the demonstration library is missing"


def strange_contents(bundle: Path) -> Iterator[str]:
    """Name files that hold an address to call, or a path of the computer the bundle was built on."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            for text in FORBIDDEN_TEXT:
                if text in content:
                    yield f"{path.relative_to(bundle)} contains “{text.decode()}”"


def lost_libraries(bundle: Path) -> Iterator[str]:
    """Name libraries that something in the bundle needs and that are neither in it nor in the system."""
    if sys.platform != "linux":
        return
    libraries = [path for path in sorted(bundle.rglob("*.so*")) if path.is_file() and not path.is_symlink()]
    here = {path.name for path in bundle.rglob("*.so*")}
    for path in libraries:
        said = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        needed = [line.split("=>")[0].strip() for line in said.splitlines() if "not found" in line]
        for name in needed:
            if name not in here:  # what is elsewhere in the bundle is loaded before, or found by its caller
                yield f"{path.relative_to(bundle)} needs {name}, which is nowhere"


def displays() -> list[str]:
    """Name Qt's platforms on which the bundle can be tried here."""
    if sys.platform != "linux":
        return [""]
    return ["offscreen", "xcb"] if shutil.which("xvfb-run") else ["offscreen"]


def self_check(program: Path, platform: str, seconds: int, screenshot: Path | None) -> Iterator[str]:
    """Run the bundle's self-check with nothing of this environment but a bare home and no network."""
    with tempfile.TemporaryDirectory() as home:
        trace = Path(home) / "trace.txt"
        command = [str(program), "--self-check", "--seconds", str(seconds)]
        if screenshot is not None:
            command += ["--screenshot", str(screenshot.resolve())]
        traced = seconds > 0 and shutil.which("strace") is not None
        if traced:
            command = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace), *command]
        if platform == "xcb":
            command = ["xvfb-run", "-a", *command]
        run = subprocess.run(
            [*without_network(), *command],
            env=bare_environment(home, platform),
            cwd=home,
            capture_output=True,
            text=True,
            timeout=seconds + 180,
            check=False,
        )
        print(run.stdout, end="")
        if run.returncode != 0:
            yield f"the self-check on “{platform}” ended with status {run.returncode}: {run.stderr[-2000:]}"
        if traced:
            lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
            calls = [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line]
            # The self-check tries once whether the door is shut; anything else wanted to get out.
            for line in [
                call for call in calls if not call.endswith("EPERM (Operation not permitted)")
            ] + calls[1:]:
                yield f"a call to the network: {line}"


def bare_environment(home: str, platform: str) -> dict[str, str]:
    """Keep nothing that tells a library it is being tested, or where something else is installed."""
    if sys.platform == "win32":
        return {**os.environ, "USERPROFILE": home, "LOCALAPPDATA": home}
    environment = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return environment | ({"QT_QPA_PLATFORM": platform} if platform else {})


def without_network() -> list[str]:
    """Return the command that takes the network away from what follows it, if there is one here."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
