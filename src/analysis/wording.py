"""Words and number formats: the only place that knows the language of the edition.

The language comes from $ANALYSIS_LANGUAGE (en, zh). Words go through gettext, numbers, dates and lists
through Babel. `text` turns a Quantity into print; `Prose` links it to its row in the data chapter.
"""

from __future__ import annotations

import datetime
import gettext as _gettext
import io
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from analysis import quantity, values
from analysis.dataset import DESCRIPTOR, Dataset
from analysis.quantity import Quantity
from analysis.values import Value

LOCALES = {"en": "en_GB", "zh": "zh_CN"}
NAMES = {"en": "English", "zh": "简体中文"}  # of the editions, each in its own language
CATALOGUES = Path(__file__).parent / "locale"
MONEY_AXIS = {"en": 10**6, "zh": 10**4}  # the unit of money on an axis: million yuan, 万元
SIGNIFICANT = 3  # digits of a derived figure; an exact one may have one more
DATA_CHAPTER = "data.html"
DATA_FOLDER = "data"  # beside the folder of the pages


def language() -> str:
    """The edition's language: en unless $ANALYSIS_LANGUAGE says otherwise."""
    chosen = os.environ.get("ANALYSIS_LANGUAGE") or "en"
    return chosen if chosen in LOCALES else "en"


def sphinx_language() -> str:
    """The edition's language as Sphinx and its catalogues name it: en, zh_CN."""
    return "en" if language() == "en" else LOCALES[language()]


def tag(code: str | None = None) -> str:
    """The language of an edition as HTML and PDF name it (BCP 47): en, zh-CN; this edition's by default."""
    code = code or language()
    return "en" if code == "en" else LOCALES[code].replace("_", "-")


@cache
def _catalogue(chosen: str) -> _gettext.NullTranslations:
    """The words of an edition, read from the text that translators edit: no compiled copy can be stale."""
    path = catalogue(chosen)
    if not path.exists():
        return _gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def catalogue(chosen: str) -> Path:
    """Where the labels of an edition are translated."""
    return CATALOGUES / LOCALES[chosen] / "LC_MESSAGES" / "analysis.po"


def _(message: str) -> str:
    """The message in the edition's language."""
    return _catalogue(language()).gettext(message)


def counted(n: int, one: str, many: str) -> str:
    """The message for a count, with the count in figures for ``{n}``; both messages are marked by `N_`."""
    return _(one if n == 1 else many).format(n=number(n))


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is translated only later."""
    return message


# ---------------------------------------------------------------- numbers

# How each kind of quantity is printed: the unit that it is given in and the pattern.
UNITS = {
    "%": N_("{n}%"),
    "percentage_point": N_("{n} percentage points"),
    "1": "{n}",
    "item": "{n}",
    "person": N_("{n} people"),
    "CNY": N_("CNY {n}"),
    "CNY/year": N_("CNY {n} a year"),
    "CNY/mu": N_("CNY {n} per mu"),
    "CNY/hectare": N_("CNY {n} per hectare"),
    "CNY/year/mu": N_("CNY {n} per mu a year"),
    "CNY/year/person": N_("CNY {n} per job a year"),
    "person/(1e8 CNY)": N_("{n} per CNY 100 million"),
    "1/year": N_("{n} a year"),
    "mu": N_("{n} mu"),
    "m^2": N_("{n} m²"),
    "km": N_("{n} km"),
    "t/year": N_("{n} tonnes a year"),
    "kiloliter/year": N_("{n} kilolitres a year"),
    "device/year": N_("{n} devices a year"),
    "bird/year": N_("{n} birds a year"),
    "bird/day": N_("{n} birds a day"),
    "day": N_("{n} days"),
    "month": N_("{n} months"),
    "year": N_("{n} years"),
}
SCALES = {
    "en": ((Fraction(10**9), "{n} billion"), (Fraction(10**6), "{n} million")),
    "zh": ((Fraction(10**8), "{n}亿"), (Fraction(10**4), "{n}万")),
}


@cache
def _display_unit(unit: str) -> str:
    if unit in UNITS:
        return unit
    fits = {}
    for candidate in UNITS:
        try:
            fits[candidate] = quantity.factor(unit, candidate)
        except quantity.IncompatibleUnits:
            continue
    # 10,000 m² stay square metres and a daily throughput stays daily: a power of ten comes first
    scaled = [candidate for candidate, by in fits.items() if set(str(by)) <= {"1", "0"}]
    return next(iter([*scaled, *fits]), unit)


def _digits(value: Fraction, rounding: str, exact: bool) -> Decimal:
    """The value as it is printed: whole when it is exact and short, else to SIGNIFICANT digits.

    rounding: "down", "up" or "half" (to even). exact: a published figure, printed in full.
    """
    if value == 0:
        return Decimal(0)
    numerator, denominator = value.numerator, value.denominator
    terminating = denominator
    for prime in (2, 5):
        while terminating % prime == 0:
            terminating //= prime
    if terminating == 1:
        decimal = Decimal(numerator) / Decimal(denominator)
        if exact or len(decimal.normalize().as_tuple().digits) <= SIGNIFICANT + 1:
            return decimal
    exponent = len(str(floor(abs(value)))) if abs(value) >= 1 else -_leading_zeros(abs(value))
    scale = Fraction(10) ** (SIGNIFICANT - exponent)
    scaled = value * scale
    whole = {"down": floor, "up": ceil, "half": round}[rounding](scaled)
    rounded = Fraction(whole) / scale
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)


def _leading_zeros(value: Fraction) -> int:
    zeros = 0
    while value * 10 < 1:
        value *= 10
        zeros += 1
    return zeros


def number(value: Fraction | int, *, rounding: str = "half", exact: bool = False) -> str:
    """A number in the edition's customs, scaled to million/billion or 万/亿 from where it helps."""
    value = value if isinstance(value, Fraction) else Fraction(int(value))
    scale, pattern = _scale(value)
    return pattern.format(n=_plain(_digits(value / scale, rounding, exact)))


