"""Formulas beside the code that computes them, so that Methods prints what is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Computing = TypeVar("Computing", bound=Callable[..., object])


@dataclass(frozen=True)
class Formula:
    """latex: as it is set in Methods. words: as it stands beside a figure; a message that is translated."""

    latex: str = ""
    words: str = ""


def formula(latex: str = "", words: str = "") -> Callable[[Computing], Computing]:
    """Marks a function as that which computes a formula; it gets an attribute ``formula``.

    >>> formula(words="a ÷ b")(lambda a, b: a / b).formula.words
    'a ÷ b'
    """

    def marked(function: Computing) -> Computing:
        function.formula = Formula(latex, words)  # type: ignore[attr-defined]
        return function

    return marked
