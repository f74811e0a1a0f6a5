"""A library's folder to its database and identity; nothing is loaded yet."""

from __future__ import annotations

import os
from pathlib import Path

from qa_desktop.errors import NoLibrary, UsageError
from qa_desktop.indexing import words
from qa_desktop.indexing.store import Store
from qa_desktop.library.identity import Identity, new_identity, read_identity
from qa_desktop.models import registry


def open_store(folder: Path, *, create: bool, encoder: str | None, read_only: bool) -> tuple[Store, Identity]:
    """Open the library in `folder`, or with `create` make one; see `Library.open`."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() would follow links
    try:
        store = Store.open(folder, read_only=read_only)
    except NoLibrary:
        if not create:
            raise
        spec = registry.find(encoder) if encoder else registry.default_encoder()
        identity = new_identity(spec)
        return Store.create(folder, identity.as_meta(), words.FIELDS), identity
    try:
        identity = read_identity(store.meta(), folder)
        if encoder is not None and encoder != identity.encoder:
            raise UsageError(
                f"This library was not built with the model “{encoder}”",
                f"“{folder}” was built with “{identity.encoder}”, and a library knows one model.",
                "Leave the model out, or add the documents to a new library.",
            )
    except BaseException:
        store.close()
        raise
    return store, identity
