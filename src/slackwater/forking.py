"""Kernels forked from a process that has imported what they need: isolated from each other, and there in no time.

`Forks` starts that process, `python -m slackwater.forking`, which runs no notebook itself: every kernel begins
as it stands after the imports, so nothing passes from one notebook to the next. Linux alone offers what this
stands on (a handle of a process that is no child); elsewhere, and where it fails, kernels start as ever.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

_ANSWER = 60.0  # seconds within which a kernel must be forked; the first waits for the imports
# What the notebooks import, here or later; a module that is missing is no fault.
_WANTED = ("ipykernel.kernelapp", "ipykernel.ipkernel", "pandas", "pyarrow.parquet", "scipy.special",
           "matplotlib.figure", "matplotlib.style", "matplotlib.backends.backend_svg", "matplotlib.textpath",
           "slackwater.engine", "slackwater.lexicon", "slackwater.clean", "slackwater.sentences", "slackwater.tone",
           "slackwater.themes", "slackwater.claims", "slackwater.changes", "slackwater.charts", "slackwater.findings",
           "slackwater.scale.copies", "slackwater.versions")


def offered() -> bool:
    """Whether this system can fork kernels and keep hold of them."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open") or not hasattr(signal, "pidfd_send_signal"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:  # an old kernel, or a container that forbids it
        return False
    return True


class Forks:
    """A process that forks kernels, with *environment*, until `close`, or until this process ends."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._alone = threading.Lock()
        self._line, theirs = socket.socketpair()
        self._line.settimeout(_ANSWER)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "slackwater.forking", str(theirs.fileno())], env=dict(environment),
                stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True)

    def fork(self, arguments: Sequence[str], environment: Mapping[str, str], cwd: str) -> Kernel:
        """A kernel started with *arguments*. Raises OSError where none could be started."""
        said = {"arguments": list(arguments), "environment": dict(environment), "cwd": cwd}
        answer = b""
        with self._alone:
            self._line.sendall(json.dumps(said).encode("utf-8", "surrogateescape") + b"\n")
            while not answer.endswith(b"\n"):
                got = self._line.recv(4096)
                if not got:
                    raise ConnectionResetError("the process that forks kernels has ended")
                answer += got
        told = json.loads(answer)
        if "errno" in told:
            raise OSError(told["errno"], os.strerror(told["errno"]))
        return Kernel(told["pid"])

    def close(self) -> None:
        """End the process; kernels of its that still run end with it."""
        self._line.close()
        self._process.kill()
        self._process.wait()


class Kernel:
    """A forked kernel, with what `jupyter_client` asks of a process; no child of this one, so its code is unknown."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._handle = os.pidfd_open(pid)  # type: ignore[attr-defined,unused-ignore]
        except ProcessLookupError:
            self._handle, self.returncode = -1, 1

    def poll(self) -> int | None:
        """None while it runs, else 1."""
        return self._ended(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired after *timeout* seconds."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(["kernel"], timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Send it signal *number*, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)  # type: ignore[attr-defined,unused-ignore]

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            watch = select.poll()
            watch.register(self._handle, select.POLLIN)
            if watch.poll(None if timeout is None else 1000 * timeout):
                os.close(self._handle)
                self._handle, self.returncode = -1, 1
        return self.returncode


def provisioner(forks: Forks, manager: Any) -> Any:
    """What makes kernel manager *manager* fork its kernel."""
    from jupyter_client.provisioning import LocalProvisioner

    class Forked(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
            process = forks.fork(cmd[cmd.index("-f"):], given["env"], given["cwd"])
            self.process, self.pid, self.pgid = process, process.pid, process.pid  # type: ignore[assignment]
            return self.connection_info

    return Forked(kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager)


def serve(line: socket.socket) -> None:
    """Import what kernels need; then fork one for each line read, until there is none any more."""
    import gc
    import importlib

    for name in _WANTED:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is there is shared with every kernel; no collection need touch it
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels here
    with line.makefile("r", encoding="utf-8", errors="surrogateescape") as asked:
        for said in asked:
            try:
                pid = os.fork()
            except OSError as error:
                line.sendall(json.dumps({"errno": error.errno}).encode() + b"\n")
                continue
            if pid == 0:
                _kernel(said, line)


def _kernel(said: str, line: socket.socket) -> None:
    """Be the kernel that *said* asks for, until it ends; never return."""
    import gc
    import random
    import traceback

    code = 1
    try:
        given = json.loads(said)
        os.setsid()  # a group of its own, before anybody is told whom to signal
        line.sendall(json.dumps({"pid": os.getpid()}).encode() + b"\n")
        os.close(line.fileno())
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(given["environment"])
        os.chdir(given["cwd"])
        gc.unfreeze()
        random.seed()
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()  # two kernels draw different numbers, as two that were started do
        sys.argv = ["ipykernel_launcher.py", *given["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(sys.argv[1:])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
