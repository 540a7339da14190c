"""Ready lines for the schedulers people have: crontab, systemd, GitHub Actions, Airflow."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from slackwater.errors import InputError

DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_EVERY = re.compile(r"(?:(?P<days>daily|weekdays|[A-Za-z]{3}(?:,[A-Za-z]{3})*)\s+)?(?P<hour>\d{1,2}):(?P<minute>\d\d)")


class Time(NamedTuple):
    """When a run starts: days of the week (0 is Sunday; all seven for daily), hour, minute."""

    days: tuple[int, ...]
    hour: int
    minute: int

    @property
    def cron(self) -> str:
        """The five fields of a crontab line."""
        days = "*" if len(self.days) == 7 else ",".join(map(str, self.days))
        return f"{self.minute} {self.hour} * * {days}"

    @property
    def calendar(self) -> str:
        """The same as systemd's OnCalendar."""
        days = "" if len(self.days) == 7 else ",".join(DAYS[day] for day in self.days) + " "
        return f"{days}*-*-* {self.hour:02d}:{self.minute:02d}:00"


def parse(every: str) -> Time:
    """*every* as a time: "06:00", "daily 06:00", "weekdays 06:00", "Mon 06:00", "Mon,Thu 18:30". Raises InputError."""
    match = _EVERY.fullmatch(every.strip())
    names = (match["days"] or "daily") if match else ""
    days = {"daily": range(7), "weekdays": range(1, 6)}.get(names.lower()) or [
        DAYS.index(name.title()) if name.title() in DAYS else 99 for name in names.split(",")]
    if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59 or 99 in days:
        raise InputError(f"--every {every!r}: is not a time. Write for example \"Mon 06:00\", \"Mon,Thu 18:30\", "
                         "\"weekdays 06:00\" or \"daily 06:00\".")
    return Time(tuple(sorted(set(days))), int(match["hour"]), int(match["minute"]))


def crontab(command: list[str], folder: Path, name: str, time: Time) -> str:
    """One line for `crontab -e`; cron reads % as a line end, so it is escaped."""
    line = f"cd {shlex.quote(str(folder))} && {shlex.join(command)}".replace("%", r"\%")
    return f"# Slackwater: {name}; in the local time of the machine\n{time.cron} {line}\n"


def systemd(command: list[str], folder: Path, name: str, time: Time) -> str:
    """The two unit files, each under a line with its name."""
    return f"""# ~/.config/systemd/user/slackwater-{name}.service
[Unit]
Description=Slackwater report {name}

[Service]
Type=oneshot
WorkingDirectory={_unit(str(folder))}
ExecStart={" ".join(_unit(part, quoted=True) for part in command)}
TimeoutStartSec=2h

# ~/.config/systemd/user/slackwater-{name}.timer
[Unit]
Description=Slackwater report {name}, {time.calendar}

[Timer]
OnCalendar={time.calendar}
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user daemon-reload && systemctl --user enable --now slackwater-{name}.timer
"""


def github(command: list[str], folder: Path, name: str, time: Time) -> str:
    """A workflow for a repository that holds the corpus; GitHub's clock is UTC."""
    import yaml

    corpus = command[command.index("report") + 1]
    inside = Path(corpus).name if Path(corpus).is_absolute() else corpus
    fetch = "--fetch" in command
    # what the feeds brought is gone with the runner unless it is committed
    keep = [{"run": f"git add -- {shlex.quote(inside)}\n"
                    'git diff --cached --quiet || { git -c user.name=slackwater -c user.email=slackwater@localhost '
                    'commit -m "New pages" && git push; }\n'}]
    workflow = {
        "name": f"slackwater {name}",
        "on": {"schedule": [{"cron": time.cron}], "workflow_dispatch": {}},
        "permissions": {"contents": "write" if fetch else "read"},
        "jobs": {"report": {
            "runs-on": "ubuntu-latest", "timeout-minutes": 90,
            "steps": [
                {"uses": "actions/checkout@v5"},
                {"uses": "actions/setup-python@v6", "with": {"python-version": "3.13"}},
                {"run": "make setup"},
                {"run": f".venv/bin/slackwater report {shlex.quote(inside)} --out reports" + " --fetch" * fetch},
                *(keep if fetch else []),
                {"uses": "actions/upload-artifact@v5",
                 "with": {"name": name, "path": f"reports/{name}/report.*\nreports/{name}/run.json\n"}},
            ]}}}
    text = yaml.safe_dump(workflow, sort_keys=False, allow_unicode=True, width=120)
    return (f"# .github/workflows/slackwater-{name}.yml (times are UTC)\n"
            f"# in a checkout of Slackwater with the corpus in it; `make setup` installs the lock\n{text}")


def airflow(command: list[str], folder: Path, name: str, time: Time) -> str:
    """A DAG of one BashOperator: the report is a command, Airflow needs to know no more."""
    return f"""# dags/slackwater_{re.sub(r"[^A-Za-z0-9_]", "_", name)}.py
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG({json.dumps("slackwater-" + name)}, schedule={json.dumps(time.cron)}, start_date=datetime(2024, 1, 1),
         catchup=False, max_active_runs=1):
    BashOperator(
        task_id="report",
        bash_command={json.dumps(shlex.join(command) + " ")},
        cwd={json.dumps(str(folder))},
        execution_timeout=timedelta(hours=2),
    )
"""


FORMS: dict[str, Callable[[list[str], Path, str, Time], str]] = {
    "crontab": crontab, "systemd": systemd, "github": github, "airflow": airflow}


def _unit(text: str, *, quoted: bool = False) -> str:
    """*text* for a unit file: % starts a specifier, $ a variable, and white space ends a word."""
    text = text.replace("%", "%%")
    if not quoted:
        return text
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"' if re.search(r"[\s'\"\\;]", text) or not text else text
