"""What stands beside the pages to take away."""

from types import SimpleNamespace

from analysis.package.dataset import load
from analysis.publish.extension import lay_out_data

MARK = b"\xef\xbb\xbf"


def test_tables_are_laid_out_as_excel_reads_them(copy, tmp_path, data, monkeypatch):
    """Without the mark Excel in Chinese takes UTF-8 for GBK and shows 鏈濋槼 where 朝阳 stands."""
    (copy / "zones.csv").write_bytes((copy / "zones.csv").read_text("utf-8-sig").encode("gb18030"))
    (copy / "firms.csv").write_text((copy / "firms.csv").read_text("utf-8-sig"), "utf-8")
    monkeypatch.setenv("ANALYSIS_DATA", str(copy))
    lay_out_data(SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path), None)
    (descriptor,) = tmp_path.rglob("datapackage.json")
    assert not descriptor.read_bytes().startswith(MARK)
    laid_out = [*descriptor.parent.glob("*.csv")]
    assert len(laid_out) == len(data.tables)
    for path in laid_out:
        content = path.read_bytes()
        assert content.startswith(MARK) and not content[3:].startswith(MARK), path.name
    assert all(table.equals(data.tables[name]) for name, table in load(descriptor.parent).tables.items())
