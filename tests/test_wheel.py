"""The package as people install it: a wheel that carries notebooks, lexicons and types, used outside the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from articles import CLOSING, OPENING

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
                    "--disable-pip-version-check", "--wheel-dir", str(folder), str(ROOT)], check=True, timeout=300)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """Runs the installed `slackwater` in a folder of its own; what it depends on is this environment's."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=False, symlinks=os.name == "posix")
    python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    packages = Path(subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True,
                                   capture_output=True, check=True).stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # a line of a .pth file adds a folder, and not what that folder's own .pth files add: no checkout
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SLACKWATER_"))}

    def run(*arguments):
        done = subprocess.run([python, *arguments], cwd=home, env=kept, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run.home = home
    return run


def test_the_wheel_carries_what_the_package_needs_and_nothing_else(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("slackwater-")}
    kept = {f"slackwater/{path.relative_to(ROOT / 'src' / 'slackwater').as_posix()}"
            for path in (ROOT / "src" / "slackwater").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    notebooks = {f"slackwater/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert inside == kept | notebooks
    assert {"slackwater/py.typed", "slackwater/lexicons/expansion_retreat.yaml"} <= inside


def test_it_works_outside_the_checkout(command):
    found = command("-c", "import slackwater; print(slackwater.__file__)").strip()
    assert Path(found).is_relative_to(command.home), "the installed package, and not the checkout"
    for name, text in (("opening.txt", OPENING), ("closing.txt", CLOSING)):
        (command.home / name).write_text(text)
    command("-m", "slackwater", "new", "acme-ghent", "--company", "Acme", "--place", "Ghent")
    command("-m", "slackwater", "add", "acme-ghent", "opening.txt", "closing.txt")
    assert "is published" in command("-m", "slackwater", "report", "acme-ghent")
    assert "Acme in Ghent" in (command.home / "reports" / "acme-ghent" / "report.html").read_text("utf-8")
    assert "is current" in command("-m", "slackwater", "report", "acme-ghent")
    assert "identical" in command("-m", "slackwater", "verify", "reports/acme-ghent")
    command("-m", "slackwater", "new", "own", "--company", "Acme", "--place", "Ghent", "--notebooks")
    copies = {path.name for path in (command.home / "own" / "notebooks").iterdir()}
    assert copies == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
