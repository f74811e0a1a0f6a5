"""What a library says about itself: its id, the model of its vectors, the recipe of its passages."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa_desktop import __version__
from qa_desktop.errors import LibraryDamaged, LibraryModelMismatch, LibraryTooNew, ModelUnknown
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.store_schema import FORMAT
from qa_desktop.models import registry
from qa_desktop.models.spec import ModelSpec

_SPECIAL = 4  # word pieces a model puts around a text, and room for a short prefix


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of one library; `id` are 16 bytes, `model_sha256` is that of the encoder's weights."""

    id: bytes
    encoder: str
    model_sha256: str
    dimension: int
    recipe: Recipe

    def as_meta(self) -> dict[str, str]:
        """Return the identity as it is stored."""
        return {
            "library": self.id.hex(),
            "encoder": self.encoder,
            "model_sha256": self.model_sha256,
            "dimension": str(self.dimension),
            "recipe": json.dumps(self.recipe.as_dict()),
            "made_by": f"qa-desktop {__version__}",
        }


def new_identity(spec: ModelSpec) -> Identity:
    """Return the identity of a new library whose vectors come from `spec`."""
    return Identity(uuid.uuid4().bytes, spec.name, spec.model_sha256, spec.dimension, recipe_for(spec))


def recipe_for(spec: ModelSpec) -> Recipe:
    """Return the usual recipe, its sizes cut down to what a model with a small window can see."""
    usual = Recipe()
    room = spec.max_tokens - _SPECIAL - usual.prefix
    if room >= usual.sentence:
        return usual
    most = min(usual.most, room)
    return dataclasses.replace(
        usual,
        sentence=room,
        most=most,
        least=min(usual.least, most * 2 // 3),
        overlap=min(usual.overlap, most // 3),
        tail=min(usual.tail, most // 4),
    )


def read_identity(meta: Mapping[str, str], folder: Path) -> Identity:
    """Return the identity that a library in `folder` has stored.

    Raises LibraryDamaged, and LibraryTooNew where its recipe has an ingredient not known here.
    """
    try:
        recipe = json.loads(meta["recipe"])
        known = {field.name for field in dataclasses.fields(Recipe)}
        if recipe.keys() - known or recipe["version"] > Recipe().version:
            raise LibraryTooNew(folder, FORMAT + 1, FORMAT)
        return Identity(
            bytes.fromhex(meta["library"]),
            meta["encoder"],
            meta["model_sha256"],
            int(meta["dimension"]),
            Recipe(**recipe),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise LibraryDamaged(folder, f"meta: {error!r}") from error


def model_of(identity: Identity, folder: Path) -> ModelSpec:
    """Return the model that a library was built with.

    Raises LibraryModelMismatch where it is not registered, or is another one of the same name.
    """
    try:
        spec = registry.find(identity.encoder)
    except ModelUnknown as error:
        raise LibraryModelMismatch(folder, identity.encoder) from error
    if (spec.model_sha256, spec.dimension) != (identity.model_sha256, identity.dimension):
        raise LibraryModelMismatch(folder, f"{identity.encoder} ({identity.model_sha256[:12]})")
    return spec
