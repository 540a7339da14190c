"""What may go wrong on a machine, done on purpose: each fault, how often, and what became of the report.

A fault is survived where every reader saw one whole edition at every moment, the exit code is the
documented one, and the run after it succeeds and leaves nothing behind: no file, no folder, no process.
Used by test_faults.py (a few of each) and by `make faults` (many).
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import small_report
from small_report import REPORT, write


class Row(NamedTuple):
    """A fault of the table: times done, times survived, what was said of it."""

    fault: str
    done: int
    survived: int
    said: str


class Stand:
    """A small report in a folder of its own: runs of it, and what they leave. `whole` copies seeds instead."""

    def __init__(self, folder: Path, *, whole: bool = False) -> None:
        self.folder = folder
        self.corpus = self._seeds() if whole else small_report.corpus(folder)
        self.name = "microsoft-shanghai" if whole else "acme"
        self.out, self.private = folder / "out", folder / "t"
        self.private.mkdir()
        folder.chmod(0o755)

    def _seeds(self) -> Path:
        return Path(shutil.copytree(Path(__file__).parents[1] / "seeds", self.folder / "seeds"))

    def start(self, *options: str, plug: Callable[[], None] | None = None, out: Path | None = None) -> subprocess.Popen:
        """A run in a process of its own."""
        environment = os.environ | {"TMPDIR": str(self.private), "KERNELS_OF": str(self.folder),
                                    "PYTHONFAULTHANDLER": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "slackwater", "report", str(self.corpus), "--out", str(out or self.out), *options],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=plug,
            cwd=self.folder)

    def run(self, *options: str, **how: Any) -> tuple[int, str]:
        """A run to its end: exit code, and what it complained of."""
        process = self.start(*options, **how)
        said = process.communicate(timeout=300)[1]
        return process.returncode, "\n".join(ln for ln in said.splitlines() if not ln.startswith("  "))

    def began(self, process: subprocess.Popen[str], *, within: float = 60) -> bool:
        """Wait for *process* to lay out its edition; False where it ended before, or never did."""
        staging, limit = self.out / ".editions" / self.name / f".staging-{process.pid}", time.monotonic() + within
        while process.poll() is None and not staging.exists() and time.monotonic() < limit:
            time.sleep(0.002)
        return staging.exists()

    def edition(self) -> str | None:
        """The name of the edition in view."""
        with suppress(FileNotFoundError):
            return (self.out / self.name).readlink().name
        return None

    def processes(self) -> list[int]:
        """What was started by these runs and is still alive."""
        mark = f"KERNELS_OF={self.folder}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mark in entry.read_bytes().split(b"\0"):
                    found.append(int(entry.parent.name))
        return found

    def litter(self) -> list[str]:
        """What a run should not have left: names, broken editions, processes."""
        store = self.out / ".editions" / self.name
        left = [f"process {process}" for process in self.processes()]
        left += [str(path) for path in self.private.iterdir()]
        left += [str(path) for path in self.out.iterdir() if path.name not in {self.name, "index.html", ".editions"}]
        left += [str(path) for path in store.parent.iterdir() if path.name not in {self.name, ".index.lock"}]
        left += [str(path) for path in store.iterdir() if path.name.startswith(".") and path.name != ".lock"]
        return left + [f"broken {path}" for path in store.iterdir() if not path.name.startswith(".") and broken(path)]

    def recovers(self, *options: str) -> bool:
        """Whether the next run succeeds and leaves nothing."""
        code, said = self.run("--force", *options)
        left = self.litter()
        if code or left:
            print("not recovered:", code, said, left, file=sys.stderr)
        return not code and not left


def broken(edition: Path) -> str | None:
    """What is wrong with an edition: a file that is missing or not the one that run.json lists."""
    try:
        listed = json.loads((edition / "run.json").read_bytes())["outputs"]
    except (OSError, ValueError, KeyError) as error:
        return f"run.json: {error}"
    there = {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()} - {"run.json"}
    if there != set(listed):
        return f"files: {sorted(there ^ set(listed))}"
    return next((name for name in listed if hashlib.sha256((edition / name).read_bytes()).hexdigest() != listed[name]),
                None)


class Readers:
    """Threads that read the report all the time, as a web server would: by the link, without asking anybody."""

    def __init__(self, stand: Stand, number: int = 2) -> None:
        self.looks, self.faults = 0, []
        self._link, self._stop = stand.out / stand.name, threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(number)]

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                folder = self._link.resolve(strict=True)
                if fault := broken(folder):
                    self.faults.append(f"broken: {fault}")
                before = json.loads((self._link / "run.json").read_bytes())
                page = hashlib.sha256((self._link / "report.html").read_bytes()).hexdigest()
                after = json.loads((self._link / "run.json").read_bytes())
                if before["edition"] == after["edition"] and page != before["outputs"]["report.html"]:
                    self.faults.append("mixed")
            except (OSError, ValueError, KeyError) as error:
                self.faults.append(f"missing: {error}")
            self.looks += 1
            self._stop.wait(0.002)

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


@contextmanager
def stand(*, whole: bool = False) -> Iterator[Stand]:
    """A stand with one good edition, in a folder with a short name, for the path of a socket is short."""
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    try:
        made = Stand(folder, whole=whole)
        code, said = made.run()
        assert code == 0, said
        yield made
    finally:
        for process in made.processes():
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def killed(times: int, *, whole: bool = False, every: int = 4, seed: int = 1) -> Row:
    """kill −9 at a random moment of a run; each fourth time the next run must succeed and leave nothing."""
    chance, ends, survived, started = random.Random(seed), [], 0, 0
    with stand(whole=whole) as at, Readers(at) as readers:
        begun = time.monotonic()
        assert at.recovers()
        length = time.monotonic() - begun
        for number in range(times):
            before, faults = at.edition(), len(readers.faults)
            process = at.start("--force", *([] if whole else ["--param", f"knob={number % 10}"]))
            time.sleep(chance.uniform(0.05, 1.02) * length)
            process.kill()
            process.communicate()
            started += process.returncode == -signal.SIGKILL
            ends.append(at.edition() != before)
            good = len(readers.faults) == faults
            if number % every == every - 1 or number == times - 1:
                begun = time.monotonic()
                good = at.recovers() and good
                length = 0.7 * length + 0.3 * (time.monotonic() - begun)
            survived += good
        return Row(f"kill −9{' of a full run' if whole else ''}", times, survived,
                   f"{started} while it ran, {sum(ends)} after the swap; {readers.looks:,} reads, "
                   f"{len(readers.faults)} of them mixed, missing or broken")


def signalled(times: int, number: signal.Signals) -> Row:
    """A signal that asks a run to end: exit 130, and nothing is left even before the next run."""
    chance, survived = random.Random(int(number)), 0
    with stand() as at, Readers(at) as readers:
        for _ in range(times):
            before = at.edition()
            process = at.start("--force")
            begun = at.began(process)
            time.sleep(chance.uniform(0, 0.8))
            process.send_signal(number)
            try:
                said = process.communicate(timeout=60)[1]
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGABRT)  # the handler of faults tells where each thread stands
                said = process.communicate()[1]
            made = at.edition() != before
            fine = begun and process.returncode == (0 if made else 130) and not at.litter()
            if not fine:
                print(number.name, process.returncode, f"{made=}", at.litter(), f"{begun=}", said, file=sys.stderr)
            survived += fine
        good = at.recovers() and not readers.faults
        return Row(number.name, times, survived if good else 0, "exit 130, the last edition stays, nothing is left")


def _failing(fault: str, code: int, words: str, times: int, *sources: str, options: tuple[str, ...] = (),
             then: Callable[[Stand], bool] = lambda at: True, stem: str = "04-report", limit: float = 60) -> Row:
    """A notebook that fails so: exit *code*, one line with *words*, the last edition stays."""
    survived, said = 0, ""
    with stand() as at, Readers(at) as readers:
        good = (at.corpus / "nb" / f"{stem}.ipynb").read_bytes()
        for _ in range(times):
            before = at.edition()
            write(at.corpus / "nb", stem, *sources)
            begun = time.monotonic()
            found, said = at.run(*options)
            fine = (found == code and words in said and time.monotonic() - begun < limit and then(at)
                    and (not code or (at.edition() == before and len(said.splitlines()) == 1)))
            if not fine:
                print(fault, found, said, file=sys.stderr)
            (at.corpus / "nb" / f"{stem}.ipynb").write_bytes(good)
            survived += at.recovers() and fine
        return Row(fault, times, 0 if readers.faults else survived, said.split(": ", 1)[-1][:90] or f"exit {code}")


def kernel_killed(times: int) -> Row:
    return _failing("kernel killed", 3, "its kernel died", times, "import os; os.kill(os.getpid(), 9)")


def kernel_silent(times: int) -> Row:
    return _failing("kernel that never answers", 3, "ran longer than 3 s", times,
                    "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", limit=15,
                    options=("--cell-timeout", "3"))


def kernel_deaf(times: int) -> Row:
    return _failing("cell that cannot be interrupted", 3, "ran longer than 3 s", times,
                    "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(600)",
                    options=("--cell-timeout", "3"), limit=15)


def memory(times: int) -> Row:
    return _failing("notebook that wants 100 GB", 3, "MemoryError", times, "x = bytearray(100_000_000_000)",
                    options=("--memory", "4000000000"))


def talkative(times: int) -> Row:
    """100 MB printed: the edition is made, its notebook stays small and says what was cut."""
    def small(at: Stand) -> bool:
        notebook = at.out / at.name / "working" / "notebooks" / "02-measure-tone.ipynb"
        return notebook.stat().st_size < 4_000_000 and "was left out" in notebook.read_text()

    return _failing("notebook that prints 100 MB", 0, "", times,
                    small_report.STAGE.format("tones"), "for n in range(100_000): print('x' * 1000)",
                    stem="02-measure-tone", then=small, limit=90)


def parental(times: int) -> Row:
    """Children, grandchildren and one that leaves the process group: all end with the notebook."""
    source = ("import subprocess\nfor _ in range(5): subprocess.Popen(['sleep', '600'])\n"
              "subprocess.Popen(['sh', '-c', 'sleep 601 & sleep 602'])\n"
              "subprocess.Popen(['sleep', '603'], start_new_session=True)")
    return _failing("notebook that spawns children", 0, "", times, source, REPORT, then=lambda at: not at.processes())


def full(times: int) -> Row:
    """No room: a small tmpfs where one may be mounted, else a limit on the size of a file; told as such, exit 4."""
    chance, survived, codes, said = random.Random(3), 0, [], ""
    with stand() as at:
        for number in range(times):
            room = chance.choice((8, 16, 32, 48, 64, 100, 150, 250)) * 1024
            out, mounted = at.folder / f"full{number}", False
            out.mkdir()
            if number % 2:
                mounted = not subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "none", str(out)],
                                             capture_output=True, check=False).returncode
            limit = None if mounted else lambda room=room: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            try:
                code, said = at.run(out=out, plug=limit)
                codes.append(code)
                seen = (out / at.name).is_symlink()
                fine = code == 0 and seen if code == 0 else (
                    code == 4 and not seen and ("full" in said or "so large" in said) and len(said.splitlines()) == 1)
                left = at.processes() or list(at.private.iterdir())
                if not fine or left:
                    print("full:", room, mounted, code, said, left, file=sys.stderr)
                survived += fine and not left
            finally:
                if mounted:
                    subprocess.run(["umount", "-l", str(out)], check=True)
        return Row("disk full (ENOSPC, EFBIG)", times, survived, f"exit 4 {codes.count(4)} times; "
                   f"{said.split(': ', 1)[-1][:70]}")


def forbidden(times: int) -> Row:
    """An output folder that may not be written; root drops its rights first, since it may write anywhere."""
    survived, said = 0, ""
    with stand() as at:
        before = at.edition()
        for number in range(times):
            out = at.out if number % 2 else at.folder / f"shut{number}"
            out.mkdir(exist_ok=True)
            at.private.chmod(0o777)
            for path in [out, *out.rglob("*")]:
                path.chmod(0o555 if path.is_dir() else 0o444)
            code, said = at.run("--force", out=out, plug=_humble)
            fine = code == 4 and "Allow writing there" in said and at.edition() == before
            if not fine:
                print("forbidden:", code, said, file=sys.stderr)
            for path in [out, *out.rglob("*")]:
                path.chmod(0o755 if path.is_dir() else 0o644)
            survived += fine
        survived = survived if at.recovers() else 0
    return Row("folder not writable (EACCES)", times, survived, said.split(": ", 1)[-1][:90])


def _humble() -> None:
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, by PR_CAPBSET_DROP
            system.prctl(24, right, 0, 0, 0)


def changing(times: int) -> Row:
    """A corpus that changes while it is read: once, and the run is made again; without end, and it exits 2."""
    survived, said = 0, ""
    slow = small_report.STAGE.format("tones") + "\nimport time; time.sleep(0.5)"
    with stand() as at, Readers(at) as readers:
        write(at.corpus / "nb", "02-measure-tone", slow)
        for number in range(times):
            page, before = at.corpus / f"{number:03}.txt", at.edition()
            process = at.start("--force")
            at.began(process)
            page.write_text(f"Acme opens plant {number} in Ghent.\n" + "x" * number)
            if number % 2:
                while process.poll() is None:
                    page.write_text(f"Acme opens plant {time.monotonic()} in Ghent.\n")
                    time.sleep(0.05)
            said = process.communicate()[1]
            if number % 2:
                fine = process.returncode == 2 and "changed while" in said and at.edition() == before
            else:
                listed = json.loads((at.out / at.name / "run.json").read_text())["fingerprint"]["inputs"]
                fine = (process.returncode == 0 and "once more" in said
                        and listed.get(page.name) == hashlib.sha256(page.read_bytes()).hexdigest())
            if not fine:
                print("changing:", number, process.returncode, said, file=sys.stderr)
            survived += at.recovers() and fine
        return Row("corpus changed while it is read", times, 0 if readers.faults else survived,
                   "made again once; exit 2 where it changes again")


def clock(times: int) -> Row:
    """The clock set back between runs: the new edition is in view, and pruning keeps the newest made."""
    survived = 0
    with stand() as at, Readers(at) as readers:
        for number in range(times):
            (at.corpus / "nb" / "sitecustomize.py").write_text(
                f"import time\nreal = time.time\ntime.time = lambda: real() - {86400 * 400 * (number + 1)}\n"
                "gone = time.gmtime\ntime.gmtime = lambda s=None: gone(time.time() if s is None else s)\n")
            process = subprocess.run(
                [sys.executable, "-m", "slackwater", "report", str(at.corpus), "--out", str(at.out), "--force",
                 "--keep", "2", "--log", str(at.folder / "log")],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(
                    [str(at.corpus / "nb"), *filter(None, [os.environ.get("PYTHONPATH")])]), "TMPDIR": str(at.private),
                    "KERNELS_OF": str(at.folder)}, capture_output=True, text=True, check=False)
            editions = sorted(path.name for path in (at.out / ".editions" / at.name).iterdir()
                              if not path.name.startswith("."))
            fine = process.returncode == 0 and at.edition() == editions[0] and len(editions) == 2 and not at.litter()
            if not fine:
                print("clock:", process.returncode, process.stderr, editions, at.edition(), file=sys.stderr)
            survived += fine
        return Row("clock set back by years", times, 0 if readers.faults else survived, "editions go by their number")


def crowd(times: int) -> Row:
    """Runs started at once: one makes the edition, the others exit 5 or find it current; with --wait all succeed."""
    survived, tally = 0, {}
    with stand() as at, Readers(at) as readers:
        for patient in (False, True):
            before = at.edition()
            knob = f"knob={7 + patient}"
            processes = [at.start("--param", knob, *(["--wait", "200"] if patient else [])) for _ in range(times)]
            codes = [process.communicate(timeout=280) and process.returncode for process in processes]
            tally |= {code: tally.get(code, 0) + codes.count(code) for code in set(codes)}
            made = [path for path in (at.out / ".editions" / at.name).iterdir() if not path.name.startswith(".")]
            fine = set(codes) <= ({0} if patient else {0, 5}) and 0 in codes and len(made) == 2 + patient \
                and at.edition() != before and not at.litter()
            if not fine:
                print("crowd:", codes, made, at.litter(), file=sys.stderr)
            survived += times * fine
        said = ", ".join(f"exit {code}: {number}" for code, number in sorted(tally.items()))
        return Row(f"{times} runs started at once, twice", 2 * times, 0 if readers.faults else survived, said)


def table(rows: Iterator[Row] | list[Row]) -> Iterator[str]:
    """The lines of the table, each as soon as it is known."""
    yield f"{'fault':<34}{'done':>6}{'survived':>10}  what was seen"
    for row in rows:
        yield f"{row.fault:<34}{row.done:>6}{row.survived:>10}  {row.said}"
