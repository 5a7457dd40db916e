"""A build that is killed: the reader keeps the site, the machine its memory, and the next build does not notice."""

import shutil
import signal

import pytest
from kills import Bench

from analysis.publish import editions

pytestmark = pytest.mark.thorough


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signals")
def test_a_killed_build_leaves_the_site_whole_and_nothing_behind(tmp_path):
    bench = Bench(tmp_path)
    try:
        clean = bench.build()
        bench.write(1)
        # while notebooks run, and while the PDF is set
        for stage, how, group in (("pages", signal.SIGKILL, False), ("PDF", signal.SIGTERM, True)):
            assert bench.kill(how, group, wait=3, after=stage), "the build had ended before"
            assert bench.digests() == clean
            assert bench.living() == []
            assert bench.left(), "the build was killed before it had begun"
        bench.write(0)
        assert bench.build() == clean
        assert bench.left() == []
    finally:
        shutil.rmtree(editions.trees(bench.data), ignore_errors=True)
