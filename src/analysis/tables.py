"""Every printed table and card: analyses' tables in, exhibits out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from numbers import Integral

import pandas as pd
from markupsafe import Markup

from analysis import changes as compare
from analysis import contributions, projects, values, wording
from analysis.dataset import Dataset, in_order, predecessor
from analysis.exhibit import Exhibit, Passage
from analysis.quantity import Quantity
from analysis.values import Value
from analysis.wording import N_, Inline, Prose, _, counted, html


def show(
    frame: pd.DataFrame, *, name: str, caption: str, data: Dataset, optional: bool = False
) -> Exhibit | Passage:
    """A table of an analysis as an exhibit.

    frame: the index and the text cells hold ids, the other cells Quantity, whole numbers or None (not
    published). Column names are ids that `wording.term` knows, or years. caption: a message that is
    translated here. Returns the exhibit; the source line names the sections that its figures come from, and the
    columns that are left out as no row has a figure for them. Without rows a sentence says so, or, if the table is
    ``optional``, nothing is shown.
    """
    gaps = [column for column in frame.columns if frame[column].isna().all()]
    frame = frame.drop(columns=gaps)
    if frame.empty:
        return Passage() if optional else Passage((wording.labelled(_(caption), _("not published")),))
    exhibit = whole(frame, name=name, caption=caption, data=data)
    gaps = [gap for gap in gaps if wording.term(data, gap) != gap]  # another package may not know an indicator at all
    if not gaps:
        return exhibit
    left_out = _("Not published: {columns}.").format(columns=wording.join(wording.term(data, gap) for gap in gaps))
    return replace(exhibit, source=str(Markup("<br>").join(filter(None, [Markup(exhibit.source), left_out]))))


def whole(frame: pd.DataFrame, *, name: str, caption: str, data: Dataset) -> Exhibit:
    """The same table with all its columns, published or not, and even without a row."""
    say = Prose(data)
    plain_index = isinstance(frame.index, pd.RangeIndex)
    heads = [] if plain_index else [_index_heading(frame, data)]
    units = [
        wording.shared_unit(cell for cell in frame[column] if isinstance(cell, Quantity)) for column in frame.columns
    ]
    heads += [_heading(wording.term(data, column), unit) for column, unit in zip(frame.columns, units, strict=True)]
    # a column that holds quantities or numbers anywhere is set flush right throughout
    numeric = [
        any(isinstance(cell, Quantity | int | float) for cell in frame[column]) for column in frame.columns
    ]
    rows, sources = [], []
    for label, cells in zip(frame.index, frame.itertuples(index=False), strict=True):
        row = [] if plain_index else [_th(say.name(label))]
        for column, cell, number, unit in zip(frame.columns, cells, numeric, units, strict=True):
            shown = say.period(cell) if column in ("period", "date") else _shown(cell, say, unit)
            row.append(_th(shown) if plain_index and not row else _td(shown, number))
            sources += cell.sources if isinstance(cell, Quantity) else ()
        rows.append(row)
    kinds = [*([False] if not plain_index else []), *numeric]
    return _exhibit(name, _(caption), heads, rows, kinds, wording.source_line(data, sources))


def _index_heading(frame: pd.DataFrame, data: Dataset) -> str:
    """What the row labels are: zones, chains, projects or indicators."""
    for table in ("zones", "chains", "projects", "indicators"):
        if len(frame.index) and frame.index.isin(data.tables[table].index).all():
            return wording.term(data, table[:-1])
    return wording.term(data, "stage")


def _heading(label: str, unit: wording.SharedUnit | None) -> str | Inline:
    """The heading of a column, with the unit that its figures share."""
    return _with_remark(label, unit.words) if unit else label


def _with_remark(label: str, remark: str) -> Inline:
    """A label with a remark in small letters below it."""
    return Inline(wording.commas(label, remark), Markup("{}<br><small>{}</small>").format(label, remark))


def _shown(cell: object, say: Prose, unit: wording.SharedUnit | None = None) -> object:
    """The content of a cell: a linked figure, a name, a number, or a word for a gap."""
    if isinstance(cell, Quantity):
        return say(cell, unit)
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return _gap(_("not published"))
    if isinstance(cell, str):
        return say.name(cell)
    return cell


def _gap(words: str) -> Markup:
    """Words in place of a figure."""
    return Markup('<span class="missing">{}</span>').format(words)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its HTML, its words, and the figures in it."""

    html: Markup
    plain: str
    figures: tuple[Value, ...] = ()


