"""One hash over everything that can change a report; standard library only, so that "unchanged" is instant.

Inputs, lexicon, notebooks (what they say, not their outputs), parameters, the
package's own files, the installed packages and the Python version take part. The
clock, the user, the folder's place and the previous edition do not.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import site
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from slackwater.corpus import SUMMARY, TABLES, leaves, printable

PACKAGE = Path(__file__).parent
_SUMMARY = os.path.join(TABLES, SUMMARY)  # holds the hash of all tables beside it


def of_run(corpus: Path, lexicon: Path, notebooks: list[Path], settings: Mapping[str, Any],
           parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The parts of the fingerprint and, under "key", the hash over them all.

    *notebooks* are the four of a report in order, *parameters* what each of them (by stem) is given.
    Returns {"key", "stages": {stem: hash of all that its result depends on}, "inputs": {file: sha256},
    "lexicon", "notebooks", "parameters", "settings", "code", "packages", "platform"}; every hash is
    hexadecimal SHA-256.
    """
    parts: dict[str, Any] = {
        "inputs": {printable(name): _inside(corpus, name) for name in sorted([*os.listdir(corpus), _SUMMARY])
                   if not name.startswith(".") and (corpus / name).exists() and not (corpus / name).is_dir()},
        "lexicon": _file(lexicon),
        "notebooks": {notebook.stem: _notebook(notebook) for notebook in notebooks},
        "parameters": {stem: dict(given) for stem, given in parameters.items()},
        "settings": dict(settings),
        "code": _tree(PACKAGE),
        "packages": _packages(),
        "platform": f"{platform.system()} {platform.machine()} Python {sys.version_info[0]}.{sys.version_info[1]}",
    }
    base = [parts[name] for name in ("inputs", "settings", "code", "packages", "platform")]
    first, *middle, last = (notebook.stem for notebook in notebooks)
    stages: dict[str, str] = {}
    for stem, upstream in [(first, []), *((stem, [first]) for stem in middle), (last, [first, *middle])]:
        own = [parts["notebooks"][stem], parts["parameters"].get(stem, {}), [] if stem == first else parts["lexicon"]]
        stages[stem] = _text(json.dumps([base, own, [stages[name] for name in upstream]], sort_keys=True))
    return {"key": _text(json.dumps(parts, sort_keys=True)), "stages": stages, **parts}


def _file(path: Path) -> str:
    """SHA-256 of a regular file; of what stands in its place where it cannot be read."""
    try:
        if not path.is_file():
            return _text(f"not a file: {path.is_symlink()}")
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return _text(f"unreadable: {error.errno}")


def _inside(corpus: Path, name: str) -> str:
    """SHA-256 of a file of the corpus; what a link that leaves the corpus leads to is not opened."""
    path = corpus / name
    if leaves(path, corpus):
        return _text("a link that leaves the corpus")
    return _file(path)


def _text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _notebook(path: Path) -> str:
    """Hash of what a notebook says: a run in JupyterLab that only changed outputs changes nothing."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        said = [(cell["cell_type"], "".join(cell["source"]), cell.get("metadata", {}).get("tags", []))
                for cell in cells]
    except (ValueError, KeyError, TypeError):
        return _file(path)
    return _text(json.dumps(said))


def _tree(folder: Path) -> str:
    found = hashlib.sha256()
    for directory, names, files in os.walk(folder):
        names[:] = sorted(n for n in names if n != "__pycache__")
        for name in sorted(files):
            found.update(os.path.relpath(os.path.join(directory, name), folder).encode())
            found.update(Path(directory, name).read_bytes())
    return found.hexdigest()


def _packages() -> str:
    """Hash of the names of the installed distributions: NAME-VERSION.dist-info, no file of theirs is opened."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"),
               *(site.getsitepackages() if hasattr(site, "getsitepackages") else [])}
    found = sorted({name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder)
                    if name.endswith(".dist-info") and not name.startswith("slackwater")})
    return _text("\n".join(found))