def _scale(value: Fraction) -> tuple[Fraction, str]:
    for scale, pattern in SCALES[language()]:
        if abs(value) >= scale:
            return scale, pattern
    return Fraction(1), "{n}"


def _plain(value: Decimal) -> str:
    # Chinese figures below ten thousand are written without separators
    grouped = language() != "zh"
    plain = format_decimal(value, locale=LOCALES[language()], decimal_quantization=False, group_separator=grouped)
    return plain.replace("-", "−")


@dataclass(frozen=True)
class SharedUnit:
    """The unit and scale of a column, told once in its heading: ``words`` is "CNY million per mu"."""

    unit: str
    scale: Fraction
    words: str


def shared_unit(quantities: Iterable[Quantity | None]) -> SharedUnit | None:
    """What the figures of a column have in common, if it can be told in the heading.

    None for plain numbers and percentages, for a single figure, and where one scale would not suit all.
    """
    known = [q for q in quantities if q is not None]
    units = {_display_unit(q.unit) for q in known}
    if len(known) < 2 or len(units) > 1:
        return None
    (unit,) = units
    pattern = _(UNITS.get(unit, "{n}"))
    bounds = [abs(bound) for q in known for bound in (q.to(unit).low, q.to(unit).high) if bound]
    if pattern in ("{n}", "{n}%") or not bounds:
        return None
    scale, scaled = _scale(min(bounds))
    if max(bounds) / scale >= 10_000:
        return None
    return SharedUnit(unit, scale, _without_number(pattern, scaled))


def _without_number(pattern: str, scaled: str = "{n}") -> str:
    """What a pattern says beside the number: "CNY million per mu"."""
    return " ".join(pattern.format(n=scaled.format(n="")).split())


def _unit_in_words(unit: str) -> str:
    """A unit that quantities are shown in, unscaled: "CNY per mu"; empty for plain numbers."""
    return _without_number(_(UNITS[unit])) if unit in UNITS else unit


