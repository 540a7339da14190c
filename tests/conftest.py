"""Which tests run here: those that need a browser are left out where there is none, and that is said."""

from __future__ import annotations

import os

import pytest

from browser.chromium import BINARY
from browser.driver import AXE

REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"  # set by .ci/run: then a test that cannot run is a failure
_left_out: list[str] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lacking = [name for name, there in (("Chromium", BINARY), ("axe-core", AXE.is_file())) if not there]
    if REQUIRED or not lacking:
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser:
        items[:] = [item for item in items if item not in browser]
        config.hook.pytest_deselected(items=browser)
        _left_out.append(f"left out: {len(browser)} browser tests, {' and '.join(lacking)} not found here; "
                         "`make browser` gets what they need")


def pytest_terminal_summary(terminalreporter) -> None:
    for line in _left_out:
        terminalreporter.write_line(line, yellow=True)
