"""OUT/index.html: the list of the reports that stand in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from slackwater import editions


def write(out: Path) -> None:
    """Write OUT/index.html, the list of the reports that stand in *out*."""
    from urllib.parse import quote

    from filelock import FileLock

    from slackwater.render import index

    # one writer at a time, so that the list holds every report and its draft needs but one name
    with editions.told(out), FileLock(out / ".editions" / ".index.lock"):
        entries = []
        for record in sorted(out.glob("*/run.json")):
            name = record.parent.name
            if found := editions.Shelf(out, name).current():
                state = found["state"]
                tide = _tide(state["pages"].values())
                entries.append({
                    "title": found["title"], "company": found.get("company"), "place": found.get("place"),
                    "date": state.get("newest"), "direction": way(state["judgement"]),
                    "summary": state["headline"], "change": found.get("change"), "tide": tide,
                    "html": f"{quote(name)}/report.html", "pdf": f"{quote(name)}/report.pdf"})
        fresh = out / ".editions" / ".index.html"
        index.write(entries, fresh)
        fresh.replace(out / "index.html")


def _tide(pages: Iterable[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """(when, balance) of each dated page that takes a side."""
    told = [(page["published"], page["n_expansion"], page["n_retreat"]) for page in pages if page["published"]]
    return [(when, (e - r) / (e + r)) for when, e, r in told if e + r]


def way(judgement: Mapping[str, Any]) -> str:
    """The judgement in a word, as the report says it."""
    direction = judgement.get("direction") or ""  # an analyst's own notebook may leave either out
    return {"contested": "unsettled", "silent": "neither way"}.get(
        judgement.get("course", ""), {"expansion": "growth"}.get(direction, direction))
