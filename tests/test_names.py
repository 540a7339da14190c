"""Names of the subject as whole words, in any case, on any line."""

import pytest

from slackwater import corpus
from slackwater.names import Names, Subject


@pytest.mark.parametrize(("names", "text", "there"), [
    (["Acme"], "ACME's plant", True), (["Acme"], "Acmeists write verse", False), (["Acme"], "an acme_thing", True),
    (["Acme Motors"], "Acme\nMotors said", True), (["Acme Motors"], "Acme said", False),
    (["Acme", "the carmaker"], "The carmaker said", True), (["Jaguar / Land Rover"], "Land Rover said", True),
    (["Yahoo!"], "Yahoo! said", True), (["C&A"], "C&A said", True), (["C&A"], "C A said", False),
    (["微软"], "报道称微软关闭了实验室", True), (["Łódź"], "in ŁÓDŹ on Monday", True), (["a.b"], "axb", False),
])
def test_a_name_is_found_as_a_word(names, text, there):
    assert Names(names).within(text) is there


@pytest.mark.parametrize(("text", "missing"), [
    ("Acme opened in Ghent", None), ("Acme opened", "does not name Ghent"), ("In Flanders, Acme", None),
    ("Ghent is a town", "does not name Acme"), ("Weather", "does not name Acme or Ghent"),
])
def test_what_is_missing_is_told_by_the_first_name(tmp_path, text, missing):
    (tmp_path / "corpus.yaml").write_text("title: A\ncompany: Acme\nplace: Ghent\naliases: {place: [Flanders]}\n")
    assert Subject(corpus.load(tmp_path, empty=True)).missing(text) == missing
