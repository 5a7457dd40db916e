"""Every printed table and card: analyses' tables in, exhibits out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from analysis import contributions, wording
from analysis.dataset import Dataset
from analysis.exhibit import Exhibit
from analysis.quantity import Quantity
from analysis.wording import Prose, _


def show(frame: pd.DataFrame, *, name: str, caption: str, data: Dataset) -> Exhibit:
    """A table of an analysis as an exhibit.

    frame: the index and the text cells hold ids, the other cells Quantity, whole numbers or None (not
    published). Column names are ids that `wording.term` knows, or years. caption: a message that is
    translated here. Returns the exhibit; the source line names the sections that its figures come from.
    """
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


def _heading(label: str, unit: wording.SharedUnit | None) -> Markup:
    """The heading of a column, with the unit that its figures share."""
    return Markup("{}<br><small>{}</small>").format(label, unit.words) if unit else Markup.escape(label)


def _shown(cell: object, say: Prose, unit: wording.SharedUnit | None) -> object:
    """The content of a cell: a linked figure, a name, a number, or a word for a gap."""
    if isinstance(cell, Quantity):
        return say(cell, unit)
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return Markup('<span class="missing">{}</span>').format(_("not published"))
    if isinstance(cell, str):
        return say.name(cell)
    return cell


def _td(content: object, number: bool) -> Markup:
    return Markup('<td class="num">{}</td>' if number else "<td>{}</td>").format(_html(content))


def _th(content: object) -> Markup:
    return Markup('<th scope="row">{}</th>').format(_html(content))


def _html(content: object) -> Markup:
    """Markup of anything: objects with an HTML form keep it, all else is escaped."""
    form = getattr(content, "_repr_html_", None)
    return Markup(form()) if form else Markup.escape(content)


def _exhibit(
    name: str,
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Markup]],
    numeric: Sequence[bool],
    source: str = "",
    ids: Sequence[str] | None = None,
) -> Exhibit:
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="num"') if number else "", text)
        for text, number in zip(heads, numeric, strict=True)
    )
    rows = [list(row) for row in rows]
    anchors = ids or [None] * len(rows)
    body = Markup("\n").join(
        Markup("<tr{}>{}</tr>").format(
            Markup(' id="{}"').format(anchor) if anchor else "", Markup("").join(row)
        )
        for anchor, row in zip(anchors, rows, strict=True)
    )
    table = Markup('<table aria-labelledby="{}">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>')
    plain = "\n".join("\t".join(Markup(cell).striptags() for cell in row) for row in rows)
    return Exhibit(
        "table",
        name,
        str(Markup.escape(caption)),
        table.format(f"tab-{name}-caption", head, body),
        str(Markup.escape(source)),
        f"{caption}\n{plain}",
    )


class Cards:
    """Cards as HTML, with a readable plain form."""

    def __init__(self, html: Markup, kind: str):
        self._html = html
        self._kind = kind

    def _repr_html_(self) -> str:
        return str(Markup('<div class="cards {}">{}</div>').format(self._kind, self._html))

    def __repr__(self) -> str:
        return " ".join(self._html.striptags().split())


def cards(data: Dataset, figures: Sequence[Quantity | None]) -> Cards:
    """Key figures as cards: value, what it is of, subject and period. Missing figures are left out."""
    say = Prose(data)
    parts = []
    for figure in figures:
        if figure is None:
            continue
        row = data.observations.loc[figure.sources[0]]
        parts.append(
            Markup(
                '<section class="card"><p class="value">{}</p><p class="label">{}</p>'
                '<p class="period">{}</p></section>'
            ).format(_html(say(figure)), wording.term(data, row.indicator), say.period(row.period))
        )
    return Cards(Markup("\n").join(parts), "key-figures")


def zone_cards(data: Dataset) -> Cards:
    """A card a zone, in one layout: chains, projects, published figures with place among the zones, and
    the groups of indicators of which nothing is published."""
    return Cards(Markup("\n").join(_zone_card(data, zone) for zone in data.zones.index), "zones")


def _zone_card(data: Dataset, zone: str) -> Markup:
    say = Prose(data)
    chains = data.chains[data.chains["zone"] == zone]
    projects = data.projects[data.projects["zone"] == zone]
    figures = contributions.published(data, zone)
    gap = Markup('<span class="missing">{}</span>').format(_("not published"))

    def listing(table: pd.DataFrame, state: str) -> Markup:
        items = [
            Markup("{}<small>{}</small>").format(say.name(key), wording.aside(wording.term(data, row[state])))
            for key, row in table.iterrows()
        ]
        return Markup("<br>").join(items) if items else gap

    lines = [
        Markup('<tr><th scope="row">{}</th><td class="num">{}</td><td>{}</td></tr>').format(
            wording.term(data, indicator), _html(say(row.value)), _place(row.place, row.among)
        )
        for indicator, row in figures.iterrows()
    ]
    table = (
        Markup("<table><thead><tr><th scope='col'>{}</th><th scope='col' class='num'>{}</th>"
               "<th scope='col'>{}</th></tr></thead><tbody>{}</tbody></table>").format(
            _("Published figure"), _("Value"), _("Place among zones"), Markup("\n").join(lines)
        )
        if lines
        else Markup("<p>{}</p>").format(_("No figure of this zone is published."))
    )
    return Markup(
        '<section class="card zone" id="zone-{}"><h3>{}</h3><dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd>'
        '</dl><div class="scroll" tabindex="0">{}</div></section>'
    ).format(
        zone,
        wording.full_name(data, zone),
        _("Industry chains"),
        listing(chains, "maturity"),
        _("Named projects"),
        listing(projects, "stage"),
        table,
    )


def _place(place: int | None, among: int) -> str:
    if place is None or pd.isna(place):
        return ""
    return _("{place} of {among}").format(place=int(place), among=int(among))


def verdicts(frame: pd.DataFrame, data: Dataset) -> Exhibit:
    """The statements with verdict, the figures compared, the rule and the place in the source."""
    say = Prose(data)
    rows = []
    for _id, row in frame.iterrows():
        figures = Markup(_("; ")).join(_html(say(figure)) for figure in row.figures)
        rows.append(
            [
                _th(wording.localised(row, "statement")),
                Markup('<td class="verdict {}">{}</td>').format(row.verdict, wording.term(data, row.verdict)),
                Markup("<td>{}</td>").format(figures),
                Markup("<td>{}</td>").format(wording.rule(row.rule)),
                Markup("<td>{}</td>").format(wording.locator(data, row.locator)),
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
        own = wording.localised(row, "note")
        note = Markup("<small>{}</small>").format(own) if own else ""
        rows.append(
            [
                Markup('<td class="num">{}</td>').format(number),
                _th(say.name(row.subject)),
                Markup("<td>{}<br>{}</td>").format(wording.term(data, row.indicator), note)
                if note
                else Markup("<td>{}</td>").format(wording.term(data, row.indicator)),
                Markup('<td class="num">{}</td>').format(wording.printed(row)),
                Markup('<td class="num">{}</td>').format(wording.text(data.quantities[key])),
                Markup("<td>{}</td>").format(say.period(row.period)),
                Markup("<td>{}</td>").format(wording.term(data, row.status)),
                Markup("<td>{}</td>").format(wording.locator(data, row.locator)),
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
            *([Markup('<td lang="zh-CN">{}</td>').format(row.name_zh)] if english else []),
            Markup("<td>{}</td>").format(wording.kind(row.kind)),
            Markup("<td>{}</td>").format(wording.localised(row, "definition")),
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
                Markup("<td>{}</td>").format(
                    value if value is not None else Markup('<span class="missing">{}</span>').format(_("not printed"))
                )
                for value in (row["authors"], row["publisher"], row["published"])
            ),
            Markup("<td>{}</td>").format(say.period(row["reporting_period"])),
            Markup("<td>{}</td>").format(wording.localised(row, "note") or ""),
        ]
        # a row as a Series would turn None into nan
        for row in data.sources.to_dict("records")
    ]
    heads = [_("Title"), _("Authors"), _("Publisher"), _("Published"), _("Reported"), _("Note")]
    return _exhibit("sources", _("Sources"), heads, rows, [False] * 6)


def data_dictionary(data: Dataset) -> Exhibit:
    """The fields of every table, as the descriptor has them."""
    rows = []
    for resource in data.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum", ())
            rows.append(
                [
                    _th(Markup("<code>{}</code>").format(resource["path"])),
                    Markup("<td><code>{}</code></td>").format(field["name"]),
                    Markup("<td><code>{}</code></td>").format(field["type"]),
                    Markup("<td>{}</td>").format(_meaning(field)),
                    Markup("<td>{}</td>").format(
                        Markup(", ").join(Markup("<code>{}</code>").format(value) for value in allowed)
                    ),
                ]
            )
    heads = [_("File"), _("Field"), _("Type"), _("Meaning"), _("Allowed values")]
    return _exhibit("fields", _("Fields of the data package"), heads, rows, [False] * 5)


def _meaning(field: dict) -> str:
    """Title and description of a field; the English ones stand without a suffix, as the standard names them."""
    suffix = "" if wording.language() == "en" else f"_{wording.language()}"
    return field.get(f"description{suffix}") or field[f"title{suffix}"]
