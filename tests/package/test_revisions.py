"""An earlier edition out of the project's history, whatever Python unpacks it with."""

import tarfile

import pytest
from spoiled import commit

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