def text(q: Quantity | None, shared: SharedUnit | None = None) -> str:
    """A quantity in words and figures, with its qualifier and unit: "over 1,500", "CNY 1.82 billion".

    shared: unit and scale that a heading tells already; the qualifier and the number are left. None is "not
    published"; a quantity of which nothing is known is "no bound".
    """
    if q is None:
        return _("not published")
    unit = shared.unit if shared else _display_unit(q.unit)
    pattern = "{n}" if shared else _(UNITS[unit]) if unit in UNITS else "{n} " + unit
    q = q.to(unit)
    exact = not q.formula and len(q.sources) == 1
    low = q.low if q.low or q.high == 0 else None
    if low is None and q.high is None:
        return _("no bound")

    def plain(value: Fraction, rounding: str) -> str:
        if shared:
            return _plain(_digits(value / shared.scale, rounding, exact))
        return pattern.format(n=number(value, rounding=rounding, exact=exact))

    if q.is_point:
        form = _("about {value}") if q.approximate else "{value}"
        return form.format(value=plain(q.value, "half"))
    if q.high is None:
        form = _("over {value}") if q.low_strict else _("at least {value}")
        return form.format(value=plain(low, "down"))
    if low is None:
        form = _("under {value}") if q.high_strict else _("up to {value}")
        return form.format(value=plain(q.high, "up"))
    scale, scaled = (shared.scale, "{n}") if shared else _scale(q.high)
    first, second = _digits(low / scale, "down", exact), _digits(q.high / scale, "up", exact)
    return _range(_plain(first), _plain(second), scaled, pattern)


def _range(first: str, second: str, scaled: str, pattern: str) -> str:
    """Two numbers of one scale, joined: "300,000–330,000", "2.1–4.75 million", "30万～33万只/日"."""
    if language() == "zh":
        # the standard (GB/T 15835) repeats 万, 亿 and % on both sides of the sign, and no other unit
        first, second = scaled.format(n=first), scaled.format(n=second)
        return pattern.format(n=f"{first}{'%' if pattern == '{n}%' else ''}～{second}")
    return pattern.format(n=scaled.format(n=f"{first}–{second}"))


# things that prose counts: one, many
COUNTED = {
    "zone": (N_("{n} zone"), N_("{n} zones")),
    "chain": (N_("{n} chain"), N_("{n} chains")),
    "project": (N_("{n} project"), N_("{n} projects")),
    "statement": (N_("{n} statement"), N_("{n} statements")),
    "figure": (N_("{n} published figure"), N_("{n} published figures")),
    "year": (N_("{n} year"), N_("{n} years")),
}
# the numbers that English prose spells out
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def words(n: int, *, capital: bool = False) -> str:
    """A small whole number as prose has it: "seven"; in Chinese and above twelve in figures."""
    if language() == "en" and 0 <= n < len(_WORDS):
        return _WORDS[n].capitalize() if capital else _WORDS[n]
    return number(n)


# ---------------------------------------------------------------- sentences

# a sentence ends with its mark and what closes quotations; Latin script needs a blank after it, Chinese does not
SENTENCE_END = re.compile(r"[.!?][”’)\]]*(?=\s|$)\s*|[。！？][”’）]*\s*")
PLACEHOLDER = re.compile(r"\{([a-z0-9_.-]*)\}")


def sentences(words: str) -> list[str]:
    """A text cut after the end of each sentence; put together, the pieces are the text."""
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(words)), len(words)]
    return [words[start:end] for start, end in zip(cuts, cuts[1:], strict=False) if end > start]


def ends_sentence(words: str) -> bool:
    """Whether the last of the words end a sentence."""
    return any(match.end() == len(words) for match in SENTENCE_END.finditer(words))


def placeholders(words: str) -> list[str]:
    """What stands in braces in a text, in order."""
    return PLACEHOLDER.findall(words)


def filled(words: str, parts: dict[str, Markup]) -> Markup:
    """The text as HTML with a part for each of its placeholders."""
    return Markup(PLACEHOLDER.sub(lambda match: parts[match[1]], str(escape(words))))


# ---------------------------------------------------------------- names and terms


def book(data: Dataset, field: str, code: str | None = None) -> str:
    """``title`` or ``subtitle`` of the book that is made of a package, in an edition's language."""
    own = data.descriptor.get("book", {})
    return own.get(f"{field}_{code or language()}") or data.descriptor.get("title", data.descriptor["name"])


def pdf_name(data: Dataset, code: str | None = None) -> str:
    """The file name of an edition's PDF, of this edition unless ``code`` names one."""
    return f"{data.descriptor['name']}-{code or language()}.pdf"


def field_title(described: dict) -> str:
    """The title of a table or field of the descriptor; the English one stands without a suffix, as in the standard."""
    return described["title"] if language() == "en" else described.get(f"title_{language()}", described["title"])


