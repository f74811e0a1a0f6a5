"""What goes wrong with a model: it is missing, altered, unknown, or cannot be used."""

from __future__ import annotations

from qa_desktop.errors.failure import QAError


class ModelMissing(QAError):
    """A model file is not where it should be."""

    code = "model_missing"

    def __init__(self, model: str, file: object) -> None:
        super().__init__(
            f"The model “{model}” is not complete",
            f"The file “{file}” is missing or empty.",
            "Run the set-up again, or install the package of QA Desktop again.",
        )


class ModelAltered(QAError):
    """A model file is not what the lock says it should be."""

    code = "model_altered"

    def __init__(self, model: str, file: object, expected: str, found: str) -> None:
        super().__init__(
            f"The model “{model}” has been altered",
            f"The file “{file}” is not the one this program was tested with, and will not be used.",
            "Run the set-up again, or install the package of QA Desktop again.",
            f"SHA-256 expected {expected}, found {found}",
        )


class ModelUnknown(QAError):
    """No model of that name is registered."""

    code = "model_unknown"
    exit_status = 2

    def __init__(self, model: str, known: str) -> None:
        super().__init__(
            f"There is no model “{model}”",
            f"The models at hand are: {known}.",
            "Choose one of these, or add a model (qa-desktop models add FOLDER).",
        )


class ModelRefused(QAError):
    """A folder that was offered as a model cannot be used."""

    code = "model_refused"


class ModelUnusable(QAError):
    """A model's files are what they should be, but this computer cannot run them."""

    code = "model_unusable"

    def __init__(self, model: str, details: str) -> None:
        super().__init__(
            f"The model “{model}” cannot be loaded",
            "Its files are complete, but they could not be opened for use.",
            "Close other programs if memory is short, then try again; "
            "a model you added yourself may have to be added again.",
            details,
        )


class ModelListInvalid(QAError):
    """A list of models cannot be understood."""

    code = "model_list_invalid"

    def __init__(self, path: object, details: str) -> None:
        super().__init__(
            "The list of models cannot be read",
            f"“{path}” is missing, or is not a list of models this program understands.",
            "Run the set-up again. If it is the list of models you added yourself, delete it and add them "
            "again.",
            details,
        )
