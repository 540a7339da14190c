"""What a line looks like on its own, and which lines are remembered."""

from slackwater.cleaning import looks


def test_a_long_line_looks_the_same_and_is_not_remembered():
    short, long = "Maren Oduya, Staff Writer", "Photo by Maren " + "Oduya" * 40
    looks._remembered.cache_clear()
    assert looks.hint(short, 4) == ("byline", "a name with a role or a place")
    assert looks.hint("comments" + "!" * 300, 1) == ("widget", "comment form")
    assert looks.hint(long, 3) is None
    assert looks._remembered.cache_info().currsize == 1
