"""The translations: what the check refuses, and what an update keeps.

A reader of the Chinese edition would lose a figure, a link or a sentence; a translator would lose work.
"""

import copy
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from analysis.publish import catalogues
from analysis.publish.translation_faults import wrong

PROSE = Path("book/locale/zh_CN/LC_MESSAGES/book.po")
LABELS = Path("src/analysis/locale/zh_CN/LC_MESSAGES/analysis.po")


@pytest.fixture(scope="module")
def texts() -> dict[Path, Catalog]:
    """The messages of the project; read once, as Sphinx takes seconds."""
    return catalogues.templates()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the project's catalogues, to spoil."""
    for path in (PROSE, LABELS):
        (tmp_path / path).parent.mkdir(parents=True)
        shutil.copy(catalogues.ROOT / path, tmp_path / path)
    return tmp_path


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_translations_of_this_project_have_no_faults(texts):
    assert not catalogues.faults(texts)


@pytest.mark.parametrize(
    ("path", "old", "new", "message", "reason"),
    [
        (PROSE, 'msgstr "界限"', 'msgstr ""', "Bounds", "is not translated"),
        (LABELS, 'msgstr "总投资÷占地面积"', 'msgstr ""', "total investment ÷ site area", "is not translated"),
        (PROSE, 'msgid "Bounds"', '#, fuzzy\nmsgid "Bounds"', "Bounds", "is fuzzy"),
        (PROSE, 'msgid "Bounds"', 'msgid "Limits"', "Limits", "is not in the text any more"),
        (PROSE, 'msgid "Bounds"', 'msgid "Limits"', "Bounds", "is not translated"),
        (PROSE, 'msgid "Bounds"', '#~ msgid "Of old"\n#~ msgstr "旧"\n\nmsgid "Bounds"', "Of old", "any more"),
        (PROSE, "见[数据一章](data.ipynb)各行", "见数据一章各行", "Plans and", "loses the link data.ipynb"),
        (PROSE, 'msgstr "每个公布的数字', 'msgstr "七十七个数字', "A published", "holds a typed figure, 七十七"),
    ],
)
def test_a_fault_is_told_with_file_line_and_message(texts, root, path, old, new, message, reason):
    spoil(root / path, old, new)
    faults = catalogues.faults(texts, root)
    assert any(f.startswith(path.as_posix()) and f"“{message}" in f and reason in f for f in faults), faults


def test_a_fault_names_the_line_where_an_editor_finds_the_message(texts, root):
    spoil(root / PROSE, 'msgstr "界限"', 'msgstr ""')
    (fault,) = catalogues.faults(texts, root)
    number = int(fault.split(", line ")[1].split(":")[0])
    assert (root / PROSE).read_text("utf-8").splitlines()[number - 1] == 'msgid "Bounds"'


def test_a_catalogue_that_cannot_be_read_is_one_fault(texts, root):
    for broken in ("msgstr 总投资÷占地面积", 'msgstr "总投资÷占地面积', 'msgstr "总"投"资"', "总投资"):
        shutil.copy(catalogues.ROOT / LABELS, root / LABELS)
        spoil(root / LABELS, 'msgstr "总投资÷占地面积"', broken)
        (fault,) = catalogues.faults(texts, root)
        assert fault.startswith(f"{LABELS.as_posix()}, line ") and broken in fault


