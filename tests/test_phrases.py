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
    (hint,) = phrases.hints([phrases.key(line)])
    assert (hint and hint.label) == label


def test_each_line_has_its_own_hint_and_the_first_phrase_counts():
    lines = ("We use cookies. All rights reserved.", "Harbour news", "", "Leave a comment")
    keys = [phrases.key(line) for line in lines]
    alone = [phrases.hints([key])[0] for key in keys]
    assert phrases.hints(keys) == alone
    assert [hint and hint.label for hint in alone][1:3] == [None, None]


def test_half_of_a_surrogate_pair_matches_nothing_and_moves_nothing():
    keys = ["\ud800 harbour \udc00\ud800", "all rights reserved", "ferry"]
    assert [hint and hint.label for hint in phrases.hints(keys)] == [None, "legal", None]
