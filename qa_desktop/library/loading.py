"""The models of a library, loaded when they are first needed."""

from __future__ import annotations

import threading
from pathlib import Path

from qa_desktop.library.identity import Identity, model_of
from qa_desktop.models import load_cross_encoder, load_encoder, registry
from qa_desktop.models.encoder import CrossEncoder, Encoder


class Models:
    """The encoder a library was built with, and the cross-encoder; several threads may ask for them.

    `folder` is the library's, for the words that say which model is not at hand.
    """

    def __init__(self, identity: Identity, folder: Path) -> None:
        self._identity = identity
        self._folder = folder
        self._guard = threading.Lock()
        self._encoder: Encoder | None = None
        self._cross_encoder: CrossEncoder | None = None

    def encoder(self) -> Encoder:
        """Return the encoder.  Raises LibraryModelMismatch, ModelMissing, ModelAltered, ModelUnusable."""
        with self._guard:
            if self._encoder is None:
                self._encoder = load_encoder(model_of(self._identity, self._folder))
            return self._encoder

    def cross_encoder(self) -> CrossEncoder:
        """Return the cross-encoder.  Raises ModelMissing, ModelAltered, ModelUnusable."""
        with self._guard:
            if self._cross_encoder is None:
                self._cross_encoder = load_cross_encoder(registry.default_cross_encoder())
            return self._cross_encoder

    def close(self) -> None:
        """Let go of what was loaded."""
        with self._guard:
            for model in (self._encoder, self._cross_encoder):
                if model is not None:
                    model.close()
            self._encoder = self._cross_encoder = None