def test_a_missing_catalogue_leaves_every_message_untranslated(texts, root):
    (root / LABELS).unlink()
    faults = catalogues.faults(texts, root)
    assert len(faults) == len(texts[LABELS]) and all("is not translated" in fault for fault in faults)


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Of {eval}`say(a)` zones", "开发区中", "loses the role {eval}`say(a)`"),
        ("Of {eval}`say(a)` zones", "{eval}`say(b)`家开发区", "loses the role {eval}`say(a)`"),
        ("{eval}`a` and {eval}`a`", "{eval}`a`", "loses the role"),
        ("the index {cite}`hirschman1964`", "该指数", "loses the role {cite}`hirschman1964`"),
        ("{download}`data <../a.csv>`", "{download}`数据 <../b.csv>`", "loses the role {download}`../a.csv`"),
        ("[Methods](methods.md)", "[方法](method.md)", "loses the link methods.md"),
        ("see <https://example.org>", "见网页", "loses the link https://example.org"),
        ("the share $s$", "占比$t$", "loses the formula $s$"),
        ("the folder `data/`", "文件夹", "loses the code data/"),
        ("{n} years", "年", "{placeholders}"),
        ("{eval}`a` of {n}", "{eval}`a`", "{placeholders}"),
        ("most zones", "84家开发区中的多数", "typed figure, 84"),
        ("most zones", "８４家开发区中的多数", "typed figure, ８４"),
        ("Of {eval}`a` zones", "{eval}`a`家开发区，占89%", "typed figure, 89"),
        ("the zones", "七家开发区", "typed figure, 七"),
        ("most of the output", "产值的百分之四十", "typed figure, 四十"),
        ("most of the output", "近九成产值", "typed figure, 九"),
        ("a part of the output", "两成产值", "typed figure, 两成"),
        ("in five years", "三年内", "typed figure, 三"),
        ("Bounds, and more", "界限,及其他", "half-width"),
        ("Bounds (open)", "界限(开放)", "half-width"),
        ('the "drive"', '所谓"一股劲"', "half-width"),
        ("the zones", "这些 开发区", "a blank"),
    ],
)
def test_what_a_translation_loses_or_adds_is_told(source, target, reason):
    assert any(reason in why for why in wrong(source, target)), list(wrong(source, target))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{eval}`a` of {eval}`b` zones", "{eval}`b`家开发区中的{eval}`a`家"),
        ("[Data](data.ipynb) and {download}`table <a.csv>`", "{download}`表 <a.csv>`见[数据](data.ipynb)"),
        ("three significant digits", "三位有效数字"),
        ("a fifteenth of a hectare", "十五亩合一公顷"),
        ("in five years", "5年内"),
        ("both sides, one of them", "双方，其中一方，二者不同"),
        ("One board, one chain, one drive", "一盘棋、一条链、一股劲"),
        ("The *percentile* of a rank", "位次的*百分位*"),
        ("{n} percentage points", "{n}个百分点"),
        ("Code: MIT. Text and data: CC BY 4.0", "代码采用MIT许可，文字和数据采用CC BY 4.0许可"),
        ("{eval}`a if b < c else d`", "{eval}`a if b < c else d`"),
    ],
)
def test_a_sound_translation_passes(source, target):
    assert not list(wrong(source, target))


def reworded(texts: dict[Path, Catalog]) -> dict[Path, Catalog]:
    """The texts with a message reworded, one new and one gone."""
    texts = copy.deepcopy(texts)
    prose = texts[PROSE]
    prose.delete("Output value is not value added.")
    prose.add("Output value is never value added.")
    prose.add("Zebras graze.")
    prose.delete("Bounds")
    return texts


def test_an_update_keeps_old_work_marks_what_was_reworded_and_drops_what_is_gone(texts, root):
    (line, _labels) = catalogues.update(reworded(texts), root)
    with (root / PROSE).open("rb") as lines:
        catalogue = read_po(lines)
    assert catalogue["Output value is never value added."].string == "产值不等于增加值。"
    assert catalogue["Output value is never value added."].fuzzy
    assert catalogue["Zebras graze."].string == ""
    assert "Bounds" not in catalogue and not catalogue.obsolete
    assert catalogue["Methods"].string == "方法" and not catalogue["Methods"].fuzzy
    assert line.endswith("2 to translate")
    faults = catalogues.faults(reworded(texts), root)
    assert len(faults) == 2 and "is fuzzy" in "".join(faults) and "is not translated" in "".join(faults)


def test_an_update_writes_the_same_bytes_twice_and_leaves_fresh_catalogues_alone(texts, root):
    fresh = (root / PROSE).read_bytes(), (root / LABELS).read_bytes()
    catalogues.update(texts, root)
    assert ((root / PROSE).read_bytes(), (root / LABELS).read_bytes()) == fresh
    catalogues.update(reworded(texts), root)
    once = (root / PROSE).read_bytes()
    catalogues.update(reworded(texts), root)
    assert (root / PROSE).read_bytes() == once
