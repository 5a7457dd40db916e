"""An earlier edition out of the project's history, whatever Python unpacks it with."""

import tarfile

import pytest
from spoiled import add, commit, spoil

from analysis.package import revisions
from analysis.package.dataset import load


def test_a_revision_is_unpacked_into_a_folder_that_goes_away(repository, data):
    (repository / "zones.csv").unlink()
    with revisions.folder("HEAD") as folder:
        assert load(folder).quantities == data.quantities
    assert not folder.exists()


def test_nothing_is_asked_of_tarfile(repository, data, monkeypatch):
    """Python 3.11.2, which Debian 12 has, knows no filter there."""
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    monkeypatch.setattr(tarfile, "open", None)
    with revisions.folder("HEAD") as folder:
        assert load(folder).zones.equals(data.zones)


def test_a_link_in_the_history_leads_nowhere(repository, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret")
    (repository / "zones.csv").unlink()
    (repository / "zones.csv").symlink_to(secret)
    commit(repository)
    with revisions.folder("HEAD") as folder:
        assert not (folder / "zones.csv").is_symlink()
        assert (folder / "zones.csv").read_text() == str(secret)


@pytest.mark.parametrize("name", ["no-such-edition", "", "--output=x"])
def test_neither_folder_nor_revision(repository, name):
    with pytest.raises(revisions.UnknownEdition, match="neither a folder nor a revision"), revisions.folder(name):
        pass


# what things are called


def changes(copy, data):
    return [tuple(row) for row in revisions.renamed(data, load(copy)).itertuples(index=False)]


def test_the_same_package_has_no_other_names(copy, data):
    assert changes(copy, data) == []


def test_a_renamed_zone_is_seen(copy, data):
    """No figure changes, so that a comparison of figures says that nothing did."""
    spoil(copy, "Beipiao Economic Development Zone", "Beipiao New Zone", "zones.csv")
    (row,) = changes(copy, data)
    assert row == (
        *("zones", "beipiao", "renamed", "full_name_en"),
        *("Beipiao Economic Development Zone", "Beipiao New Zone"),
    )


def test_a_redefined_indicator_is_seen_and_one_shown_elsewhere_is_not(copy, data):
    spoil(copy, "firms,firms,ladder,count", "firms,firms,,count", "indicators.csv")
    assert changes(copy, data) == []
    spoil(copy, ",stock,km,", ",stock,m,", "indicators.csv")
    (row,) = changes(copy, data)
    assert row[2:] == ("redefined", "unit", "km", "m")


def test_a_zone_that_lies_elsewhere_is_seen(copy, data):
    add(copy, "fuxin,city,Fuxin,阜新,liaoning", file="places.csv")
    spoil(copy, "kazuo,chaoyang", "kazuo,fuxin", "zones.csv")
    assert changes(copy, data) == [("zones", "kazuo", "moved", "city", "chaoyang", "fuxin")]


def test_another_id_of_the_same_thing_is_seen(copy, data):
    spoil(copy, "yunda,", "jinhua,", "firms.csv")
    spoil(copy, "yunda", "jinhua", "links.csv")
    assert changes(copy, data) == [("firms", "jinhua", "rekeyed", "id", "yunda", "jinhua")]