def localised(row: pd.Series | dict, field: str) -> str:
    """The field of the edition's language: ``localised(row, "name")`` is name_en or name_zh."""
    return row[f"{field}_{language()}"]


def name(data: Dataset, key: str, *, first: bool = False) -> str:
    """The name of a place, zone, firm, project, chain or indicator.

    first: at first mention English prose adds the Chinese name: "Beipiao (北票)". An id that the data
    do not know is returned as a term or as it stands.
    """
    for table in ("zones", "places", "projects", "firms", "chains", "indicators"):
        rows = data.tables[table]
        if key in rows.index:
            row = rows.loc[key]
            own = localised(row, "name")
            return f"{own} ({row.name_zh})" if first and language() == "en" else own
    return term(data, key)


def full_name(data: Dataset, zone: str) -> str:
    """The official name of a zone, in English followed by the Chinese one."""
    row = data.zones.loc[zone]
    own = localised(row, "full_name")
    return f"{own} ({row.full_name_zh})" if language() == "en" else own


TERMS = {
    # columns of tables
    "zone": N_("Zone"),
    "chain": N_("Chain"),
    "project": N_("Project"),
    "indicator": N_("Indicator"),
    "subject": N_("Subject"),
    "period": N_("Period"),
    "event": N_("Event"),
    "named_stages": N_("Stages"),
    "lead_firms": N_("Lead firms"),
    "other_firms": N_("Other firms named"),
    "share": N_("Share of the city"),
    "change": N_("Change"),
    "remainder": N_("Rest of the city"),
    "quotient": N_("Quotient"),
    "rank": N_("Rank"),
    "of": N_("Zones assessed"),
    "percentile": N_("Ranked behind"),
    "maturity": N_("Maturity"),
    "anchors": N_("Lead firms named"),
    "named_firms": N_("Firms named"),
    "stages": N_("Stages named"),
    "stage": N_("Stage"),
    "projects": N_("Projects"),
    "with_investment": N_("With published investment"),
    "investment": N_("Investment"),
    "capacity": N_("Capacity"),
    "place": N_("Place among zones"),
    "even": N_("Share if the rest is spread evenly"),
    "single": N_("Share if one other zone holds the rest"),
    "foreign_capital_hhi": N_("Concentration of foreign capital (HHI)"),
    "signed_totals": N_("Projects signed in the city"),
    "single_anchor": N_("Single lead firm"),
    "single_anchor_chains": N_("Chains with a single lead firm"),
    "role": N_("Role"),
    "date": N_("Date"),
    "status": N_("Status"),
    "verdict": N_("Verdict"),
    "required_margin_5": N_("Net margin for a payback in five years"),
    # states
    "formed": N_("formed"),
    "forming": N_("forming"),
    "planned": N_("planned"),
    "signed": N_("signed"),
    "started": N_("started"),
    "continuing": N_("continued"),
    "under_construction": N_("under construction"),
    "operating": N_("in operation"),
    "realised": N_("realised"),
    "expected": N_("expected"),
    # roles of firms in a chain
    "lead": N_("lead firm"),
    "member": N_("member"),
    "partner": N_("partner"),
    # what became of a figure
    "added": N_("added"),
    "changed": N_("changed"),
    "withdrawn": N_("withdrawn"),
    "restated": N_("restated"),
    # verdicts
    "supported": N_("supported"),
    "consistent": N_("consistent"),
    "contradicted": N_("contradicted"),
    "not_checkable": N_("not checkable"),
    # events
    "construction_start": N_("construction began"),
    "completion": N_("completed"),
    "topping_out": N_("topping out"),
    "production_start": N_("production begins"),
    # chapters
    "one-board": N_("One board"),
    "one-chain": N_("One chain"),
    "one-drive": N_("One drive"),
    "project-economics": N_("What projects cost and yield"),
    "zone-profiles": N_("Zone profiles"),
    "claims": N_("Statements tested"),
    # project measures
    "investment_per_mu": N_("Investment per mu"),
    "investment_per_hectare": N_("Investment per hectare"),
    "fixed_investment_per_mu": N_("Fixed-asset investment per mu"),
    "fixed_share": N_("Fixed-asset share"),
    "output_per_mu": N_("Output per mu"),
    "plot_ratio": N_("Plot ratio"),
    "output_per_yuan": N_("Output per yuan invested"),
    "jobs_per_100m": N_("Jobs per CNY 100 million"),
    "output_per_job": N_("Output per job"),
    "induced_jobs_ratio": N_("Induced jobs per job"),
    "mass_yield": N_("Mass yield"),
    "mass_not_in_products": N_("Mass not in products"),
    "operating_days": N_("Implied operating days"),
    "construction_months": N_("Construction time"),
}

