"""The house style of every chart: colours as roles, a canvas of the page's width, SVG that is the same each time.

Charts are SVG with glyphs as paths and no date, so that the same data give the same bytes. Colours are CSS custom
properties with a fallback: one drawing serves light, dark and print.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from pathlib import Path

import matplotlib as mpl
import matplotlib.style
import pandas as pd
import pylopdf_fonts_zh_cn
from markupsafe import Markup
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.exhibits import tables
from analysis.exhibits.charts import lettering
from analysis.exhibits.exhibit import Exhibit
from analysis.package.dataset import Dataset
from analysis.wording import Inline, filled, rendered

# Role -> colour in light mode; the page's style sheet redefines the roles for dark mode and print.
# The series are Okabe and Ito's colour-blind-safe hues, darkened until text in them has contrast.
COLOURS = {
    "ink": "#1f2933",
    "muted": "#5b6770",
    "grid": "#d5dbe0",
    "surface": "#fdfdfb",
    "accent": "#0b5d8f",
    "series-1": "#0b5d8e",
    "series-2": "#b34700",
    "series-3": "#00735a",
    "series-4": "#8f4477",
    "series-5": "#7a6200",
    "series-6": "#3d5a80",
    "pale": "#c9dbe7",
}
INK, MUTED, GRID, SURFACE = (COLOURS[k] for k in ("ink", "muted", "grid", "surface"))
PALE = COLOURS["pale"]
SERIES = [COLOURS[f"series-{i}"] for i in range(1, 7)]

WIDTH = 7.0  # inches; the page scales the drawing to its column
NARROW = 3.9  # for a phone, where the letters of the wide drawing would be too small
TELLS = "tells "  # begins the id of a part that tells its value
STYLE = {
    "font.family": "Noto Sans SC",
    "font.size": 10.5,
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "text.parse_math": False,  # a name with two dollar signs is a name
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "axes.grid": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
FONT = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
font_manager.fontManager.addfont(FONT)
mpl.style.use(STYLE)  # nothing else in the project draws


def canvas(height: float, *, bare: bool = False, width: float = WIDTH) -> tuple[Figure, Axes]:
    """A drawing of the page's width; ``bare`` has no axes and uses the whole of it."""
    if bare:
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
        axes.set_axis_off()
        return figure, axes
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def tell(words: str, *artists: Artist) -> None:
    """Words, such as a name and its figure, that a reader gets who points at these parts of a drawing."""
    for artist in artists:
        artist.set_gid(TELLS + " ".join(words.split()))


def _saved(figure: Figure, name: str) -> str:
    raw = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(raw, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return raw.getvalue()


def _svg(figure: Figure, name: str, alt: str, width: str = "") -> Markup:
    """The drawing as an SVG element: ids prefixed with the exhibit's name, colours as CSS variables.

    width: "wide" or "narrow", for one of two drawings.
    """
    svg = _saved(figure, name)
    if lettering.brought_inside(figure):
        svg = _saved(figure, name)
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    # each letter is a reference: half of a drawing, were they not short
    letter = r'(<\w+ xlink:href="[^"]+") transform="translate\(([\d.]+) 0\)"'
    svg = re.sub(letter, lambda at: f'{at[1]} x="{float(at[2]):.1f}"', svg)
    svg = svg.replace(f"{FONT.stem}-", "")
    # marks and clips have names made of their places' last digits, which differ from one release of NumPy to another
    for number, made in enumerate(dict.fromkeys(re.findall(r'\bid="([a-z][0-9a-f]{10})"', svg))):
        svg = svg.replace(made, f"shape_{number}")
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    # the words are escaped already, for the attribute in which the drawing carries them
    svg = re.sub(rf'<\w id="{name}-{TELLS}([^"]*)">', lambda at: rendered("mark", words=Markup(at[1])), svg)
    for role, colour in COLOURS.items():
        svg = svg.replace(f": {colour}", f": var(--{role}, {colour})")
    _before, view, drawing = re.split(r'<svg[^>]*viewBox="([^"]+)"[^>]*>', svg, maxsplit=1)
    drawing, _end, _after = drawing.rpartition("</svg>")
    return rendered("svg", width=width, alt=alt, view=view, drawing=Markup(drawing))


def chart(
    figure: Figure,
    name: str,
    finding: str | Inline,
    alt: str,
    data: Dataset,
    drawn: pd.DataFrame,
    narrow: Figure | None = None,
    indicators: Collection[str] = (),
) -> Exhibit:
    """The exhibit; ``alt`` says what is drawn and ends with the finding.

    narrow: the same for a phone; a page shows one of the two, a notebook and paper the wide one.
    drawn: what the chart shows, in the form that `tables.whole` takes; its figures, after those of the finding,
    are the values of the exhibit, and their sections its source line. indicators: the columns of it that are.
    """
    plain = str(finding)
    table = tables.whole(drawn, name=name, caption=plain, data=data, indicators=indicators)
    alt = wording.beside(alt, plain)
    if narrow is None:
        body = _svg(figure, name, alt)
    else:
        body = _svg(figure, name, alt, "wide") + _svg(narrow, f"{name}-narrow", alt, "narrow")
    values = (*wording.figures([finding]), *table.values)
    return Exhibit("chart", name, finding, body, table.source, plain, values)


def finding_of(message: str, **parts: object) -> Inline:
    """A translated sentence whose placeholders are filled with linked figures and names."""
    return filled(message, parts)