def _td(content: object, number: bool = False, *, mark: str = "", lang: str = "") -> Cell:
    """A cell. number: it is set flush right. mark: a class of its style. lang: of a text in another language."""
    attributes = {"class": "num" if number else mark, "lang": lang}
    start = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attributes.items() if value)
    return _cell(content, Markup("<td{}>{}</td>").format(start, html(content)))


def _th(content: object) -> Cell:
    """A cell that heads its row."""
    return _cell(content, Markup('<th scope="row">{}</th>').format(html(content)))


def _cell(content: object, markup: Markup) -> Cell:
    figures = wording.figures([content])
    if isinstance(content, Integral):
        figures = (Value("", "", "", str(content), Fraction(int(content)), Fraction(int(content))),)
    return Cell(markup, content.striptags() if isinstance(content, Markup) else str(content), figures)


def _values(heads: Sequence[object], rows: Sequence[Sequence[Cell]]) -> tuple[Value, ...]:
    """What the cells right of the first column show, a figure or the words of a cell each."""
    found = []
    for label, row in zip(_labels(rows), rows, strict=True):
        for head, cell in zip(heads[1:], row[1:], strict=True):
            shown = cell.figures or (Value("", "", "", cell.plain),)
            found += [replace(value, row=label, column=str(head)) for value in shown if value.printed]
    return tuple(found)


def _labels(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """What tells the rows of a table apart: their first cells, as many as that takes."""
    words = [[cell.plain for cell in row] for row in rows]
    for width in range(1, max(map(len, words), default=0) + 1):
        labels = [wording.commas(*row[:width]) for row in words]
        if len(set(labels)) == len(labels):
            break
    return labels if words else []


def _exhibit(
    name: str,
    caption: str,
    heads: Sequence[object],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[bool],
    source: str = "",
    ids: Sequence[str] | None = None,
) -> Exhibit:
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="num"') if number else "", html(text))
        for text, number in zip(heads, numeric, strict=True)
    )
    anchors = ids or [None] * len(rows)
    body = Markup("\n").join(
        Markup("<tr{}>{}</tr>").format(
            Markup(' id="{}"').format(anchor) if anchor else "", Markup("").join(cell.html for cell in row)
        )
        for anchor, row in zip(anchors, rows, strict=True)
    )
    table = Markup('<table aria-labelledby="{}">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>')
    plain = "\n".join("\t".join(cell.plain for cell in row) for row in rows)
    return Exhibit(
        "table",
        name,
        str(Markup.escape(caption)),
        table.format(f"tab-{name}-caption", head, body),
        str(Markup.escape(source)),
        f"{caption}\n{plain}",
        _values(heads, rows),
    )


class Cards:
    """Cards as HTML, with a readable plain form and their figures."""

    def __init__(self, html: Markup, kind: str, figures: tuple[Value, ...]):
        self._html = html
        self._kind = kind
        self._figures = figures

    def _repr_html_(self) -> str:
        return str(Markup('<div class="cards {}">{}</div>').format(self._kind, self._html))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self._figures)

    def __repr__(self) -> str:
        return " ".join(self._html.striptags().split())


def cards(data: Dataset, figures: Sequence[Quantity | None]) -> Cards:
    """Key figures as cards: value, what it is of, subject and period. Missing figures are left out."""
    say = Prose(data)
    parts, shown = [], []
    for figure in figures:
        if figure is None:
            continue
        shown.append(say(figure))
        row = data.observations.loc[figure.sources[0]]
        parts.append(
            Markup(
                '<section class="card"><p class="value">{}</p><p class="label">{}</p>'
                '<p class="period">{}</p></section>'
            ).format(html(shown[-1]), wording.term(data, row.indicator), say.period(row.period))
        )
    return Cards(Markup("\n").join(parts), "key-figures", wording.figures(shown))


def part(exhibit: Exhibit) -> Markup:
    """A table as a part of a card or an explorer: its caption above it, without a number."""
    return Markup(
        '<div class="part"><p class="part-title" id="{anchor}-caption">{caption}</p>'
        '<div class="scroll" tabindex="0" role="region" aria-labelledby="{anchor}-caption">{body}</div>{source}</div>'
    ).format(
        anchor=exhibit.anchor,
        caption=Markup(exhibit.caption),
        body=Markup(exhibit.body),
        source=Markup('<p class="source">{}</p>').format(Markup(exhibit.source)) if exhibit.source else "",
    )