KINDS = {"flow": N_("flow"), "stock": N_("stock"), "share": N_("share"), "rank": N_("rank")}

RULES = {
    "threshold": N_("the figure against the threshold; “nearly” means less than half a tenth below it"),
    "rank_count": N_("published ranks within the limit, and the zones without a published rank"),
    "earlier_periods": N_("the figure against those of earlier periods"),
    "part_of_whole": N_("a part does not exceed its whole"),
    "integer_total": N_("a whole number of projects for the city gives the printed share"),
    "distinct": N_("two definitions give two numbers"),
    "operating_days": N_("the days of operation needed fit into a year"),
    "under_construction": N_("no realised completion before the report"),
    "mass_balance": N_("products weigh no more than the material taken in"),
    "maturity": N_("the state of the chain, as the source words it elsewhere"),
}


def term(data: Dataset, key: object) -> str:
    """The word for a column, state, verdict, event, measure or indicator; years for a number."""
    if isinstance(key, int):
        return _("{n} years").format(n=key)
    if key in data.indicators.index:
        return localised(data.indicators.loc[key], "name") if key not in TERMS else _(TERMS[key])
    return _(TERMS[key]) if key in TERMS else str(key)


def kind(key: str) -> str:
    """The word for a kind of indicator."""
    return _(KINDS[key])


def rule(key: str) -> str:
    """What a rule of `claims` compares, in words."""
    return _(RULES[key])


def join(items: Iterable[object]) -> str:
    """A list in a sentence: "a, b and c"."""
    return format_list([str(item) for item in items], locale=LOCALES[language()])


# How parts of a line are put together; Chinese punctuation has no blank beside it.


def series(parts: Iterable[object]) -> str:
    """Parts one after another: "a; b; c"."""
    return _("; ").join(map(str, parts))


def commas(*parts: object) -> str:
    """Parts of one whole: "a, b"."""
    return _(", ").join(map(str, parts))


def labelled(label: object, value: object) -> str:
    """A label and what it labels: "a: b"."""
    return _("{label}: {value}").format(label=label, value=value)


def aside(remark: object) -> str:
    """A remark in brackets, to stand right after a word: " (a)"."""
    return _(" ({remark})").format(remark=remark)


