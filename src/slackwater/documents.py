"""A page → its row of table `documents`: what its text says of itself, and what corpus.yaml says over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import corpus as corpora
from slackwater import dates

if TYPE_CHECKING:
    from slackwater.clean import CleanPage
    from slackwater.formats import Loaded

UNFOUND = (f"If it is one, say `article: true` of it in {corpora.FILE}; else save the page as text or HTML again, or "
           "list it under skip.")
READ = {"en", "und"}  # languages of the tone and direction lexicons; "und" where none can be told


class Given(NamedTuple):
    """A page that comes as text, from a row of a Parquet part; `facts` as corpus.yaml states them of a file."""

    file: str
    sha256: str
    fault: str | None
    loaded: Loaded
    facts: Mapping[str, Any]


def row(page: corpora.Page | Given, corpus: corpora.Corpus) -> tuple[dict[str, Any], CleanPage | None]:
    """Row of `documents`, tone and direction left out, and the cleaned page (None where the file could not be read)."""
    from slackwater import clean, formats

    facts = {**(page.facts if isinstance(page, Given) else {}), **corpus.facts.get(page.file, {})}
    made: dict[str, Any] = {"file": page.file, "sha256": page.sha256, "fault": page.fault, "n_sentences": 0,
                            "published_from": "unknown", "kind": "unknown", "n_lines": 0, "n_kept": 0,
                            **_analyst(facts)}
    if page.fault:
        return made, None
    loaded = page.loaded if isinstance(page, Given) else formats.read(page.file, page.data)
    made |= {"encoding": loaded.encoding, "fault": loaded.fault}
    if loaded.fault:
        return made, None
    cleaned = clean.page(loaded.text, html=loaded.html, article=facts.get("article", False))
    made |= {"title": cleaned.title, "publisher": cleaned.publisher, "authors": "; ".join(cleaned.authors) or None,
             "kind": cleaned.kind, "source": cleaned.source, "language": cleaned.language,
             "fault": cleaned.fault and f"{cleaned.fault}. {UNFOUND}",
             "n_lines": len(cleaned.lines), "n_kept": sum(line.kept for line in cleaned.lines)}
    if cleaned.published:
        made |= {"published": cleaned.published, "published_from": cleaned.published_from}
    made |= _analyst(facts)
    made["published_low"], made["published_high"] = _span(made.get("published"), facts)
    if not made["fault"] and cleaned.language not in READ:
        made["fault"] = (f"is in another language than English ({cleaned.language}): cleaned, but tone and direction "
                         "are read in English only.")
    first, last = corpus.window
    if (made["published_high"] or last) < first or (made["published_low"] or first) > last:
        made["fault"] = f"published outside the window {first} to {last} of {corpora.FILE}."
    return made, cleaned


def _analyst(facts: Any) -> dict[str, Any]:
    """What corpus.yaml says of a page, as columns of `documents`."""
    said = {key: facts[key] for key in ("title", "publisher", "url", "kind", "published", "direction")
            if key in facts}
    if "authors" in facts:
        said["authors"] = "; ".join(facts["authors"])
    if "published" in facts:
        said["published_from"] = facts.get("published_from", corpora.FILE)  # or sources.jsonl
    if "saved" in facts or "saved_not_before" in facts:
        said["saved"] = facts.get("saved") or f"{facts['saved_not_before']} or later"
    if "because" in facts:
        because = facts["because"]
        said["because"] = because if isinstance(because, str) else "; ".join(f"{k}: {v}" for k, v in because.items())
    said["published_low"], said["published_high"] = _span(facts.get("published"), facts)
    return said


def _span(published: str | None, facts: Any) -> tuple[str | None, str | None]:
    """First and last possible day of publication; None where nothing bounds it."""
    low, high = dates.bounds(published) if published else (None, None)
    if "not_before" in facts:
        low = max(low or "", dates.bounds(facts["not_before"])[0])
    if "not_after" in facts:
        high = min(high or "9999-12-31", dates.bounds(facts["not_after"])[1])
    return low, high
