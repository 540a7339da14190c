"""Each snippet is read by the parser of the system it is for."""

import ast
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from slackwater import cli, schedule
from slackwater.errors import InputError

COMMAND = ["/opt/my venv/bin/slackwater", "report", "/data/100% \"odd\" $HOME/corpus", "--out", "reports"]
FOLDER = Path("/srv/news desk")


@pytest.mark.parametrize(("every", "cron", "calendar"), [
    ("Mon 06:00", "0 6 * * 1", "Mon *-*-* 06:00:00"),
    ("mon,thu 18:30", "30 18 * * 1,4", "Mon,Thu *-*-* 18:30:00"),
    ("weekdays 6:05", "5 6 * * 1,2,3,4,5", "Mon,Tue,Wed,Thu,Fri *-*-* 06:05:00"),
    ("daily 00:00", "0 0 * * *", "*-*-* 00:00:00"),
    ("23:59", "59 23 * * *", "*-*-* 23:59:00"),
])
def test_a_time_in_both_languages(every, cron, calendar):
    time = schedule.parse(every)
    assert (time.cron, time.calendar) == (cron, calendar)


@pytest.mark.parametrize("every", [
    "Monday 6", "24:00", "06:60", "Xyz 06:00", "", "Mon 06:00; rm -rf /", "Mon\n06:00:00"])
def test_what_is_no_time_is_refused(every):
    with pytest.raises(InputError, match="is not a time"):
        schedule.parse(every)


def test_crontab_runs_the_very_command():
    line = schedule.crontab(COMMAND, FOLDER, "acme", schedule.parse("Mon 06:00")).splitlines()[1]
    fields = line.split(" ", 5)
    assert fields[:5] == ["0", "6", "*", "*", "1"]
    # what cron hands to the shell: \% is %, and a bare % would end the line
    assert not re.search(r"(?<!\\)%", fields[5])
    script = fields[5].replace(r"\%", "%").replace("cd '/srv/news desk' && ", "printf '%s\\n' ")
    shown = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == COMMAND


def test_systemd_accepts_the_units(tmp_path):
    text = schedule.systemd(["/bin/true", *COMMAND[1:]], tmp_path, "acme", schedule.parse("Mon 06:00"))
    units = dict(re.findall(r"^# ~/\.config/systemd/user/(\S+)\n(.*?)(?=^# |\Z)", text, re.S | re.M))
    assert set(units) == {"slackwater-acme.service", "slackwater-acme.timer"}
    for name, unit in units.items():
        (tmp_path / name).write_text(unit)
    assert "OnCalendar=Mon *-*-* 06:00:00" in units["slackwater-acme.timer"]
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in units)],
                              capture_output=True, text=True,
                              env={"SYSTEMD_LOG_LEVEL": "warning", "PATH": "/usr/bin:/bin"})
        ours = [line for line in done.stderr.splitlines() if "slackwater-acme" in line]
        assert not ours, ours


def test_github_gets_a_workflow():
    text = schedule.github(COMMAND, FOLDER, "acme", schedule.parse("weekdays 06:00"))
    workflow = yaml.load(text, yaml.BaseLoader)
    assert workflow["on"]["schedule"] == [{"cron": "0 6 * * 1,2,3,4,5"}]
    steps = workflow["jobs"]["report"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert any("slackwater report corpus" in step.get("run", "") for step in steps)


def test_on_github_what_the_feeds_bring_is_committed():
    plain, feeds = (yaml.load(schedule.github([*COMMAND, *more], FOLDER, "acme", schedule.parse("06:00")),
                              yaml.BaseLoader) for more in ([], ["--fetch"]))
    assert plain["permissions"]["contents"] == "read" and "git" not in str(plain["jobs"]["report"]["steps"][3:])
    runs = [step["run"] for step in feeds["jobs"]["report"]["steps"] if "run" in step]
    assert feeds["permissions"]["contents"] == "write" and runs[1].endswith(" --fetch")
    assert runs[2].startswith("git add -- corpus\n")
    assert subprocess.run(["bash", "-n"], input=runs[2], text=True, check=False).returncode == 0


@pytest.mark.parametrize(("feeds", "fetches"), [("", False), ("feeds: [https://news.example/rss]\n", True)])
def test_a_corpus_with_feeds_is_fetched_for_before_its_report(tmp_path, capsys, feeds, fetches):
    (tmp_path / "corpus.yaml").write_text(f"title: Acme in Ghent\ncompany: Acme\nplace: Ghent\n{feeds}")
    assert cli.main(["schedule", str(tmp_path), "--every", "06:00", "--form", "crontab"]) == 0
    assert capsys.readouterr().out.rstrip().endswith(" --fetch") == fetches


def test_airflow_gets_one_bash_operator():
    tree = ast.parse(schedule.airflow(COMMAND, FOLDER, "acme-2", schedule.parse("Mon 06:00")))
    calls = {node.func.id: node for node in ast.walk(tree)
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert ast.literal_eval(calls["DAG"].args[0]) == "slackwater-acme-2"
    said = {k.arg: k.value for k in calls["BashOperator"].keywords}
    assert shlex.split(ast.literal_eval(said["bash_command"])) == COMMAND
    assert ast.literal_eval(said["cwd"]) == str(FOLDER)
