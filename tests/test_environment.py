"""Lock, conda file and package metadata say the same."""

import re
import tomllib
from pathlib import Path

import yaml

LOCK = Path("requirements.lock").read_text()
PINS = {line.split(" \\")[0].strip() for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)}


def test_the_conda_file_holds_the_pins_of_the_lock():
    pip = yaml.safe_load(Path("environment.yml").read_text())["dependencies"][-1]["pip"]
    assert set(pip) - {"-e ."} == PINS


def test_every_dependency_is_locked_with_hashes_and_no_address():
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[=\[ ;]", pin)[0].lower() for pin in PINS}
    assert {re.split(r"[<>=\[ ;]", want)[0].lower() for want in wanted} <= names
    assert "://" not in LOCK and "index-url" not in LOCK
    assert LOCK.count("--hash=sha256:") >= len(PINS)


def test_every_dependency_has_a_line_in_the_readme():
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    readme = Path("README.md").read_text()
    for want in project["dependencies"]:
        name = re.split(r"[<>=\[ ;]", want)[0]
        assert f"| {name} |" in readme, name
