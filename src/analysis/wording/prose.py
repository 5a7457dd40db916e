"""What stands inside a sentence: a figure linked to its row, a name, a list, or what makes the sentence disappear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import escape

from analysis.package.dataset import DESCRIPTOR, Dataset
from analysis.quantity import Quantity
from analysis.values import Value
from analysis.wording.inline import Inline, absent, filled, gap, together
from analysis.wording.locales import _
from analysis.wording.names import book, field_title, indicator, name, pdf_name, term
from analysis.wording.numbers import COUNTED, SharedUnit, text, unit_in_words, words
from analysis.wording.phrases import and_others, commas, inside, join, labelled, series
from analysis.wording.sources import DATA_CHAPTER, DATA_FOLDER, anchor, as_of, locator, period, printed
from analysis.wording.templates import piece
from analysis.wording.units import display_unit


def _unlinked(plain: str) -> Inline:
    return Inline(plain, piece("inline", "traced", words=plain))


def _download(label: str, address: str) -> Inline:
    return Inline(label, piece("inline", "download", words=label, address=address))


class Prose:
    """What a sentence says of a dataset: ``say(quantity)``, ``say.name("beipiao")``, ...

    What is not published makes its sentence disappear from the book: see `publish.sentences`.
    """

    def __init__(self, data: Dataset):
        self.data = data

    def __call__(self, q: Quantity | None, shared: SharedUnit | None = None, *, spelled: bool = False) -> Inline:
        """A quantity as a link to its row in the data chapter; the title tells what is printed there.

        A difference of shares has its sign: "+3.3 percentage points". shared: what a column's heading tells already.
        spelled: a small count is a word, as in English prose.
        """
        if q is None:
            return gap(text(q))
        small = spelled and q.is_point and q.unit == "item" and 0 < q.value < 10
        plain = words(int(q.value)) if small else text(q, shared)
        if q.unit == "percentage_point" and q.is_point and q.value > 0:
            plain = f"+{plain}"
        value = self.value(q, plain)
        if not q.sources:
            return replace(_unlinked(plain), values=(value,))
        rows = [anchor(source) for source in q.sources]
        more = {"title": self.title(q), "computed": bool(q.formula), "implied": q.implied}
        link = piece("inline", "figure", words=plain, page=DATA_CHAPTER, rows=rows, **more)
        return Inline(plain, link, (value,), "implied" if q.implied else "")

    def cell(self, q: Quantity | None, shared: SharedUnit | None = None) -> Inline:
        """A quantity as a table has it: a sign where it is not published, or where its inputs leave no bound."""
        if q is None:
            return absent("unpublished")
        shown = self(q, shared)
        return shown if q.is_bounded else replace(absent("incomputable"), values=shown.values)

    def unlinked(self, q: Quantity) -> Inline:
        """A quantity without a link: in its own row, and of an edition whose rows are not in the book."""
        plain = text(q)
        return Inline(plain, escape(plain), (self.value(q, plain),))

    def value(self, q: Quantity, printed: str) -> Value:
        """A quantity that is shown as ``printed``, of the subjects and indicators that it comes from.

        Its bounds are open where print has none: amounts are not negative, and a lower bound of 0 says nothing.
        """
        shown = q.to(display_unit(q.unit))
        origin = self.data.observations.loc[list(q.sources)]
        return Value(
            place="",
            row=series(dict.fromkeys(name(self.data, subject) for subject in origin["subject"])),
            column=series(dict.fromkeys(indicator(self.data, key) for key in origin["indicator"])),
            printed=printed,
            low=shown.low if shown.low or shown.high == 0 else None,
            high=shown.high,
            unit=unit_in_words(shown.unit),
            formula=_(q.formula) if q.formula else "",
            sources=q.sources,
        )

    def title(self, q: Quantity) -> str:
        """As printed, period, place in the source: a line a row of the data, below the formula of a derived figure."""
        parts = [_("implied: no source prints it")] if q.implied else []
        parts += [_(q.formula)] if q.formula else []
        for source in q.sources[:4]:
            row = self.data.observations.loc[source]
            where = commas(printed(row), period(row.period), locator(self.data, row.locator))
            parts.append(labelled(indicator(self.data, row.indicator), where) if q.formula else where)
        if len(q.sources) > 4:
            message = _("and {n} more figures") if len(q.sources) > 5 else _("and one more figure")
            parts.append(message.format(n=len(q.sources) - 4))
        return "\n".join(parts)

    def given(self, *conditions: object) -> Inline:
        """Nothing, where all conditions hold; where one is false or None, what makes its sentence disappear."""
        if all(bool(condition) for condition in conditions):
            return Inline("", piece("inline", "given"))
        return gap(_("(not in this edition)"))

    def words(self, n: int, *, capital: bool = False) -> Inline:
        """A count of rows as a word: "seven", "none"."""
        return _unlinked(words(int(n), capital=capital))

    def count(self, n: int, thing: str) -> Inline:
        """How many of a thing of COUNTED: "seven zones", "one chain"."""
        one, many = COUNTED[thing]
        return _unlinked(_(one if n == 1 else many).format(n=words(int(n))))

    def name(self, key: str | None, *, first: bool = False) -> Inline:
        """A name; with ``first`` English adds the Chinese one."""
        return gap(_("none")) if key is None else _unlinked(name(self.data, key, first=first))

    def names(self, keys: Iterable[str]) -> Inline:
        """Names of kinds, such as chains, in a list inside a sentence: "steel and new energy"."""
        return self.list(_unlinked(inside(name(self.data, key))) for key in keys)

    def list(self, items: Iterable[object], *, more: bool = False) -> Inline:
        """Names or figures in a sentence. more: the source says that there are others."""
        items = list(items)
        if not items:
            return gap(_("none"))
        return together(and_others if more else join, items)

    def only_for(self, keys: Iterable[str]) -> Inline:
        """For which zones, projects or chains alone something is told: "only for Beipiao (北票)", "for every zone"."""
        keys = list(keys)
        for table, message in (("zones", _("for every zone")), ("projects", _("for every project"))):
            if keys and set(keys) == set(self.data.tables[table].index):
                return _unlinked(message)
        zones = self.data.zones.index
        names = self.list([self.name(key, first=key in zones) for key in keys])
        return filled(_("only for {names}"), {"names": names}) if keys else names

    def series(self, items: Iterable[object]) -> Inline:
        """Names or figures one after another."""
        return together(series, items)

    def period(self, iso: str | None) -> Inline:
        """A period in words."""
        return gap(_("not published")) if iso is None else _unlinked(period(iso))

    def as_of(self) -> Inline:
        """The latest month in which a source reports."""
        return _unlinked(as_of(self.data))

    def term(self, key: str | None) -> Inline:
        """The word for a state, measure or indicator."""
        return gap(_("not published")) if key is None else _unlinked(term(self.data, key))

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
