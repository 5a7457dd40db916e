"""What the archive tells machines of a package that says little of itself."""

from dataclasses import replace

import pytest

from analysis.publish import crate

NAME, PATH = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("licences", "rights", "name"),
    [
        ([{"name": NAME, "path": PATH}], PATH, NAME),
        ([{"name": NAME}], f"#{NAME}", NAME),
        ([], "#no-licence-named", "No licence named"),
        (None, "#no-licence-named", "No licence named"),
    ],
)
def test_a_licence_that_is_named_in_part_is_told_so_far(data, licences, rights, name):
    given = {key: value for key, value in data.descriptor.items() if key != "licenses"}
    given |= {} if licences is None else {"licenses": licences}
    graph = crate.described(replace(data, descriptor=given), {"data/observations.csv": 1}, 0)["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert entities[rights]["name"] == name
    assert entities["./"]["license"] == {"@id": rights}
