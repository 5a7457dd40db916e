"""What CONTRIBUTING.md shows can be copied."""

import re
from pathlib import Path

import pandas as pd

from analysis.exhibits.charts import economics as charts
from analysis.package.dataset import Dataset

ROOT = Path(__file__).resolve().parents[1]


def test_the_chart_of_the_guide_is_drawn_in_the_house_style(data):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    names = {**vars(charts), "Dataset": Dataset}
    exec(example, names)
    areas = {project: data.value(project, "floor_area") for project in data.projects.index}
    areas = pd.DataFrame({"floor_area": {project: area for project, area in areas.items() if area is not None}})
    exhibit = names["floor_areas"](areas, data)
    finding = exhibit.plain
    assert "largest floor area" in finding and finding in exhibit.body.split("aria-label=")[1].split(">")[0]
    assert "var(--series-1, #" in exhibit.body and "<text" not in exhibit.body
    assert exhibit == names["floor_areas"](areas, data), "the same bytes each time"
    assert repr(names["floor_areas"](areas[:0], data)) == "", "nothing where nothing is published"


def test_the_guide_names_commands_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make (\w+)`", text)) <= set(targets)
    for path in re.findall(r"`((?:src|book|tests)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path
