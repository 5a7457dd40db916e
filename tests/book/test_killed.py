"""A build that is killed: the reader keeps the site, the machine its memory, and the next build does not notice."""

import shutil
import signal
import time

import pytest
from kills import Bench

from analysis.publish import editions


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signals")
def test_a_killed_build_leaves_the_site_whole_and_nothing_behind(tmp_path):
    bench = Bench(tmp_path)
    try:
        begun = time.monotonic()
        clean = bench.build()
        lasts = time.monotonic() - begun
        bench.write(1)
        # while notebooks run, and while the PDF is set
        for part, how, group in ((0.15, signal.SIGKILL, False), (0.6, signal.SIGTERM, True)):
            assert bench.kill(part * lasts, how, group), "the build had ended before"
            assert bench.digests() == clean
            assert bench.living() == []
            assert bench.left(), "the build was killed before it had begun"
        bench.write(0)
        assert bench.build() == clean
        assert bench.left() == []
    finally:
        shutil.rmtree(editions.trees(bench.data), ignore_errors=True)
