"""The words for files that were not read, or read in part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for one reason code of a file that was not read, or read in part."""

    title: str
    explanation: str
    remedy: str


REASONS: dict[str, Reason] = {
    "encrypted": Reason(
        "Protected by a password",
        "The file can only be opened with a password.",
        "Enter the password when you are asked for it, or save a copy without one and add that.",
    ),
    "damaged": Reason(
        "Damaged",
        "The file breaks off or is not built as its format demands.",
        "Open it in the program that made it and save it again, or fetch it again.",
    ),
    "empty": Reason(
        "Empty",
        "The file holds no bytes, or nothing but blanks.",
        "Check whether it was copied completely.",
    ),
    "no_text": Reason(
        "No text found",
        "The file holds pictures of pages, or drawings, in which no text was found or looked for.",
        "If recognising scanned pages is switched off in the settings, switch it on and try again; otherwise "
        "scan the pages anew, larger and with more contrast.",
    ),
    "unsupported": Reason(
        "Format not read",
        "QA Desktop does not read this kind of file.",
        "Save it in a format of today, such as PDF or DOCX, and add that.",
    ),
    "too_large": Reason(
        "Too large",
        "The file, or what it unpacks to, is larger than the limit.",
        "Split it into smaller files.",
    ),
    "timed_out": Reason(
        "Took too long",
        "Reading was stopped because it did not come to an end in time.",
        "Try again when the computer is less busy, or split the file.",
    ),
    "out_of_memory": Reason(
        "Needs too much memory",
        "Reading was stopped because the file asks for more memory than is allowed.",
        "Split the file, or save it again in the program that made it.",
    ),
    "permission": Reason(
        "No permission",
        "The computer does not allow this file or folder to be read.",
        "Ask its owner for permission to read it.",
    ),
    "gone": Reason(
        "Gone",
        "The file is no longer where it was.",
        "Put it back, or remove it from the library.",
    ),
    "crashed": Reason(
        "Could not be read",
        "The reader broke down over this file, twice. Nothing else was affected.",
        "Open it in the program that made it and save it again.",
    ),
}