def columns(words: str) -> int:
    """The room that words take in letters: a Chinese character takes that of two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


# ---------------------------------------------------------------- dates and places


def date(iso: str) -> str:
    """A year or month in print: "2025", "July 2025"."""
    if len(iso) == 4:
        return f"{iso}年" if language() == "zh" else iso
    return _month(iso, "y年M月" if language() == "zh" else "MMMM y")


def _month(iso: str, pattern: str) -> str:
    year, month = map(int, iso.split("-"))
    return format_date(datetime.date(year, month, 1), pattern, locale=LOCALES[language()])


def period(iso: str) -> str:
    """A period in print: "2024", "January–May 2025"."""
    start, _sep, end = iso.partition("/")
    if not end:
        return date(start)
    if start[:4] == end[:4] and len(start) == len(end) == 7:
        if language() == "zh":
            return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
        return f"{_month(start, 'MMMM')}–{date(end)}"
    return _("{start} to {end}").format(start=date(start), end=date(end))


def locator(data: Dataset, places: str) -> str:
    """Where in the source: "Lead ¶ 2; Report on Beipiao ¶ 1"; with several sources each is named."""
    shown = []
    for place in places.split(";"):
        section, _sep, paragraph = place.strip().partition("/")
        row = data.sections.loc[section]
        title = localised(row, "name")
        if len(data.sources) > 1:
            title = commas(source_name(data, row.source), title)
        if paragraph == "title":
            shown.append(_("{section}, heading").format(section=title))
        elif paragraph:
            shown.append(_("{section} ¶ {paragraph}").format(section=title, paragraph=paragraph))
        else:
            shown.append(title)
    return series(shown)


def source_line(data: Dataset, observations: Iterable[str]) -> str:
    """The sources of these observations, each with its sections; empty when there are none."""
    return sections_line(data, (data.observations.loc[key, "locator"] for key in observations))


def sections_line(data: Dataset, locators: Iterable[str]) -> str:
    """The sources that these places lie in, each with its sections; empty when there are none."""
    named = {place.strip().partition("/")[0] for places in locators for place in places.split(";")}
    sections = data.sections[data.sections.index.isin(named)]
    lines = [
        commas(source_name(data, source), join(localised(row, "name") for _key, row in own.iterrows()))
        for source, own in sections.groupby("source", sort=False)
    ]
    return _("Source: {sources}.").format(sources=series(lines)) if lines else ""


def source_note(row: dict) -> str:
    """A source and what is to be known of it: “title” (authors): note."""
    authors = aside(row["authors"]) if row["authors"] else ""
    title = _("“{title}”").format(title=localised(row, "title")) + authors
    note = localised(row, "note")
    return labelled(title, note) if note else title


def source_name(data: Dataset, source: str) -> str:
    """The short name of a source."""
    row = data.sources.loc[source]
    return row.get(f"name_{language()}") or localised(row, "title")


SYMBOLS = {"approximate": "≈ ", "at_least": "≥ ", "more_than": "> ", "up_to": "≤ "}


def printed(row: pd.Series) -> str:
    """An observation in the source's own number and unit: "> 1500 人"."""
    low, high = row.low, row.high
    value = f"{low}–{high}" if row.qualifier == "range" else str(low if low is not None else high)
    return f"{SYMBOLS.get(row.qualifier, '')}{value} {row.unit}".replace(" %", "%")


def anchor(observation: str) -> str:
    """The id of an observation's row in the data chapter."""
    return f"row-{observation}"


# ---------------------------------------------------------------- prose


@dataclass(frozen=True, repr=False)
class Inline:
    """Words inside a sentence or a cell; a notebook shows `html`, a terminal `plain`; `values` are its figures."""

    plain: str
    html: Markup
    values: tuple[Value, ...] = ()

    def _repr_html_(self) -> str:
        return str(self.html)

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self.values)

    def __repr__(self) -> str:
        return self.plain

    __str__ = __repr__


def html(content: object) -> Markup:
    """Markup of anything: objects with an HTML form keep it, all else is escaped."""
    form = getattr(content, "_repr_html_", None)
    return Markup(form()) if form else Markup.escape(content)


def figures(parts: Iterable[object]) -> tuple[Value, ...]:
    """The figures in parts of a sentence or a cell, in their order."""
    return tuple(value for part in parts if isinstance(part, Inline) for value in part.values)


def _unlinked(plain: str) -> Inline:
    return Inline(plain, Markup('<span class="traced">{}</span>').format(plain))


def _download(label: str, address: str) -> Inline:
    return Inline(label, Markup('<a class="download" href="{}" download>{}</a>').format(address, label))


def _missing(plain: str) -> Inline:
    """Words in the place of a figure that is not published. The book leaves out the sentence that holds them."""
    return Inline(plain, Markup('<span class="missing">{}</span>').format(plain))


