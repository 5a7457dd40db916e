"""A chapter that is gone must not stay on the site."""

from types import SimpleNamespace

from analysis.publish.extension import clear_old_pages


def test_pages_of_an_earlier_build_go_with_what_they_offered(tmp_path):
    (tmp_path / "book").mkdir()
    for name in ("book/one.html", "book/one.csv", "book/changes.html", "book/changes.ipynb", "search.html"):
        (tmp_path / name).touch()
    env = SimpleNamespace(found_docs={"book/one"})
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path, env=env)
    clear_old_pages(app, RuntimeError())  # of a failed build nothing is known
    assert (tmp_path / "book" / "changes.html").exists()
    clear_old_pages(app, None)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert left == ["book/one.csv", "book/one.html", "search.html"]
