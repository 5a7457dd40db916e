"""Text as a keyboard or a spreadsheet leaves it: full-width signs, blanks of all widths."""

from __future__ import annotations

import re

# every blank that Unicode knows
BLANKS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-")}
_FULL_WIDTH |= {ord(blank): ord(" ") for blank in BLANKS if blank not in "\t\r\n"}


def half_width(text: str) -> str:
    """The text with full-width digits and punctuation, and blanks of all widths, as on a keyboard.

    Not Unicode's own compatibility form: that makes 102 of 10².
    """
    return text.translate(_FULL_WIDTH)


def plain(identifier: str) -> str:
    """An id as it was before a spreadsheet or a keyboard changed it: small letters, no blanks."""
    return re.sub(r"\s", "", half_width(identifier)).casefold()
