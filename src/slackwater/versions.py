"""What this run was made with: the versions of Python and of the packages that shape the result."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import slackwater

# The packages whose version can change a figure, a table or a byte of the report.
SHAPING = ("jinja2", "lxml", "markdown-it-py", "matplotlib", "numpy", "pandas", "papermill", "py3langid", "pyarrow",
           "scipy", "sentencex", "textblob", "trafilatura", "typst")


def installed() -> dict[str, str]:
    """Name → version of Slackwater, Python and the shaping packages that are installed."""
    found = {"slackwater": slackwater.__version__, "python": platform.python_version()}
    for name in SHAPING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