class Prose:
    """What a sentence says of a dataset: ``say(quantity)``, ``say.name("beipiao")``, ...

    What is not published makes its sentence disappear from the book: see `publish.sentences`.
    """

    def __init__(self, data: Dataset):
        self.data = data

    def __call__(self, q: Quantity | None, shared: SharedUnit | None = None) -> Inline:
        """A quantity as a link to its row in the data chapter; the title tells what is printed there.

        A difference of shares has its sign: "+3.3 percentage points". shared: what a column's heading tells already.
        """
        plain = text(q, shared)
        if q is not None and q.unit == "percentage_point" and q.low is not None and q.low > 0:
            plain = f"+{plain}"
        if q is None:
            return _missing(plain)
            return _unlinked(plain)
        value = self.value(q, plain)
        if not q.sources:
            return replace(_unlinked(plain), values=(value,))
        rows = [anchor(source) for source in q.sources]
        link = Markup('<a class="traced" href="{}#{}" data-rows="{}" title="{}">{}</a>')
        return Inline(plain, link.format(DATA_CHAPTER, rows[0], " ".join(rows), self.title(q), plain), (value,))

    def unlinked(self, q: Quantity) -> Inline:
        """A quantity without a link: in its own row, and of an edition whose rows are not in the book."""
        plain = text(q)
        return Inline(plain, Markup.escape(plain), (self.value(q, plain),))

    def value(self, q: Quantity, printed: str) -> Value:
        """A quantity that is shown as ``printed``, of the subjects and indicators that it comes from.

        Its bounds are open where print has none: amounts are not negative, and a lower bound of 0 says nothing.
        """
        shown = q.to(_display_unit(q.unit))
        origin = self.data.observations.loc[list(q.sources)]
        return Value(
            place="",
            row=series(dict.fromkeys(name(self.data, subject) for subject in origin["subject"])),
            column=series(dict.fromkeys(term(self.data, indicator) for indicator in origin["indicator"])),
            printed=printed,
            low=shown.low if shown.low or shown.high == 0 else None,
            high=shown.high,
            unit=_unit_in_words(shown.unit),
            formula=_(q.formula) if q.formula else "",
            sources=q.sources,
        )

    def title(self, q: Quantity) -> str:
        """As printed; period; place in the source; and the formula of a derived figure."""
        parts = [_(q.formula)] if q.formula else []
        for source in q.sources[:4]:
            row = self.data.observations.loc[source]
            where = commas(printed(row), period(row.period), locator(self.data, row.locator))
            indicator = localised(self.data.indicators.loc[row.indicator], "name")
            parts.append(labelled(indicator, where) if q.formula else where)
        if len(q.sources) > 4:
            parts.append(_("and {n} more figures").format(n=len(q.sources) - 4))
        return series(parts)

    def given(self, *conditions: object) -> Inline:
        """Nothing, where all conditions hold; where one is false or None, what makes its sentence disappear."""
        if all(condition is not None and condition is not False for condition in conditions):
            return Inline("", Markup('<span class="given"></span>'))
        return _missing(_("(not in this edition)"))

    def words(self, n: int, *, capital: bool = False) -> Inline:
        """A count of rows as a word: "seven", "none"."""
        if n == 0 and language() == "en":
            return _unlinked("None" if capital else "none")
        return _unlinked(words(int(n), capital=capital))

    def count(self, n: int, thing: str) -> Inline:
        """How many of a thing of COUNTED: "seven zones", "one chain"."""
        one, many = COUNTED[thing]
        return _unlinked(_(one if n == 1 else many).format(n=words(int(n))))

    def name(self, key: str | None, *, first: bool = False) -> Inline:
        """A name; with ``first`` English adds the Chinese one."""
        return _missing(_("none")) if key is None else _unlinked(name(self.data, key, first=first))

    def list(self, items: Iterable[object]) -> Inline:
        """Names or figures in a sentence."""
        items = list(items)
        if not items:
            return _missing(_("none"))
        joined = format_list([str(html(item)) for item in items], locale=LOCALES[language()])
        return Inline(join(items), Markup(joined), figures(items))

    def series(self, items: Iterable[object]) -> Inline:
        """Names or figures one after another."""
        items = list(items)
        return Inline(series(items), Markup(_("; ")).join(map(html, items)), figures(items))

    def period(self, iso: str | None) -> Inline:
        """A period in words."""
        return _missing(_("not published")) if iso is None else _unlinked(period(iso))

    def term(self, key: str | None) -> Inline:
        """The word for a state, measure or indicator."""
        return _missing(_("not published")) if key is None else _unlinked(term(self.data, key))

    def book(self, field: str) -> Inline:
        """``title`` or ``subtitle`` of the book."""
        return _unlinked(book(self.data, field))

    def pdf(self) -> Inline:
        """A link to this edition's PDF."""
        return _download(_("PDF, A4"), f"../../{pdf_name(self.data)}")

    def table(self, name: str) -> Inline:
        """A link to a table of the data package, as `publish.extension` lays it beside the pages."""
        resource = next(r for r in self.data.descriptor["resources"] if r["name"] == name)
        return _download(field_title(resource), f"../{DATA_FOLDER}/{resource['path']}")

    def descriptor(self) -> Inline:
        """A link to the descriptor of the data package."""
        return _download(_("Descriptor of the data package"), f"../{DATA_FOLDER}/{DESCRIPTOR}")
