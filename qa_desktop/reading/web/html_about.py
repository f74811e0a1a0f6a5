"""What the head of an HTML page says about it: title, author, date and language, and where each is said.

Pages say it for search engines as linked data (schema.org in JSON-LD), and in meta elements of a dozen
vocabularies; the first that is there counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import About, iso_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DATA, META, TIME, TITLE = "page's linked data", "page's meta data", "page's time mark", "page's title"
_LARGEST_DATA = 200_000
_MOST_ENTRIES = 500
_WORKS = (
    "article",
    "report",
    "posting",
    "book",
    "thesis",
    "webpage",
    "creativework",
    "chapter",
    "legislation",
)
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = (
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "author",
    "article:author",
    "byl",
    "sailthru.author",
)
_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "datepublished", "date", "pubdate",
    "publish-date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip


def about_page(tree: LexborHTMLParser) -> About:
    """Return what the page says about itself; what it does not say is empty."""
    facts: dict[str, tuple[str, str]] = {}
    for entry in _linked(tree):
        _note(facts, "title", collapse(_string(entry.get("headline") or "")), DATA)
        _note(facts, "author", ", ".join(_people(entry.get("author") or entry.get("creator"))), DATA)
        _note(facts, "date", iso_date(_string(entry.get("datePublished") or "")), DATA)
    said = _meta(tree)
    for fact, names in (("title", _TITLES), ("author", _AUTHORS), ("date", _DATES)):
        for name in names:
            words = (
                ", ".join(dict.fromkeys(said.get(name, ()))) if fact == "author" else said.get(name, [""])[0]
            )
            if fact == "date":
                words = iso_date(words.replace("/", "-"))
            if not (fact == "author" and "://" in words):
                _note(facts, fact, words, META)
    times = [t for t in tree.css("time[datetime]") if _is_of_publication(t)]
    if times:
        _note(facts, "date", iso_date(times[0].attributes.get("datetime") or ""), TIME)
    title = tree.css_first("title")
    _note(facts, "title", collapse(title.text()) if title else "", TITLE)
    root = tree.root
    attributes = root.attributes if root else {}
    language = attributes.get("lang") or attributes.get("xml:lang") or said.get("content-language", [""])[0]
    _note(facts, "language", language[:20], "page's language mark")
    found = {fact: words for fact, (words, _) in facts.items()}
    return About(
        title=found.get("title", ""),
        author=found.get("author", ""),
        date=found.get("date", ""),
        language=found.get("language", ""),
        origins=tuple((fact, origin) for fact, (_, origin) in facts.items()),
    )


def _note(facts: dict[str, tuple[str, str]], fact: str, words: str, origin: str) -> None:
    if words and fact not in facts:
        facts[fact] = (words, origin)


def _meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for meta in tree.css("meta[content]")[:_MOST_ENTRIES]:
        attributes = meta.attributes
        name = (
            attributes.get("name")
            or attributes.get("property")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        words = collapse(attributes.get("content") or "")
        if name and words:
            said.setdefault(name.lower(), []).append(words)
    return said


def _is_of_publication(time: LexborNode) -> bool:
    """Tell whether a time mark says when the page was published, not when something in it happened."""
    attributes = time.attributes
    marks = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}".lower()
    if "pubdate" in attributes or "publish" in marks or "entry-date" in marks or "posted" in marks:
        return True
    parent = time.parent
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag == "header":
            return True
        parent = parent.parent
    return False


def _linked(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the works that the page's linked data describe."""
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        text = script.text()
        if len(text) > _LARGEST_DATA:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_ENTRIES):
            if not waiting:
                break
            entry = waiting.pop(0)
            if isinstance(entry, list):
                waiting[:0] = entry[:_MOST_ENTRIES]
            elif isinstance(entry, dict):
                graph = entry.get("@graph")
                waiting[:0] = graph[:_MOST_ENTRIES] if isinstance(graph, list) else []
                if any(work in _string(entry.get("@type")).lower() for work in _WORKS):
                    yield entry


def _people(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    names = [_string(p.get("name") if isinstance(p, dict) else p) for p in people[:10]]
    return [collapse(name) for name in names if name and "://" not in name]


def _string(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(v for v in value if isinstance(v, str))
    return value if isinstance(value, str) else ""
