"""A table as Parquet, as statistical systems hand over what is too long for a spreadsheet: the same cells as in CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from analysis.package.columns import Column
from analysis.package.descriptor import Unreadable
from analysis.package.typed_columns import Texts

SUFFIX = ".parquet"


def texts(path: Path) -> Texts:
    """What stands in a file, as a CSV file would have it; an empty cell as an empty text.

    Raises Unreadable where it is no such file, or what reads it is not installed; FileNotFoundError.
    """
    try:
        import pyarrow  # an extra: few packages are so large
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise Unreadable("is a Parquet file, which needs one thing more: pip install '.[scale]'") from None
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        with parquet.ParquetFile(path) as file:
            # column by column: all of them together lie in memory twice
            names = _named(file.schema_arrow.names)
            if again := next((name for name in names if names.count(name) > 1), None):
                raise Unreadable(f"has the column {again} more than once; keep one", "column-twice")
            columns = {name: _column(file.read([name])[name]) for name in names}
            pyarrow.default_memory_pool().release_unused()
            return _whole(columns, file.metadata.num_rows)
    except (pyarrow.ArrowException, OSError) as error:
        raise Unreadable(f"cannot be read as Parquet: {str(error).splitlines()[0]}") from None


def texts_of(table: Any) -> Texts:
    """The same of an Arrow table."""
    return _whole({name: _column(table[name]) for name in _named(table.column_names)}, table.num_rows)


def _named(columns: Iterable[str]) -> list[str]:
    """All but the index, which pandas leaves there."""
    return [name for name in columns if not name.startswith("__")]


def _whole(columns: Mapping[str, Column], rows: int) -> Texts:
    return Texts(columns, np.arange(2, rows + 2), len(columns), len(columns), {}, comma_decimals=False)


def _column(values: Any) -> Column:
    """Distinct texts of an Arrow column."""
    whole = values.combine_chunks() if hasattr(values, "combine_chunks") else values
    if str(whole.type) in ("string", "large_string"):  # as nearly all are, by the million: nothing is to be worded
        encoded = whole.fill_null("").dictionary_encode()
        return Column(encoded.indices.to_numpy(), [*encoded.dictionary.to_numpy(zero_copy_only=False), None])
    encoded = whole if hasattr(whole, "dictionary") else whole.dictionary_encode()
    kept: dict[str, int] = {}
    recoded = [kept.setdefault(_text(value), len(kept)) for value in [*encoded.dictionary.to_pylist(), None]]
    codes = encoded.indices.fill_null(len(recoded) - 1).to_numpy(zero_copy_only=False)
    return Column(np.array(recoded, np.int32)[codes.astype(np.int64)], [*kept, None])


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)
