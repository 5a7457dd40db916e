"""The rules of coding: each row is coded as its printed words say, and the package's own rows all keep theirs."""

import pytest
from spoiled import only, spoil

from analysis import load
from analysis.package.coding import listed


@pytest.mark.parametrize(
    ("old", "new", "file", "column", "word"),
    [
        # over 1.1 billion is no lower bound that holds the figure itself
        ("11,,more_than,expected", "11,,at_least,expected", "observations.csv", "qualifier", "超"),
        # what can be reached is expected, not realised
        ("40,40,exact,expected", "40,40,exact,realised", "observations.csv", "status", "可实现"),
        # a firm that a chain relies on is not called its lead
        ("langma,relied_on", "langma,lead", "links.csv", "role", "依托"),
        # under construction in the title of the column
        (
            "tuobituo,Tuobituo precision feed,拓比拓精控饲料加工,under_construction",
            "tuobituo,Tuobituo precision feed,拓比拓精控饲料加工,operating",
            "projects.csv",
            "stage",
            "在建",
        ),
        ("forming,聚链成势", "formed,聚链成势", "chains.csv", "maturity", "聚链成势"),
        ("2025-12,up_to", "2025-12,exact", "milestones.csv", "qualifier", None),
        # jobs that a project brings along are not its own
        ("tuobituo-feed,induced_jobs", "tuobituo-feed,jobs", "observations.csv", "indicator", "带动"),
    ],
)
def test_a_row_is_coded_as_its_words_say(copy, old, new, file, column, word):
    spoil(copy, old, new, file)
    if word is None:  # no word stands for exactly that month: nothing contradicts it
        load(copy)
        return
    only(copy, f"{file}, row ", f"column {column}", f"the printed word {word} stands for")


def test_a_word_stands_for_one_code_of_a_column(copy):
    spoil(copy, "至,The source gives two ends", "至; 左右,The source gives two ends", "coding.csv")
    only(copy, "coding.csv, row ", "column printed", "左右 stands for approximate already")


def test_a_rule_about_no_column_is_refused(copy):
    """Methods prints the rules: the build would stop at one that is about nothing."""
    spoil(copy, "links.role,lead", "links.rolle,lead", "coding.csv")
    only(copy, "coding.csv, row ", "column field: 'links.rolle'", "did you mean links.role?")


def test_every_word_for_the_state_of_a_chain_has_its_state_and_place(copy):
    spoil(copy, "forming; forming; formed", "forming; formed", "chains.csv")
    only(copy, "chains.csv, row ", "column maturity", "as many states as words in printed and places in locator")


def test_every_row_that_is_not_plain_keeps_its_words(data):
    """A second reader can see on what each code of the package turns."""
    figures = data.observations
    turned = (figures["qualifier"] != "exact") | (figures["status"] != "realised")
    firms = data.links[data.links["firm"].notna() & (data.links["role"] != "member")]
    stages = data.milestones[data.milestones["event"] != "approval"]  # a column of the catalogue, not a word of it
    for rows in (figures[turned], firms, data.projects, stages, data.chains):
        assert rows["printed"].notna().all()


def test_the_words_of_the_package_are_all_in_its_rules(data):
    known = {word for words in data.coding["printed"].dropna() for word in listed(words)}
    tables = (data.observations, data.links, data.projects, data.milestones, data.chains)
    used = {word for table in tables for words in table["printed"].dropna() for word in listed(words)}
    assert used <= known
