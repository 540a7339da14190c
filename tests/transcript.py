"""Pages of documentation whose commands are run: `python tests/transcript.py PAGE…` writes what they print.

In a ```console block every line that begins with `$ ` is run by bash, all of a page in one folder that holds
copies of seeds/, notebooks/ and, as downloads/, docs/a-day/; what a command prints to standard output, and
its own one-line faults and notes, stand below it. A ```pycon block is run by Python in the same folder. `make` is
asked only what it would do. http://news.example is a server on the loopback address that serves docs/a-day/.
"""

from __future__ import annotations

import contextlib
import doctest
import functools
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from slackwater.errors import SlackwaterError

ROOT = Path(__file__).parents[1]
EXAMPLE = "http://news.example"
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What differs from day to day and from version to version: an edition's name, the moment a page came or went.
_VOLATILE = [(re.compile(r"(?<=[Ee]dition )\d{4}-\d\d-\d\d-[0-9a-f]{12}(-\d+)?"), "…"),
             (re.compile(r"(?<=withdrawn on )\d{4}-\d\d-\d\d"), "…"),
             (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "…")]


def told(page: Path) -> str:
    """The text of *page* with what its commands print now."""
    with tempfile.TemporaryDirectory() as name, served(ROOT / "docs" / "a-day") as address:
        folder = Path(name).resolve() / "work"
        folder.mkdir()
        for source, target in (("seeds", "seeds"), ("notebooks", "notebooks"), ("docs/a-day", "downloads")):
            shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns(".*"))
        run = _Run(folder, address)
        return BLOCK.sub(lambda block: f"```{block[1]}\n{getattr(run, block[1])(block[2])}```", page.read_text("utf-8"))


class _Run:
    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address, self.names = folder, address, {"__name__": "__main__"}

    def console(self, block: str) -> str:
        """Each command of *block* with its output."""
        shown = []
        commands = _commands(block)
        if not commands:  # of another system
            return block
        for command in commands:
            first, *rest = command.split("\n")
            shown += [f"$ {first}", *(f"> {line}" for line in rest)]
            if first.startswith("make "):
                done = self._bash(f"make -n -C {ROOT} {first.split('#')[0].removeprefix('make ')}")
                assert done.returncode == 0, f"{first}: {done.stderr}"
                continue
            done = self._bash("\n".join([first, *rest]))
            said = [line for line in done.stderr.splitlines() if line.startswith(("slackwater: ", "  note: "))]
            assert done.returncode == 0 or said or done.stdout, f"{first}: exit {done.returncode}\n{done.stderr}"
            shown += [*done.stdout.rstrip("\n").splitlines(), *said]
        return "".join(f"{self._settled(line)}\n" for line in shown)

    def _bash(self, command: str) -> subprocess.CompletedProcess[str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SLACKWATER_")}
        return subprocess.run(["bash", "-c", command.replace(EXAMPLE, self.address)], cwd=self.folder, text=True,
                              capture_output=True, timeout=300, stdin=subprocess.DEVNULL,
                              env=kept | {"PATH": path, "NO_COLOR": "1", "HOME": str(self.folder)})

    def pycon(self, block: str) -> str:
        """Each example of *block* with what Python shows."""
        shown = []
        with contextlib.chdir(self.folder):
            for example in doctest.DocTestParser().get_examples(block):
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    try:
                        exec(compile(example.source, "<page>", "single"), self.names)
                    except SlackwaterError as error:
                        print(*error._render_traceback_(), sep="\n")  # as a notebook shows it
                source = example.source.rstrip("\n").split("\n")
                shown += [f">>> {source[0]}", *(f"... {line}".rstrip() for line in source[1:]),
                          *out.getvalue().rstrip("\n").splitlines()]
        return "".join(f"{self._settled(line)}\n" for line in shown)

    def _settled(self, line: str) -> str:
        for volatile, name in _VOLATILE:
            line = volatile.sub(name, line)
        return line.replace(self.address, EXAMPLE).replace(f"{self.folder}/", "").rstrip()


def _commands(block: str) -> list[str]:
    """The commands of a console block; a line that begins with `> ` goes on with the one before."""
    found: list[str] = []
    typed = False  # whether the line before belongs to a command
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif typed and line.startswith("> "):
            found[-1] += "\n" + line[2:]
        typed = line.startswith("$ ") or (typed and line.startswith("> "))
    return found


@contextlib.contextmanager
def served(folder: Path):
    """The files of *folder* on the loopback address, which they call by the example's name; gives the address."""
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    with tempfile.TemporaryDirectory() as copies:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=copies))
        address = f"http://127.0.0.1:{server.server_port}"
        for path in folder.iterdir():
            Path(copies, path.name).write_text(path.read_text("utf-8").replace(EXAMPLE, address), "utf-8")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


if __name__ == "__main__":
    for given in map(Path, sys.argv[1:]):
        given.write_text(told(given), "utf-8")
        print(given)
