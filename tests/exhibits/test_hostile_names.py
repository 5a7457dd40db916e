"""Whatever the data call things, a page shows it as text: it never becomes markup, a script or a formula."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.analyses import city, claims
from analysis.exhibits import explorers, tables, zones
from analysis.exhibits.charts import style
from analysis.exhibits.exhibit import Passage
from analysis.wording import Prose

TAGS = """<script>alert(1)</script><img src=x onerror=y> '" onload="z" $x$ &amp;"""
HOSTILE = TAGS + " {0} {name}"
# what the templates give to elements; anything else came out of a name
ATTRIBUTES = {
    *("id", "class", "title", "lang", "href", "data-rows", "scope", "tabindex", "role", "style", "download"),
    *("aria-labelledby", "aria-live", "aria-label", "type", "name", "checked"),
    *("viewbox", "xmlns", "xmlns:xlink", "d", "transform", "xlink:href", "clip-path", "x", "y", "width", "height"),
}
SUBJECT = "tongxin-slag"


@pytest.fixture(scope="module")
def renamed(data):
    """The data with a hostile text for every text in two languages, in tables and descriptor."""
    frames = {}
    for name, frame in data.tables.items():
        texts = [c for c in frame.columns if c.endswith(("_en", "_zh")) or c in ("authors", "publisher")]
        # in a passage of the story the braces would be placeholders
        frames[name] = frame.assign(**dict.fromkeys(texts, TAGS if name == "story" else HOSTILE))
    descriptor = json.loads(json.dumps(data.descriptor), object_hook=_hostile)
    return replace(data, descriptor=descriptor, tables=frames)


@pytest.fixture(params=["en", "zh"])
def hostile(renamed, request, monkeypatch):
    """Those data in each edition; what follows from them is solved once, for it is the same in all languages."""
    monkeypatch.setenv("ANALYSIS_LANGUAGE", request.param)
    return renamed


def _hostile(described: dict) -> dict:
    own = {key for key in described if key.startswith(("title", "description", "subtitle"))}
    return described | dict.fromkeys(own, HOSTILE)


SHOWN = {
    "name": lambda data: Prose(data).name("beipiao", first=True),
    "list": lambda data: Prose(data).list([Prose(data).name(zone) for zone in data.zones.index]),
    "book": lambda data: Prose(data).book("title"),
    "table of the package": lambda data: Prose(data).table("zones"),
    "series": lambda data: Prose(data).series([Prose(data).name(zone) for zone in data.zones.index]),
    "derived figure": lambda data: Prose(data)(
        data.value(SUBJECT, "total_investment") / data.value(SUBJECT, "site_area")
    ),
    "caption": lambda data: style.finding_of("{zone} has <b>", zone=Prose(data).name("beipiao")),
    "cards": lambda data: tables.cards(
        data,
        pd.DataFrame(
            {"value": [data.value(SUBJECT, "total_investment")], "of": [None], "ranked": [None], "period": ["2025"]},
            index=["total_investment"],
        ),
    ),
    "frame": lambda data: tables.show(
        pd.DataFrame({"zone": ["beipiao"], "total_investment": [data.value(SUBJECT, "total_investment")]}),
        name="frame",
        caption=HOSTILE,
        data=data,
    ),
    "shares": lambda data: tables.show(city.city_shares(data), name="shares", caption="Shares", data=data),
    "observations": tables.observations,
    "indicators": tables.indicators,
    "data dictionary": tables.data_dictionary,
    "sources": tables.sources,
    "source notes": tables.source_notes,
    "verdicts": lambda data: tables.verdicts(claims.verdicts(data), data, name="verdicts", caption=HOSTILE),
    "story": lambda data: tables.story(data, data.story["topic"].iloc[0]),
    "passage": lambda data: Passage((HOSTILE,), source=HOSTILE),
    "zone by zone": lambda data: zones.every_indicator(data, "one-board"),
    "ranks": zones.ranks,
    "totals": lambda data: zones.totals(data, "one-drive"),
    "other figures": lambda data: zones.others(data, "one-board"),
    "zone explorer": explorers.zone_explorer,
    "payback explorer": explorers.payback_explorer,
}


def page(shown):
    form = shown._repr_html_() if hasattr(shown, "_repr_html_") else shown._repr_mimebundle_()["text/html"]
    return BeautifulSoup(form, "html.parser")


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_a_name_is_text_wherever_it_is_shown(hostile, shown):
    found = page(shown(hostile))
    assert not found.find_all(["script", "img"])
    assert {attribute for tag in found.find_all(True) for attribute in tag.attrs} <= ATTRIBUTES
    texts = [found.get_text(), *(tag["title"] for tag in found.find_all(title=True))]
    assert any(TAGS in text for text in texts)


def drawn(words):
    figure, axes = style.canvas(1)
    axes.set_title(words)
    axes.set_xticks([0, 1], [words, ""])
    axes.annotate(words, (0, 0))
    return figure


def glyphs(data, words):
    exhibit = style.chart(drawn(words), "drawn", words, words, data, pd.DataFrame({"n": [1]}))
    found = page(exhibit)
    assert not found.find("script") and found.svg["aria-label"] == f"{words} {words}"
    return len(found.find_all("use"))


def test_a_chart_draws_every_sign_of_a_name(data):
    # between two dollar signs a formula would begin; a percent sign would end it
    assert glyphs(data, r"US$ (% of all \frac US$) <script> _ ^") == glyphs(
        data, r"USx (x of all xfrac USx) xscriptx x x"
    )
