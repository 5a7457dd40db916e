"""Kernels forked from one that has imported: the same as others, and none is left behind."""

import subprocess
import sys
import time
from contextlib import nullcontext

import nbformat
import psutil
import pytest

from analysis.publish.forked import nursery
from analysis.publish.notebooks import CellFailed, Client

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
CELLS = [
    "import os, sys",
    "os.getcwd(), __name__, sys.argv[1:2]",
    "print(1)\n1 / 3",
    "!echo from a shell",
    "len(os.sched_getaffinity(0))",
]
ORPHAN = """
import os, signal, nbformat
from analysis.publish.forked import nursery
from analysis.publish.notebooks import Client
with nursery():
    client = Client(nbformat.v4.new_notebook())
    client.create_kernel_manager()
    client.start_new_kernel()
    client.start_new_kernel_client()
    print(client.km.provisioner.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def ran(folder, *cells, **settings):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = Client(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, **settings)
    client.execute()
    return [[dict(output) for output in cell.outputs] for cell in notebook.cells]


def test_cells_do_not_know_how_their_kernel_came_to_be(tmp_path):
    plain, forked = [], []
    for found, around in ((plain, nullcontext()), (forked, nursery())):
        with around:
            found += ran(tmp_path, *CELLS)
    assert forked == plain


def test_they_are_forked_and_end(tmp_path):
    with nursery():
        ((parent,), (name,)) = ran(tmp_path, "import os, psutil; os.getppid()", "psutil.Process(os.getppid()).ppid()")
        assert int(name["data"]["text/plain"]) == psutil.Process().pid
        assert psutil.Process(int(parent["data"]["text/plain"])).children() == []
    assert not psutil.pid_exists(int(parent["data"]["text/plain"]))


def test_without_its_nursery_a_kernel_starts_as_others_do(tmp_path):
    with nursery():
        for nurse in psutil.Process().children():
            nurse.kill()
        assert ran(tmp_path, "1 + 1")[0][0]["data"]["text/plain"] == "2"


def test_one_that_dies_or_does_not_end_is_told(tmp_path):
    with nursery():
        with pytest.raises(CellFailed, match="its kernel died"):
            ran(tmp_path, "import os; os._exit(1)")
        with pytest.raises(CellFailed, match="no end within 2 s"):
            ran(tmp_path, "while True: pass", timeout=2)


def test_nothing_is_left_of_a_starter_that_was_killed():
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as starter:
        kernel = psutil.Process(int(starter.stdout.readline()))
        nurse = kernel.parent()
        starter.wait()
    end = time.monotonic() + 20
    while (left := [process for process in (kernel, nurse) if process.is_running()]) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
