"""The faces of the PDF: Noto Serif SC and Noto Sans SC from packages, and the bold that no package ships as a file.

Song for the text and Hei for headings and emphasis is how Chinese books are set; the Latin of the two, Source
Serif and Source Sans, serves the English edition. The bold is cut out of the variable Noto Sans CJK.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import manimgx_fonts_cjk
import pylopdf_fonts_zh_cn
from fontTools.cffLib.CFF2ToCFF import convertCFF2ToCFF
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

REGULAR = Path(pylopdf_fonts_zh_cn.__file__).parent
VARIABLE = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"
SIMPLIFIED = 2  # its place among the faces of the collection
WEIGHT = 600
# what the style sheet and Pango ask for; the rest of the face's features would only bring unused glyphs
FEATURES = ["halt", "kern", "locl", "pwid"]


def style_sheet(characters: str, folder: Path) -> str:
    """The @font-face rules of the families "Book Serif", "Book Sans" and "Book Heading".

    characters: all that the bold must be able to set. folder: where it is kept for the next build.
    """
    faces = (
        ("Book Serif", REGULAR / "NotoSerifSC-Regular.otf"),
        ("Book Sans", REGULAR / "NotoSansSC-Regular.otf"),
        ("Book Heading", bold(characters, folder)),
    )
    return "".join(f'@font-face {{ font-family: "{family}"; src: url("{file.as_uri()}"); }}' for family, file in faces)


def bold(characters: str, folder: Path) -> Path:
    """The file of the bold face, cut anew when the characters differ from those of the build before."""
    wanted = "".join(sorted(set(characters)))
    key = hashlib.sha256(f"{VARIABLE.stat().st_size} {WEIGHT} {FEATURES} {wanted}".encode()).hexdigest()[:12]
    file = folder / f"bold-{key}.otf"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("bold-*.otf"):
            old.unlink()
        file.write_bytes(_cut(wanted))
    return file


def _cut(characters: str) -> bytes:
    """The characters at the weight of a heading, as a font of one weight; the same bytes each time."""
    options = Options(layout_features=FEATURES, notdef_outline=True, drop_tables=["vhea", "vmtx", "VVAR", "VORG"])
    font = TTFont(VARIABLE, fontNumber=SIMPLIFIED, lazy=True, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": WEIGHT}, inplace=True)
    font = _reloaded(font)
    # a PDF knows the older outlines only; the conversion forgets the glyphs that were not read before it
    font["CFF2"].cff.topDictIndex[0].CharStrings  # noqa: B018
    convertCFF2ToCFF(font)
    return _written(font)


def _reloaded(font: TTFont) -> TTFont:
    return TTFont(io.BytesIO(_written(font)), recalcTimestamp=False, recalcBBoxes=False)


def _written(font: TTFont) -> bytes:
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