def zone_tables(data: Dataset, zone: str) -> list[Exhibit]:
    """All that is published of a zone: its figures with its place among the zones, its chains with their
    stages and firms, its projects."""
    pipeline = projects.pipeline(data)
    return [
        _zone_figures(data, zone, contributions.published(data, zone)),
        _zone_chains(data, zone, data.chains[data.chains["zone"] == zone]),
        whole(
            pipeline[pipeline["zone"] == zone].drop(columns="zone"),
            name=f"{zone}-projects",
            caption="Named projects",
            data=data,
        ),
    ]


def zone_anchor(zone: str) -> str:
    """The id of a zone's card."""
    return f"zone-{zone}"


def zone_card(data: Dataset, zone: str) -> Markup:
    """The tables of a zone as a card. Every card has the same layout: gaps are shown as gaps."""
    profile = data.story[(data.story["topic"] == "profile") & (data.story["subject"] == zone)]
    paragraphs = filter(None, (told(data, row) for _key, row in profile.iterrows()))
    return Markup('<section class="card zone" id="{}"><h2>{}</h2>{}{}</section>').format(
        zone_anchor(zone),
        wording.full_name(data, zone),
        Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs),
        Markup("").join(
            part(table) if "<td" in table.body else _unpublished(table) for table in zone_tables(data, zone)
        ),
    )


def _unpublished(exhibit: Exhibit) -> Markup:
    """The place of a table without rows."""
    return Markup('<div class="part unpublished"><p class="part-title">{}</p><p class="missing">{}</p></div>').format(
        Markup(exhibit.caption), _("not published")
    )


