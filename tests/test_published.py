"""When a page was published: the lines of its head and end → a date, as partial as they state it, and the line."""

import pytest

from articles import BODY, TITLE
from slackwater import clean


def said(*head: str, end: tuple[str, ...] = ()) -> tuple[str | None, str | None]:
    page = clean.page("\n".join(["Home", "News", *head, BODY, *end]))
    assert page.title == TITLE
    return page.published, page.published_from


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Published: Mar 3rd, 2021", "2021-03-03"),
        ("3 March 2021 at 10:04", "2021-03-03"),
        ("Wednesday, March 3, 2021 4:05 pm", "2021-03-03"),
        ("Published 4:00 am CST, Wednesday, March 3, 2021", "2021-03-03"),
        ("MARCH 3, 2021 10:43", "2021-03-03"),
        ("Wed, Mar 3 20214:29 AM ESTUpdated an hour ago", "2021-03-03"),
        ("2021-03-03T10:04:00+01:00", "2021-03-03"),
        ("3.3.2021", "2021-03-03"),
        ("13.4.2021, 08:57", "2021-04-13"),
        ("3.4.2021", None),
        ("March 2021", "2021-03"),
        ("March 3", None),
        ("Maren Oduya - Mar 3, 2021, 10:31 pm CST", "2021-03-03"),
        ("0 · by Maren Oduya · 3 March 2021 · 4 min read", "2021-03-03"),
        ("Posted on March 3, 2021 in Ports, Works, Towns, Dyes and Other Things That We Like to Tell of", "2021-03-03"),
        ("Last updated: 3 March 2021", None),
        ("By Maren Oduya Updated March 3, 2021, 10:28am EST", None),
        ("Reviewed by Tom Barrow on March 3, 2021", None),
        ("Updated March 5, 2021 8:21 am / Original March 3, 2021 8:02 am", "2021-03-03"),
        ("Published March 3, 2021, updated March 5, 2021", "2021-03-03"),
        ("March 5, 2021March 3, 2021 by Maren Oduya", "2021-03-03"),
        ("March 3, 2021 – March 5, 2021", None),
        ("© 2021 The Harbour Courier", None),
    ],
)
def test_what_a_line_under_the_title_says(line, iso):
    assert said(TITLE, line) == (iso, "line 4" if iso else None)


def test_the_day_of_publication_wins_over_that_of_the_last_change():
    assert said(TITLE, "Updated: 5 March 2021", "Published: 3 March 2021") == ("2021-03-03", "line 5")
    assert said(TITLE, "3 March 2021", "Updated: 5 March 2021") == ("2021-03-03", "line 4")


def test_the_line_under_the_title_wins_over_the_date_of_a_story_above_it():
    assert said("Ferry fares to rise", "March 1, 2021", TITLE, "March 3, 2021") == ("2021-03-03", "line 6")


def test_a_label_may_stand_on_the_line_above():
    assert said(TITLE, end=("Published", "March 3, 2021")) == ("2021-03-03", "line 10")
    assert said(TITLE, "Last updated", "March 3, 2021") == (None, None)


def test_the_dates_of_other_stories_and_of_comments_are_none_of_the_page():
    related = ("Related articles", "Harbour bridge to close", "March 1, 2021", "Ferry fares to rise", "March 2, 2021")
    assert said(TITLE, end=related) == (None, None)
    assert said(TITLE, end=("2 comments", "Tom says", "March 4, 2021 at 8:28 am", "So it opened!")) == (None, None)


def test_far_from_the_article_one_date_of_publication_counts_and_of_several_none():
    notes = ("Share", "Contact us", "Careers", "Advertise", "Newsletter", "Help", "Privacy Policy", "Terms of Use")
    assert said(TITLE, end=(*notes, "Published on March 3, 2021")) == ("2021-03-03", "line 17")
    assert said(TITLE, end=(*notes, "Published on March 3, 2021", "Published on March 4, 2021")) == (None, None)


@pytest.mark.parametrize("own", ["March 3, 2020", "Published March 3, 2020", "By Maren Oduya, March 3, 2020"])
@pytest.mark.parametrize(
    "below",
    [
        ["Posted on May 9, 2021"],  # the first comment
        ["Published May 9, 2019"],  # the next story
        ["Tom Barrow", "Posted May 9, 2021"],
    ],
)
def test_a_date_below_the_article_counts_only_where_none_stands_above(own, below):
    assert said(TITLE, own, end=tuple(below)) == ("2020-03-03", "line 4")
    assert said(TITLE, end=tuple(below))[0] is not None
