"""Stock phrases of the web: what a line is, starts with or holds."""

from __future__ import annotations

import pytest

from slackwater.cleaning import phrases


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("© 2024 The Harbour Courier", "legal"),  # a start of one character
        ("Mail © Courier", None),
        ("All rights reserved.", "legal"),
        ("Follow us on Instagram", "widget"),
        ("Commentary", None),  # a start ends with a word
        ("The mayor said the harbour would stay open.", None),
    ],
)
def test_a_line_looks_like_the_phrase_it_is_or_starts_with(line, label):
    (hint,), _ = phrases.hints([phrases.key(line)])
    assert (hint and hint.label) == label


def test_each_line_has_its_own_hint_and_the_first_phrase_counts():
    lines = ("We use cookies. All rights reserved.", "Harbour news", "", "Leave a comment")
    keys = [phrases.key(line) for line in lines]
    alone = [phrases.hints([key]) for key in keys]
    assert phrases.keys(list(lines)) == keys
    assert phrases.hints(keys) == ([hint for (hint,), _ in alone], [signs for _, (signs,) in alone])
    assert [hint and hint.label for (hint,), _ in alone][1:3] == [None, None]


def test_signs_of_a_line_are_what_stands_in_it():
    keys = phrases.keys(["Photo: Ann Lee", "4 May · 3 comments", "Two days ago", "Ann Lee, Senior Editor", "Ferry"])
    signs = phrases.hints(keys)[1]
    assert signs == [phrases.CREDIT, phrases.MONTH | phrases.COMMENT, phrases.AGO, phrases.ROLE, 0]


def test_half_of_a_surrogate_pair_matches_nothing_and_moves_nothing():
    keys = ["\ud800 harbour \udc00\ud800", "all rights reserved", "ferry"]
    assert [hint and hint.label for hint in phrases.hints(keys)[0]] == [None, "legal", None]
