"""A formula stands in the text as it stands where it is computed."""

import contextlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from publish.tiny_book import made

import analysis
from analysis import analyses
from analysis.analyses import economics, payback
from analysis.publish import printed_formulas
from analysis.publish.formulas import svg
from analysis.quantity import Formula, formula


@dataclass(frozen=True)
class Ratio:
    """An object with words of its own."""

    words: str
    __module__ = "analysis.ratios"


def quotient():
    """A function that computes a formula."""


quotient.__module__ = "analysis.ratios"
LATEX = r"\frac{x}{y} < 1"


@pytest.fixture(autouse=True)
def ratios(monkeypatch):
    module = ModuleType("analysis.ratios")
    module.plot_ratio = Ratio("floor area ÷ site area")
    module.quotient = formula(latex=LATEX, words="one share ÷ another")(quotient)
    module.MORE = {"output_per_job": Ratio("annual output value ÷ jobs")}
    module.nothing, module._private, module.imported = Ratio(""), Ratio("hidden"), payback.required_margin
    monkeypatch.setattr(analysis, "ratios", module, raising=False)


def test_it_is_found_by_its_name_below_the_package():
    assert printed_formulas.formula("ratios.quotient") == ("quotient", Formula(LATEX, "one share ÷ another"))
    assert [name for name, _formula in printed_formulas.formulas("ratios")] == [
        "plot_ratio",
        "quotient",
        "output_per_job",
    ]
    assert [name for name, _formula in printed_formulas.formulas("ratios.MORE")] == ["output_per_job"]
    # an analysis needs no more than its name
    assert printed_formulas.find("economics.measures") is economics.measures


@pytest.mark.parametrize("name", ["nowhere", "ratios.nowhere", "ratios.nothing"])
def test_a_name_without_a_formula_is_refused(name):
    with pytest.raises(LookupError, match=r"nowhere|no formula"):
        printed_formulas.formula(name)


@pytest.mark.parametrize("module", [module.name for module in pkgutil.iter_modules(analyses.__path__)])
def test_every_formula_of_the_analyses_can_be_drawn(module):
    with contextlib.suppress(LookupError):
        for name, own in printed_formulas.formulas(module):
            assert not own.latex or "<path" in svg(own.latex, inline=False), name


def page(tmp_path, text: str) -> BeautifulSoup:
    folder = made(tmp_path, {"page.md": f"# A page\n\n{text}\n"})
    return BeautifulSoup((folder / "book/page.html").read_text("utf-8"), "html.parser")


@pytest.mark.parametrize(
    ("language", "terms"), [("en", ["Plot ratio: floor", "Output per job: annual"]), ("zh", ["容积率：", "人均产值："])]
)
def test_symbols_are_drawn_and_words_are_listed_with_their_term(tmp_path, monkeypatch, language, terms):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", language)
    shown = page(tmp_path, "```{formulas} ratios\n```")
    assert shown.find("div", class_="formula displayed").svg["aria-label"] == LATEX
    items = [item.get_text() for item in shown.find("div", class_="body").find_all("li")]
    assert [item.startswith(term) for item, term in zip(items, terms, strict=True)] == [True, True], items


def test_one_formula_alone(tmp_path):
    shown = page(tmp_path, "```{formula} ratios.plot_ratio\n```")
    assert shown.find("div", class_="body").find("li").get_text() == "Plot ratio: floor area ÷ site area"


def test_a_wrong_name_stops_the_build(tmp_path, capfd):
    with pytest.raises(AssertionError):
        page(tmp_path, "```{formula} ratios.nowhere\n```")
    assert "no ratios.nowhere in analysis" in capfd.readouterr().err
