"""QA Desktop: answers from a person's own documents, offline, in the documents' own words."""

__version__ = "0.1.0"
