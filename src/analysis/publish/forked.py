"""Kernels forked from a process that has imported what every chapter imports.

A kernel of its own takes seconds of the processor to load IPython, pandas and the analysis before its first cell. A
nursery loads them once; whoever inherits its line, through `fork`, asks it for kernels: with each request goes an end
of a new connection, and on it what a kernel is told. The connection is the kernel's standard input: it ends when its
starter does, however that ends, and the nursery when the last one does that could ask.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.publish import lifeline
from analysis.publish.phases import phase

LAUNCHER = "ipykernel_launcher"  # the module that a command for a kernel runs
LOADED = ("ipykernel.kernelapp", *(f"analysis.exhibits.{name}" for name in ("charts", "explorers", "leads", "tables")))
PARENT = "JPY_PARENT_PID"  # by it a kernel knows who must be there; read when its module is loaded
_lines: list[socket.socket] = []  # of the nursery of this process


@contextmanager
def nursery() -> Iterator[None]:
    """Kernels that are started within, here or in processes that are forked here, come from one that has imported.

    Where processes cannot be forked safely nothing happens: macOS loads libraries that do not stand it, Windows cannot.
    """
    if sys.platform != "linux":
        yield
        return
    asking, asked = socket.socketpair()
    if not (child := os.fork()):
        asking.close()
        _ended(_nurse, asked)
    asked.close()
    _lines.append(asking)
    try:
        yield
    finally:
        _lines.remove(asking)
        asking.close()
        os.waitpid(child, 0)


def _ended(work: Callable[[socket.socket], object], line: socket.socket) -> None:
    """Ends this process, which a fork has made, after its work; the process that it was made from is left alone."""
    try:
        work(line)
        code = 0
    except SystemExit as ended:
        code = int(bool(ended.code))
    except BaseException:
        code = 1
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _nurse(line: socket.socket) -> None:
    """Loads, then forks a kernel for each request until nobody is left to ask."""
    with phase("kernels"):  # their cells too, once they have ended
        if sys.path[0] in ("", os.getcwd()):
            del sys.path[0]  # as the launcher of a kernel does
        os.environ[PARENT] = str(os.getpid())
        for name in LOADED:
            importlib.import_module(name)
        gc.collect()
        gc.freeze()  # what is shared is not written to
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks for kernels is interrupted too, and leaves
        signal.signal(signal.SIGCHLD, _reap)
        while True:
            asked, handles, *_ = socket.recv_fds(line, 1, 1)
            if not asked:
                break
            with socket.socket(fileno=handles[0]) as connection:
                if not os.fork():
                    line.close()
                    _ended(_kernel, connection)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with suppress(ChildProcessError):
            while True:
                os.wait()


def _reap(*_: object) -> None:
    """Takes note of the kernels that have ended: what they used of the processor is the nursery's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _kernel(connection: socket.socket) -> None:
    """Runs a kernel as its command would, in this process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()  # it is interrupted and ended as a group
    with connection, connection.makefile("r", encoding="utf-8") as told:
        request = json.loads(told.readline())
        os.dup2(connection.fileno(), 0)
        connection.sendall(f"{os.getpid()}\n".encode())
    os.environ.clear()
    os.environ.update({**request["environment"], PARENT: str(os.getppid())})
    os.chdir(request["folder"])
    lifeline.end_with_starter()
    sys.argv = [LAUNCHER, *request["arguments"]]
    runpy.run_module(LAUNCHER, run_name="__main__")


class Forked:
    """A kernel's process, as `subprocess` would describe it. Raises OSError, ValueError where the nursery has died."""

    stdout = stderr = None

    def __init__(self, arguments: Sequence[str], folder: str, environment: Mapping[str, str]):
        self.stdin, there = socket.socketpair()
        with there:
            socket.send_fds(_lines[-1], [b"."], [there.fileno()])
        request = {"arguments": arguments, "folder": folder, "environment": dict(environment)}
        self.stdin.sendall(f"{json.dumps(request)}\n".encode())
        self.pid = int(self.stdin.recv(20))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while it runs; its code is its nursery's to know."""
        if self.returncode is None:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                self.returncode = 1
        return self.returncode

    def wait(self) -> int | None:
        """As `poll`: it is asked when the kernel has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Raises OSError where there is no such process any more."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self.send_signal(signal.SIGKILL)


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel from the nursery; without one, where it has died, or by another command, as Jupyter does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Starts it and returns how it is reached."""
        if _lines and LAUNCHER in cmd:
            folder, environment = str(kwargs.get("cwd") or os.getcwd()), kwargs.get("env") or os.environ
            with suppress(OSError, ValueError):
                forked = Forked(cmd[cmd.index(LAUNCHER) + 1 :], folder, environment)
                self.process, self.pid, self.pgid, self.cwd = forked, forked.pid, forked.pid, folder  # type: ignore[assignment]
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)
