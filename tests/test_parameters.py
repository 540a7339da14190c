"""Parameters are checked before a kernel starts."""

import json

import pytest

from slackwater import parameters
from slackwater.errors import InputError

CELL = '''corpus: str = "../seeds"  # folder of pages
min_words: int = 3  # shortest sentence measured, in words [1..50]
level: float = 0.95  # of the intervals [0.5..0.999]
quotes: bool = True  # show evidence sentences
order: str = "time"  # of the pages {time, name}
'''


def notebook(path, source=CELL, tags=("parameters",)):
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}]}))
    return path


def test_the_cell_declares_name_type_default_and_what_is_allowed(tmp_path):
    found = parameters.declared(notebook(tmp_path / "n.ipynb"))
    assert {name: p.allowed for name, p in found.items()} == {
        "corpus": "text", "min_words": "a whole number from 1 to 50", "level": "a number from 0.5 to 0.999",
        "quotes": "true or false", "order": "one of time, name"}
    assert found["min_words"].default == 3


@pytest.mark.parametrize(("pair", "value"), [
    ("min_words=7", 7), ("level=0.9", 0.9), ("quotes=no", False), ("order=name", "name")])
def test_a_good_value_is_parsed(tmp_path, pair, value):
    assert parameters.checked([pair], [notebook(tmp_path / "n.ipynb")]) == {"n": {pair.split("=")[0]: value}}


@pytest.mark.parametrize(("pair", "words"), [
    ("min_words=abc", ["--param min_words=abc", "'abc'", "a whole number from 1 to 50 (default 3)"]),
    ("min_words=0", ["a whole number from 1 to 50"]),
    ("min_words=2.5", ["a whole number"]),
    ("level=nan", ["a number from 0.5 to 0.999"]),
    ("quotes=maybe", ["true or false"]),
    ("order=size", ["one of time, name"]),
    ("min_word=3", ["no notebook has a parameter 'min_word'", "Did you mean min_words?"]),
    ("corpus=/etc", ["no notebook has a parameter 'corpus'"]),
    ("min_words", ["expected name=value"]),
])
def test_a_bad_one_is_named_with_what_is_allowed(tmp_path, pair, words):
    with pytest.raises(InputError) as caught:
        parameters.checked([pair], [notebook(tmp_path / "n.ipynb")])
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(("source", "tags", "words"), [
    ("x = 3", ["parameters"], "expected `name: type = value"),
    ("x: list = []", ["parameters"], "type list is not one of"),
    ("x: int = ", ["parameters"], "parameter cell, line 1"),
    ("x: int = 3", [], "no cell tagged `parameters`"),
])
def test_a_cell_that_cannot_be_read_says_why(tmp_path, source, tags, words):
    with pytest.raises(InputError, match=words):
        parameters.declared(notebook(tmp_path / "n.ipynb", source, tags))