def _zone_figures(data: Dataset, zone: str, figures: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = [
        [
            _th(wording.term(data, indicator)),
            _td(say(row.value), True),
            _td(say.period(row.period), False),
            _td(_place(row.place, row.among), False),
        ]
        for indicator, row in figures.iterrows()
    ]
    heads = [_("Indicator"), _("Value"), _("Period"), _("Place among zones")]
    sources = [source for value in figures["value"] for source in value.sources]
    return _exhibit(
        f"{zone}-figures",
        _("Published figures"),
        heads,
        rows,
        [False, True, False, False],
        wording.source_line(data, sources),
    )


def _zone_chains(data: Dataset, zone: str, own: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = []
    for chain, row in own.iterrows():
        links = data.links[data.links["chain"] == chain]
        stages = links[links["stage"].notna()].drop_duplicates("stage").sort_values("stage")
        firms = links[links["firm"].notna()].drop_duplicates("firm")
        leads = firms["role"] == "lead"
        rows.append(
            [
                _th(say.name(chain)),
                _td(wording.term(data, row.maturity), False),
                _td(
                    Markup(" → ").join(wording.localised(stage, "stage") for _key, stage in stages.iterrows())
                    or say.list([]),
                    False,
                ),
                *(_td(say.list([say.name(firm) for firm in group["firm"]]), False) for group in (firms[leads], firms[~leads])),
            ]
        )
    heads = [
        wording.term(data, "chain"),
        wording.term(data, "maturity"),
        _("Stages"),
        _("Lead firms"),
        _("Other firms named"),
    ]
    return _exhibit(f"{zone}-chains", _("Industry chains"), heads, rows, [False] * 5)


def _place(place: int | None, among: int) -> str:
    if place is None or pd.isna(place):
        return ""
    return _("{place} of {among}").format(place=int(place), among=int(among))


def verdicts(frame: pd.DataFrame, data: Dataset) -> Exhibit:
    """The statements with verdict, the figures compared, the rule and the place in the source."""
    say = Prose(data)
    rows = []
    for _id, row in frame.iterrows():
        rows.append(
            [
                _th(wording.localised(row, "statement")),
                _td(wording.term(data, row.verdict), mark=f"verdict {row.verdict}"),
                _td(say.series(say(figure) for figure in row.figures)),
                _td(wording.rule(row.rule)),
                _td(wording.locator(data, row.locator)),
            ]
        )
    heads = [_("Statement"), _("Verdict"), _("Figures"), _("Rule"), _("Place in the source")]
    caption = _("The source's statements, tested against its own figures")
    return _exhibit("verdicts", caption, heads, rows, [False] * 5)


def observations(data: Dataset) -> Exhibit:
    """Every published figure, numbered; each row is the target of the links from the text."""
    say = Prose(data)
    rows, ids = [], []
    for number, (key, row) in enumerate(data.observations.iterrows(), start=1):
        ids.append(wording.anchor(key))
        indicator, note = wording.term(data, row.indicator), wording.localised(row, "note")
        rows.append(
            [
                _td(number, True),
                _th(say.name(row.subject)),
                _td(_with_remark(indicator, note) if note else indicator),
                _td(wording.printed(row), True),
                _td(say.unlinked(data.quantities[key]), True),
                _td(say.period(row.period)),
                _td(wording.term(data, row.status)),
                _td(wording.locator(data, row.locator)),
            ]
        )
    heads = [
        _("No."),
        _("Subject"),
        _("Indicator"),
        _("As printed"),
        _("In this book"),
        _("Period"),
        _("Status"),
        _("Place in the source"),
    ]
    numeric = [True, False, False, True, True, False, False, False]
    return _exhibit("observations", _("Every published figure"), heads, rows, numeric, ids=ids)


def indicators(data: Dataset) -> Exhibit:
    """The indicators: name, in the English edition the Chinese name too, kind and definition."""
    english = wording.language() == "en"
    rows = [
        [
            _th(wording.localised(row, "name")),
            *([_td(row.name_zh, lang="zh-CN")] if english else []),
            _td(wording.kind(row.kind)),
            _td(wording.localised(row, "definition")),
        ]
        for _id, row in data.indicators.iterrows()
    ]
    heads = [_("Indicator"), *([_("Chinese")] if english else []), _("Kind"), _("Definition")]
    return _exhibit("indicators", _("Indicators and their definitions"), heads, rows, [False] * len(heads))


def sources(data: Dataset) -> Exhibit:
    """The sources: title, authors, publisher, date; what is not printed is shown as a gap."""
    say = Prose(data)
    rows = [
        [
            _th(wording.localised(row, "title")),
            *(
                _td(value if value is not None else _gap(_("not printed")))
                for value in (row["authors"], row["publisher"], row["published"])
            ),
            _td(say.period(row["reporting_period"])),
            _td(wording.localised(row, "note") or ""),
        ]
        # a row as a Series would turn None into nan
        for row in data.sources.to_dict("records")
    ]
    heads = [_("Title"), _("Authors"), _("Publisher"), _("Published"), _("Reported"), _("Note")]
    return _exhibit("sources", _("Sources"), heads, rows, [False] * 6)


def source_notes(data: Dataset) -> Passage:
    """What is to be known of each source before its figures are used: title, authors, note."""
    return Passage(tuple(map(wording.source_note, data.sources.to_dict("records"))))


def story(data: Dataset, topic: str) -> Passage:
    """What the sources tell of a topic beside figures, a paragraph a passage; says so where they tell nothing."""
    rows = data.story[data.story["topic"] == topic]
    paragraphs = tuple(filter(None, (told(data, row) for _key, row in rows.iterrows())))
    if not paragraphs:
        return Passage((_("The sources tell nothing of it."),))
    return Passage(paragraphs, source=wording.sections_line(data, rows["locator"]))


def told(data: Dataset, passage: pd.Series) -> Markup:
    """A passage of the story with its figures and names in place, without sentences whose figure is missing."""
    say = Prose(data)
    kept = []
    for sentence in wording.sentences(wording.localised(passage, "text")):
        parts = {key: _told_part(say, key) for key in wording.placeholders(sentence)}
        if all(part is not None for part in parts.values()):
            kept.append(wording.filled(sentence, parts))
    return Markup("").join(kept)


def _told_part(say: Prose, key: str) -> Markup | None:
    """The figure ``subject.indicator`` or the name of an id; None when the figure is not published."""
    subject, _dot, indicator = key.partition(".")
    if not indicator:
        return html(say.name(key))
    figure = say.data.value(subject, indicator)
    return html(say(figure)) if figure is not None else None


def data_dictionary(data: Dataset) -> Exhibit:
    """The fields of every table, as the descriptor has them."""
    rows = []
    for resource in data.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum", ())
            rows.append(
                [
                    _th(Markup("<code>{}</code>").format(resource["path"])),
                    _td(Markup("<code>{}</code>").format(field["name"])),
                    _td(Markup("<code>{}</code>").format(field["type"])),
                    _td(_meaning(field)),
                    _td(Markup(", ").join(Markup("<code>{}</code>").format(value) for value in allowed)),
                ]
            )
    heads = [_("File"), _("Field"), _("Type"), _("Meaning"), _("Allowed values")]
    return _exhibit("fields", _("Fields of the data package"), heads, rows, [False] * 5)


def _meaning(field: dict) -> str:
    """Title and description of a field; the English ones stand without a suffix, as the standard names them."""
    suffix = "" if wording.language() == "en" else f"_{wording.language()}"
    return field.get(f"description{suffix}") or wording.field_title(field)


def series(data: Dataset) -> Passage:
    """Every figure that is published for more than one period, by period, and how the latest one changed."""
    several = {
        (row.subject, row.indicator): contributions.series(data, row.indicator, row.subject)
        for row in data.observations.itertuples()
        if len(data.periods(row.subject, row.indicator)) > 1
    }
    if not several:
        return Passage((_("No figure is published for more than one period so far."),))
    say = Prose(data)
    periods = in_order({period for table in several.values() for period in table["period"]})
    rows, sources = [], []
    for (subject, indicator), table in several.items():
        values, change = dict(zip(table["period"], table["value"], strict=True)), table["change"].iloc[-1]
        cells = [_shown(values.get(period), say) for period in periods]
        cells.append(_gap(_("not comparable")) if change is None else say(change))
        rows.append(
            [
                _th(say.name(subject)),
                _td(wording.term(data, indicator), False),
                *(_td(cell, True) for cell in cells),
            ]
        )
        sources += [source for value in values.values() for source in value.sources]
    heads = [_("Subject"), _("Indicator"), *(wording.period(period) for period in periods), _("Change")]
    numeric = [False, False, *[True] * (len(periods) + 1)]
    caption = _("Figures published for more than one period; the change is that of the latest")
    exhibit = _exhibit("series", caption, heads, rows, numeric, wording.source_line(data, sources))
    sentence = counted(
        len(several),
        N_("{n} figure is published for more than one period."),
        N_("{n} figures are published for more than one period."),
    )
    return Passage((sentence,), (exhibit,))


# ---------------------------------------------------------------- what changed between two editions


def changes(new: Dataset, old: Dataset | None = None) -> Passage:
    """What changed from one edition of the data to another: a sentence, then the figures and the findings.

    old: the edition to compare with; without it the predecessor of ``new``, and where there is none the
    passage says so. In a terminal the tables are aligned, with an arrow from old to new. Raises DataFaults
    when the predecessor is faulty or the two cannot be compared.
    """
    old = old if old is not None else predecessor(new)
    if old is None:
        return Passage((_("This is the first edition: nothing to compare with."),))
    figures, moved = compare.published(old, new), compare.findings(old, new)
    exhibits = [_changed_figures(figures, old, new)] if len(figures) else []
    exhibits += [_moved_findings(moved, old, new)] if len(moved) else []
    return Passage((_change_in_words(compare.summary(figures, moved)),), tuple(exhibits))


def _change_in_words(counts: dict[str, int]) -> str:
    """The counts of `changes.summary` as a sentence."""
    if not any(counts.values()):
        return _("No figure and no finding changed.")
    sentence = _("{changed}, {added}, {withdrawn}; {findings}, {verdicts}.")
    if counts["restated"]:
        sentence = _("{changed}, {added}, {withdrawn}, {restated}; {findings}, {verdicts}.")
    return sentence.format(**{kind: _count_in_words(n, *COUNTS[kind]) for kind, n in counts.items()})


# for each count of `changes.summary`: none, one, many
COUNTS = {
    "changed": (N_("No figure changed"), N_("{n} figure changed"), N_("{n} figures changed")),
    "added": (N_("none added"), N_("{n} added"), N_("{n} added")),
    "withdrawn": (N_("none withdrawn"), N_("{n} withdrawn"), N_("{n} withdrawn")),
    "restated": (N_("none restated"), N_("{n} restated"), N_("{n} restated")),
    "findings": (N_("no finding moves"), N_("{n} finding moves"), N_("{n} findings move")),
    "verdicts": (N_("no verdict changes"), N_("{n} verdict changes"), N_("{n} verdicts change")),
}


def _count_in_words(n: int, none: str, one: str, many: str) -> str:
    return counted(n, one, many) if n else _(none)


def _changed_figures(figures: pd.DataFrame, old: Dataset, new: Dataset) -> Exhibit:
    """The table of `changes.published`. Only figures of the new edition have a row to lead to."""
    say = Prose(new)
    rows = []
    for row in figures.itertuples():
        change = wording.term(new, row.change)
        if row.change == compare.RESTATED:
            # the amounts look alike, so the columns of the file tell what differs
            change += wording.aside(", ".join(row.fields))
        rows.append(
            [
                _th(_name(row.subject, old, new)),
                _td(_name(row.indicator, old, new), False),
                _td(say.period(row.period), False),
                _td(change, False),
                _td(_before(row, old) if row.old is None else Prose(old).unlinked(row.old), True),
                _td(_gap(_("not published")) if row.new is None else say(row.new), True),
            ]
        )
    heads = [_("Subject"), _("Indicator"), _("Period"), _("Change"), _("Before"), _("Now")]
    sources = [source for figure in figures["new"] if figure is not None for source in figure.sources]
    caption = _("Published figures that changed")
    numeric = [False] * 4 + [True] * 2
    exhibit = _exhibit("changed-figures", caption, heads, rows, numeric, wording.source_line(new, sources))
    return replace(exhibit, plain=_aligned(caption, rows))


def _before(row: tuple, old: Dataset) -> Markup:
    """What the edition before has in place of a figure that is new: the same figure of an earlier period."""
    earlier = [p for p in old.periods(row.subject, row.indicator) if in_order([p, row.period])[0] == p]
    if not earlier:
        return _gap(_("not published"))
    value = old.value(row.subject, row.indicator, earlier[-1])
    return _gap(wording.text(value) + wording.aside(wording.period(earlier[-1])))


def _moved_findings(moved: pd.DataFrame, old: Dataset, new: Dataset) -> Exhibit:
    """The table of `changes.findings`, by chapter."""
    say = Prose(new)
    rows = []
    for row in moved.itertuples():
        before = _finding(row.old, row.measure, old, new)
        now = say(row.new) if isinstance(row.new, Quantity) else _finding(row.new, row.measure, old, new)
        if str(before) == str(now):
            remark = wording.aside(_("moved by less than print shows"))
            now = Inline(f"{now}{remark}", Markup("{}{}").format(html(now), remark), wording.figures([now]))
        measure = " · ".join(_name(part, old, new) for part in row.measure.split("."))
        rows.append(
            [
                _th(_name(row.subject, old, new)),
                _td(measure, False),
                _td(wording.term(new, row.analysis), False),
                _td(before, False),
                _td(now, False),
            ]
        )
    heads = [_("Subject"), _("Finding"), _("Chapter"), _("Before"), _("Now")]
    caption = _("Findings that moved")
    exhibit = _exhibit("moved-findings", caption, heads, rows, [False] * 5)
    return replace(exhibit, plain=_aligned(caption, rows))


def _finding(value: Quantity | int | str | None, measure: str, old: Dataset, new: Dataset) -> object:
    """A finding of the edition before in words, without a link."""
    if value is None:
        return _gap(_("none"))
    if isinstance(value, Quantity):
        return Prose(old).unlinked(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return wording.number(value)
    return wording.date(value) if measure.split(".")[-1] == "date" else _name(value, old, new)


def _name(key: str, old: Dataset, new: Dataset) -> str:
    """The name of anything in either edition; of a statement its text."""
    for data in (new, old):
        if key in data.claims.index:
            return wording.localised(data.claims.loc[key], "statement")
        known = wording.name(data, key)
        if known != key:
            return known
    return key


WIDEST = 44  # a longer cell does not push the columns of the other rows apart


def _aligned(caption: str, rows: Sequence[Sequence[Cell]]) -> str:
    """Rows for a terminal, in columns, with an arrow before the last one."""
    cells = [[cell.plain for cell in row] for row in rows]
    widths = [min(WIDEST, max(map(wording.columns, column))) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        *padded, last = (cell + " " * (width - wording.columns(cell)) for cell, width in zip(row, widths, strict=True))
        lines.append(f"{'  '.join(padded)} → {last}".rstrip())
    return "\n".join([caption, *lines])
