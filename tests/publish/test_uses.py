"""When the data chapter is written anew: else its rows would lead to places that are gone."""

from types import SimpleNamespace

from analysis.publish import uses
from analysis.publish.uses import Place

APP = SimpleNamespace(config=SimpleNamespace(root_doc="book/index"))


def environment():
    return SimpleNamespace(found_docs={"book/index", "book/data", "book/claims"})


def test_it_is_when_any_page_was_read_again_and_only_then():
    env = environment()
    assert uses.rewrite(APP, env) == []
    uses.forget(APP, env, "book/claims")
    assert uses.rewrite(APP, env) == ["book/data"]
    assert uses.rewrite(APP, env) == []


def test_pages_read_side_by_side_are_joined_and_a_page_that_is_gone_is_forgotten():
    env, other = environment(), environment()
    here, there = Place("book/index", "findings", "Findings"), Place("book/claims", "tab-verdicts", "")
    env.analysis_uses = {"book/index": [("row-a", here)]}
    other.analysis_uses = {"book/claims": [("row-a", there)]}
    uses.merge(APP, env, ["book/claims"], other)
    assert env.analysis_uses == {"book/index": [("row-a", here)], "book/claims": [("row-a", there)]}
    uses.forget(APP, env, "book/index")
    assert env.analysis_uses == {"book/claims": [("row-a", there)]}
