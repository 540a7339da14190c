"""What a line looks like on its own: no pattern is passed over that would have matched."""

import pytest

from slackwater.cleaning import facts, looks, phrases

_ALL = sum(phrases.SIGNS)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Maren Oduya, Staff Writer", ("byline", "a name with a role or a place")),
        ("Maren Oduya, ſtaff wrıter", ("byline", "a name with a role or a place")),  # as where case is ignored
        ("Maren Oduya, EDİTOR", ("byline", "a name with a role or a place")),
        ("Maren Oduya in Ghent", ("byline", "a name with a role or a place")),
        ("comments" + "!" * 300, ("widget", "comment form")),
        ("The ferry at dawn. IMAGE: Maren Oduya", ("caption", "ends in a photo credit")),
        ("The ferry at dawn (Maren Oduya /Courier)", ("caption", "ends in a photo credit")),
        ("Ghent, 4 Sept", ("dateline", "a date on its own line")),
        ("2019/3/4", ("dateline", "a date on its own line")),
        ("2019年3月", ("dateline", "a date on its own line")),
        ("About 3 Hours AGO", ("dateline", "an age on its own line")),
        ("No. ² of all", None),
    ],
)
def test_a_line_looks_the_same_with_its_own_signs_as_with_all(line, hint):
    assert facts.of_lines([line]).hints == [hint]
    assert looks.hint(line, len(line.split()), _ALL, True) == hint
