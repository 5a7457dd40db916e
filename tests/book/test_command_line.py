"""The commands as an analyst uses them."""

import subprocess
import sys

import pytest

from analysis.__main__ import main
from analysis.publish import editions, sphinx_run


@pytest.mark.parametrize("command", [[], ["check"], ["build"], ["rerun"]])
def test_help_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    assert "data" in capsys.readouterr().out


def test_an_unknown_command_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["publish"])
    assert stop.value.code == 2


def test_check_accepts_the_data(capsys):
    assert main(["check"]) == 0
    printed = capsys.readouterr()
    assert "84 observations" in printed.out and not printed.err


def test_check_prints_every_fault_and_no_traceback(copy):
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",84,84,", ",x,y,"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "check", "--data", str(copy)], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "row 2, column low: 'x'" in done.stderr and "row 2, column high: 'y'" in done.stderr
    assert "Traceback" not in done.stderr


def test_faulty_data_leave_the_last_site_whole(copy, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last edition")
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",84,84,", ",x,84,"), "utf-8")
    command = [sys.executable, "-m", "analysis", "build", "--data", str(copy), "--site", str(site)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (site / "index.html").read_text() == "the last edition"
    assert [p.name for p in tmp_path.iterdir() if "site" in p.name] == ["site"]


def test_an_edition_built_alone_says_what_it_reads_and_links_to_no_other(monkeypatch, tmp_path, capsys):
    asked = {}

    def sphinx(edition, trees, outputs, environment):
        asked.update(environment)
        outputs["html"].mkdir(parents=True)
        return ""

    monkeypatch.setattr(sphinx_run, "in_a_process", sphinx)
    monkeypatch.setattr(editions, "BUILD", tmp_path / "build")
    # what is written from what Sphinx wrote
    monkeypatch.setattr(editions, "_set_single_page", lambda *_: [])
    monkeypatch.setattr(editions.shutil, "copy", lambda *_: None)
    monkeypatch.setattr(editions.archive, "write", lambda *_, **__: None)
    assert main(["build", "--edition", "zh", "--site", str(tmp_path / "site")]) == 0
    assert f"published figures in {editions.ROOT / 'data'}\n" in capsys.readouterr().err
    entrance = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "zh/book" in entrance and "en/book" not in entrance
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert sphinx_run.configuration("html", tmp_path)["analysis_editions"] == ["zh"]
