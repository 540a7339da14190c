"""One Chromium for all browser tests, and the pages they look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import render_sample
from browser.chromium import Page, browser
from slackwater.render import html, index

LISTED = [
    {"title": "Is Harrowgate Robotics leaving?", "company": "Harrowgate Robotics", "place": "Port Belmonte",
     "date": "2025-04-02", "direction": "retreat", "summary": "Very likely left.", "change": "1 page added.",
     "html": "harrowgate/report.html", "pdf": "harrowgate/report.pdf", "tide": [("2018-05", 1), ("2025", -1)]},
    {"title": "Is Aldersea Glass growing?", "company": "Aldersea Glass", "place": "Tvorna", "date": "2025-05",
     "direction": "expansion", "html": "aldersea/report.html"},
    {"title": "w" * 10_000, "company": "Zed", "place": "Nowhere", "direction": "neutral", "html": "z/report.html"},
]


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    with browser() as one:
        yield one


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Name → file: a report with every block, one of hostile text, a long table, the list of reports."""
    folder = tmp_path_factory.mktemp("pages")
    notebooks = {"sample": render_sample.sample(), "hostile": render_sample.hostile(),
                 "long": render_sample.long_table()}
    files = {name: folder / f"{name}.html" for name in [*notebooks, "index"]}
    for name, notebook in notebooks.items():
        html.write(notebook, files[name], meta=render_sample.META)
    index.write(LISTED, files["index"])
    return files
