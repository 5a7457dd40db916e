"""The contributions of a register on a cluster of worker processes: the tables of one machine, row for row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import register as made_up
from distributed import LocalCluster
from pyarrow import parquet

from analysis.__main__ import main
from analysis.model.register import Register
from analysis.package.dataset import load
from analysis.publish import cluster


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as workers:
        yield workers.scheduler_address


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write(tmp_path_factory.mktemp("register") / "csv", 5_000)


@pytest.fixture(scope="module")
def in_parquet(package: Path) -> Path:
    return made_up.in_parquet(package, package.with_name("parquet"), rows=700)


def test_parquet_holds_the_same_figures_as_csv(package, in_parquet):
    one, other = load(package), load(in_parquet)
    assert one.observations.equals(other.observations)
    assert one.observations["low"].map(str).equals(other.observations["low"].map(str))
    assert one.observation_rows == other.observation_rows


def test_faults_of_parquet_name_the_cell(in_parquet, tmp_path, capsys):
    spoiled = Path(shutil.copytree(in_parquet, tmp_path / "spoiled"))
    frame = pd.read_parquet(spoiled / "observations.parquet")
    frame.loc[4, "low"] = "12 亿"
    frame.to_parquet(spoiled / "observations.parquet", index=False)
    assert main(["check", "--data", str(spoiled)]) == 1
    assert "observations.parquet, row 6, column low: '12 亿'" in capsys.readouterr().err


def test_what_is_no_parquet_is_one_line(in_parquet, tmp_path, capsys):
    spoiled = Path(shutil.copytree(in_parquet, tmp_path / "spoiled"))
    (spoiled / "observations.parquet").write_bytes(b"subject,indicator\n")
    assert main(["check", "--data", str(spoiled)]) == 1
    assert "observations.parquet: cannot be read as Parquet" in capsys.readouterr().err


def test_a_column_that_stands_twice_in_parquet_is_one_line(in_parquet, tmp_path, capsys):
    spoiled = Path(shutil.copytree(in_parquet, tmp_path / "spoiled"))
    table = parquet.read_table(spoiled / "observations.parquet")
    parquet.write_table(table.append_column("low", table["high"]), spoiled / "observations.parquet")
    assert main(["check", "--data", str(spoiled)]) == 1
    assert "observations.parquet: has the column low more than once" in capsys.readouterr().err


def test_a_cluster_writes_the_tables_of_one_machine(package, in_parquet, tmp_path, scheduler):
    alone = cluster.write(package, tmp_path / "alone")
    together = cluster.write(in_parquet, tmp_path / "together", scheduler)
    assert alone == together and alone["ranking.parquet"] > 1000
    for name in alone:
        one, other = (pd.read_parquet(tmp_path / folder / name) for folder in ("alone", "together"))
        pd.testing.assert_frame_equal(*map(made_up.in_order, (one, other)), check_exact=True, check_dtype=False)


def test_faults_of_a_part_are_told_and_nothing_is_written(in_parquet, tmp_path, scheduler, capsys):
    spoiled = Path(shutil.copytree(in_parquet, tmp_path / "spoiled"))
    frame = pd.read_parquet(spoiled / "observations.parquet")
    frame.loc[4, "low"] = "12 亿"
    frame.to_parquet(spoiled / "observations.parquet", index=False)
    out = tmp_path / "out"
    assert main(["contributions", "--data", str(spoiled), str(out), "--scheduler", scheduler]) == 1
    assert "observations.parquet, column low: '12 亿'" in capsys.readouterr().err
    assert not out.exists() and not list(tmp_path.glob(".out*"))


def test_an_address_where_nothing_answers_is_one_line(in_parquet, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    address = "tcp://127.0.0.1:9"
    assert main(["contributions", "--data", str(in_parquet), str(tmp_path / "out"), "--scheduler", address]) == 1
    assert capsys.readouterr().err.startswith(address)


@pytest.mark.parametrize("at_once", [1, 700])
def test_some_cities_at_a_time_make_the_tables_of_all(package, at_once):
    data = load(package)
    of = Register.of(data)
    whole, parts = cluster.tables(data.observations, of), cluster.tables(data.observations, of, at_once)
    for name, table in whole.items():
        pd.testing.assert_frame_equal(parts[name], table, check_exact=True)


def test_a_register_without_a_zone_has_empty_tables(package):
    data = load(package)
    found = cluster.tables(data.observations[:0], Register.of(data))
    assert all(table.empty and len(table.columns) > 2 for table in found.values())
