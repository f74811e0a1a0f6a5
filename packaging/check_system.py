"""Names the Debian packages of the system libraries that drawing windows needs and that are missing.

    python packaging/check_system.py [--all]

Prints package names, separated by blanks; nothing when all is there.  `--all` asks for every kind of display,
not only for the one at hand: what is frozen must take all of them along.  Qt's wheels bring Qt, not what Qt
itself leans on; these lists were found by trial in an empty Debian 12 and hold for Ubuntu.  Uses nothing but
the standard library: it runs before anything works.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def main() -> int:
    """Print what is missing."""
    libraries = dict(ALWAYS)
    everything = "--all" in sys.argv[1:]
    if everything or os.environ.get("DISPLAY"):
        libraries |= X11
    if everything or os.environ.get("WAYLAND_DISPLAY"):
        libraries |= WAYLAND
    missing = [package for library, package in libraries.items() if not loads(library)]
    if not any(has_fonts(Path(folder).expanduser()) for folder in FONTS):
        missing.append("fonts-dejavu-core")
    print(*missing)
    return 0


def loads(library: str) -> bool:
    """Tell whether the system's loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folder: Path) -> bool:
    """Tell whether there is an outline font below `folder`."""
    return any(path.suffix.lower() in {".ttf", ".otf", ".ttc"} for path in folder.rglob("*"))


if __name__ == "__main__":
    sys.exit(main())
