"""The same notebook gives the same bytes: in another process, place, time zone, language, on another day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = "import render_sample, sys; render_sample.write(sys.argv[1])"


def made(folder: Path, **environment: str) -> dict[str, str]:
    """File → hash, written by a process of its own."""
    folder.mkdir()
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent)} | environment
    subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], check=True, env=env, cwd=folder)
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir()) if f.is_file()}


@pytest.mark.slow
def test_two_processes_in_two_worlds(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    here = made(tmp_path / "a", TZ="UTC", LANG="C.UTF-8", PYTHONHASHSEED="1")
    there = made(tmp_path / "far away", TZ="Pacific/Kiritimati", LANG="de_DE.UTF-8", LC_ALL="de_DE.UTF-8",
                 HOME=str(home), PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="86400")
    assert here == there and set(here) == {"report.html", "report.pdf", "index.html"}
