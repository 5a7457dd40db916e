"""What encoding a file is in: told where it can be, refused where Chinese would turn into other Chinese."""

import codecs
import shutil
from pathlib import Path

import pytest
from spoiled import faults

from analysis.package import migration
from analysis.package.dataset import load
from analysis.package.descriptor import Unreadable
from analysis.package.encodings import text

ROOT = Path(__file__).resolve().parents[2]
TABLES = (
    *("places", "zones", "firms", "projects", "chains", "links", "indicators", "observations", "milestones"),
    *("claims", "coding", "industries", "sources", "sections", "story"),
)
TRADITIONAL = "id,kind,name_en,name_zh,parent\nliaoning,province,Liaoning,遼寧,\nchaoyang,city,Chaoyang,朝陽,liaoning\n"


def rewritten(folder, table, taken_for, as_seen=lambda text: text, was="utf-8"):
    """Read a table in a wrong encoding and save what is seen."""
    path = folder / f"{table}.csv"
    seen = path.read_text("utf-8-sig").encode(was).decode(taken_for, "replace")
    path.write_text(as_seen(seen), "utf-8")


@pytest.mark.parametrize("word", ["虚构", "开发区"])
def test_a_file_of_one_chinese_word_is_not_taken_for_a_garbled_one(word):
    """Its bytes in GB18030 happen to hold those of another character in UTF-8."""
    assert text(f"id,name_zh\na,{word}\nb,{word}\n".encode()).count(word) == 2


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lost", ["\ufffd", "?", ""])
def test_utf8_read_as_gbk_and_saved_is_refused(copy, table, lost):
    """Excel in Chinese opens a file without a mark as GBK: 朝阳 becomes 鏈濋槼 in every row, and nothing else does."""
    rewritten(copy, table, "gbk", lambda seen: seen.replace("\ufffd", lost))
    (line,) = faults(copy).splitlines()
    assert line.startswith(f"{table}.csv: is garbled (") and "took UTF-8 for GB18030" in line
    assert "take the file as it was before" in line


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("taken_for", "was", "told"),
    [
        ("latin-1", "gb18030", "took GB18030 for LATIN-1"),
        ("cp1252", "gb18030", "took GB18030 for LATIN-1"),
        ("cp1252", "utf-8", "took UTF-8 for CP1252"),
        ("latin-1", "utf-8", "took UTF-8 for LATIN-1"),
    ],
)
def test_chinese_read_as_a_western_encoding_is_refused(copy, table, taken_for, was, told):
    rewritten(copy, table, taken_for, was=was)
    (line,) = faults(copy).splitlines()
    assert line.startswith(f"{table}.csv: is garbled (") and told in line


def test_utf8_read_as_gbk_and_saved_as_gbk_is_refused_or_whole(copy, data):
    """What comes back byte by byte is the file as it was; where a byte was lost, it says so."""
    rewritten(copy, "zones", "gbk")
    path = copy / "zones.csv"
    path.write_bytes(path.read_text("utf-8").replace("\ufffd", "?").encode("gbk"))
    (line,) = faults(copy).splitlines()
    assert "is UTF-8 with a damaged character" in line or "is garbled" in line


def test_big5_is_told_apart(copy):
    """Read as GB18030 it is Chinese too, of other words: 遼寧 becomes 狂圭."""
    path = copy / "places.csv"
    path.write_bytes(
        TRADITIONAL.encode("big5") + "all-zones,group,All zones,全市省級開發區合計,chaoyang\n".encode("big5")
    )
    (line,) = faults(copy).splitlines()
    assert line.startswith("places.csv: is in Big5") and "save it as 'CSV UTF-8'" in line
    with pytest.raises(Unreadable, match="Big5"):
        text("id,name_zh\na,省級開發區\n".encode("big5"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_honest_chinese_is_read(copy, data, encoding):
    for path in copy.glob("*.csv"):
        path.write_bytes(path.read_text("utf-8-sig").encode(encoding))
    assert all(table.equals(data.tables[name]) for name, table in load(copy).tables.items())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_traditional_chinese_is_read_unless_it_is_big5(encoding):
    assert text(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize(
    "honest", ["l’État, naïve—“çà et là”", "联通", "模", "Åse Ñandú Düsseldorf", "朝阳 Æ", "①②③ ％，。", ""]
)
def test_short_texts_are_what_they_seem(honest):
    for encoding in ("utf-8", "utf-8-sig"):
        assert text(honest.encode(encoding)) == honest


@pytest.mark.parametrize("package", ["data", "tests/fixtures/example-city", "tests/fixtures/zone-level"])
def test_tables_of_ours_have_the_mark_by_which_excel_knows_utf8(package):
    """Opened by a double click and saved, the table of an analyst would be garbled otherwise."""
    tables = [*(ROOT / package).glob("*.csv")]
    assert tables and all(path.read_bytes().startswith(codecs.BOM_UTF8) for path in tables)


def test_tables_that_are_rewritten_have_it_too(tmp_path):
    old = Path(shutil.copytree(ROOT / "tests" / "fixtures" / "version-1", tmp_path / "old"))
    migration.migrate(old)
    assert (old / "indicators.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert not (old / "datapackage.json").read_bytes().startswith(codecs.BOM_UTF8)
