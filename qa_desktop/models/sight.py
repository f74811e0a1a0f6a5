"""The two graphs that read pictures of text (PP-OCRv6, small): one finds lines, one reads a line.

Both are run on one picture at a time, with one thread: a warm worker reads beside the encoder, which takes
the other cores.  Input is grey, 0 to 255; both were trained on colour in blue, green, red, scaled to -1 to 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_desktop.confine import silence_telemetry
from qa_desktop.errors import ModelMissing, ModelUnusable
from qa_desktop.models.registry import default_of, verify
from qa_desktop.models.spec import ModelSpec

Grey = NDArray[np.uint8]
Scores = NDArray[np.float32]

STRIP_HEIGHT = 48  # pixels of a line that is read
_STEP = 32  # the finder halves a picture five times


class Sight:
    """Finds lines of text in a picture, and reads one line.

    About 0.15 s and 130 MB to open.  Raises `ModelMissing`, `ModelAltered` or `ModelUnusable`.
    """

    def __init__(self) -> None:
        finder, reader = default_of("text-finder"), default_of("text-reader")
        for spec in (finder, reader):
            verify(spec)
        self._finder = _session(finder)
        self._reader = _session(reader)
        signs = self._reader.get_modelmeta().custom_metadata_map.get("character", "").splitlines()
        if len(signs) + 2 != reader.dimension:
            raise ModelUnusable(reader.name, f"{len(signs)} signs")
        self.signs: tuple[str, ...] = ("", *signs, " ")

    def find(self, picture: Grey) -> Scores:
        """Return for each pixel of a picture (height, width) how surely it is text, 0 to 1.

        Height and width must be multiples of 32.
        """
        assert picture.shape[0] % _STEP == picture.shape[1] % _STEP == 0
        result: Scores = self._finder.run(None, {"x": _as_input(picture)})[0][0, 0]
        return result

    def read(self, strip: Grey) -> Scores:
        """Return the probabilities of the signs (steps, signs) along a line (48, width); sign 0 is none."""
        assert strip.shape[0] == STRIP_HEIGHT
        result: Scores = self._reader.run(None, {"x": _as_input(strip)})[0][0]
        return result


def sight_name() -> str:
    """Return names and versions of the two models.  Raises `ModelListInvalid`."""
    specs = default_of("text-finder"), default_of("text-reader")
    return ", ".join(f"{spec.name} {spec.model_sha256[:8]}" for spec in specs)


def in_steps(length: float) -> int:
    """Return the length in pixels nearest to `length` that the finder takes."""
    return max(_STEP, round(length / _STEP) * _STEP)


def _as_input(picture: Grey) -> Scores:
    plane = picture.astype(np.float32) / 127.5 - 1.0
    return np.broadcast_to(plane, (1, 3, *plane.shape))


def _session(spec: ModelSpec) -> Any:
    silence_telemetry()
    import onnxruntime

    if not spec.graph_path.is_file():
        raise ModelMissing(spec.name, spec.graph_path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every line has a length of its own
    options.enable_cpu_mem_arena = False  # pages are few and large: give back what one took
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(spec.graph_path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises types of its own
        raise ModelUnusable(spec.name, f"{type(error).__name__}: {error}") from error
