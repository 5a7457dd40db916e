"""The prose of a chapter with its figures in place, as an output that can be stored and compared.

nbval compares the outputs of cells and no sentence: a figure that stands in the prose alone could change unseen. The
last cell of a chapter shows its sentences, and a notebook that is opened by itself shows them as they will be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.package.dataset import project_folder

EVAL = re.compile(r"\{eval\}`([^`]*)`")


@dataclass(frozen=True)
class Read:
    """Paragraphs with their figures; what is not published stands as what it is."""

    paragraphs: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n\n".join(self.paragraphs)


def prose(chapter: str, names: Mapping[str, object]) -> Read:
    """The paragraphs of a chapter that name figures.

    chapter: name of its notebook, without the ending, in the working directory or the book's. names: what its cells
    have defined. Raises FileNotFoundError, and whatever an expression of the prose raises.
    """
    here = Path(f"{chapter}.ipynb")
    path = here if here.exists() else project_folder().parent / "book" / here
    cells = json.loads(path.read_text("utf-8"))["cells"]
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    told = (EVAL.sub(lambda found: str(eval(found[1], dict(names))), text) for text in texts if EVAL.search(text))
    return Read(tuple(told))
