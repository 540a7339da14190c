"""Who wrote a page: lines of its head and its end → names. The pages were written for these tests."""

import pytest

from articles import BODY, TITLE
from slackwater import clean


def authors(*head: str, end: tuple[str, ...] = ()) -> list[str]:
    page = clean.page("\n".join(["Home", "News", *head, BODY, *end]))
    assert page.title == TITLE
    return page.authors


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        (["By Maren Oduya Updated: March 3, 2021"], ["Maren Oduya"]),
        (["By Maren Oduya , Tom Barrow and Ida March on March 3, 2021"], ["Maren Oduya", "Tom Barrow", "Ida March"]),
        (["Posted on March 3, 2021 Posted by Maren Oduya 59 Comments"], ["Maren Oduya"]),
        (["0 · by Maren Oduya · Updated on 3 March 2021"], ["Maren Oduya"]),
        (["Maren Oduya March 3, 2021"], ["Maren Oduya"]),
        (["Maren Oduya - Mar 3, 2021, 10:31 pm CST"], ["Maren Oduya"]),
        (["Maren Oduya•Updated on Mar 3, 2021 •28 min read"], ["Maren Oduya"]),
        (["109 Comments | Maren Oduya | Last Updated: March 3, 2021"], ["Maren Oduya"]),
        (["Monday March 1, 2021 7:45 am PST by Maren Oduya"], ["Maren Oduya"]),
        (["Maren Oduya @marenoduya / 2 days"], ["Maren Oduya"]),
        (["March 3, 2021", "Maren Oduya"], ["Maren Oduya"]),
        (["Maren Oduya", "March 3, 2021"], ["Maren Oduya"]),
        (["MAREN ODUYA", "3 MAR 2021"], ["MAREN ODUYA"]),
        (["Maren Oduya", "Tech Reporter"], ["Maren Oduya"]),
        (["By", "Maren Oduya"], ["Maren Oduya"]),
        (["Written by:", "Maren Oduya"], ["Maren Oduya"]),
        (["Contributors: Maren Oduya"], ["Maren Oduya"]),
        (["Maren van der Oduya, Staff Writer"], ["Maren van der Oduya"]),
        (["Tom Barrow, AP Auto Writer"], ["Tom Barrow"]),
        (["Tom Barrow in Ghent", "Reading Time: 2 minutes", "March 3, 2021"], ["Tom Barrow"]),
        (["By Éva Oduya"], ["Éva Oduya"]),
        (["By Herbert Read"], ["Herbert Read"]),
        (["By Thomas More | March 3, 2021"], ["Thomas More"]),
        (["By Mark Press", "March 3, 2021"], ["Mark Press"]),
        (["By Jane T. Watch and Tom Barrow"], ["Jane T. Watch", "Tom Barrow"]),
        (["BY HERBERT READ"], ["HERBERT READ"]),
        (["By Associated Press"], []),
        (["By Clicking Read More"], []),
        (["By Read More"], []),
        (["By Human Rights Watch"], []),
        (["By Senior Reporter"], []),
        (["By Courier News"], []),
        (["Herbert Read", "March 3, 2021"], []),  # without a "By" these words are those of a page
        (["by dyer"], ["dyer"]),
        (["By Dyer77 in Workshop"], ["Dyer77"]),
        (["By Courier Staff"], ["Courier Staff"]),
        (["By admin"], []),
        (["By 2030"], []),
        (["by river"], []),
        (["Sponsored by", "Corvane Dyes"], []),
        (["Reviewed by Maren Oduya on March 3, 2021"], []),
        (["Photo by Maren Oduya", "March 3, 2021"], []),
        (["Home Decor", "March 3, 2021"], []),  # no person: "decor" may be, but not where the page says "home"
        (["Great Flood", "March 3, 2021"], []),
        (["Human Resources", "March 3, 2021"], []),
        (["3 March 2021"], []),
    ],
)
def test_who_is_named_under_the_title(lines, who):
    assert authors(TITLE, *lines) == who


def test_a_person_the_article_tells_of_is_not_its_author():
    told = BODY.replace("the mayor said", "the mayor, Ada Lund, said")
    page = clean.page("\n".join([TITLE, "Ada Lund", "March 3, 2021", told]))
    assert page.authors == []


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        (["Published", "March 3, 2021", "Author", "Maren Oduya", "Related articles"], ["Maren Oduya"]),
        (["Maren Oduya", "Maren Oduya is a writer and covers ports. She joined it in 2011."], ["Maren Oduya"]),
        (["Maren Oduya", "I’m a freelance writer and live in Tidewell."], ["Maren Oduya"]),
        (["Related articles", "Ferry fares to rise", "By Tom Barrow", "Bridge to close", "By Ida March"], []),
    ],
)
def test_who_is_named_below_the_article(lines, who):
    assert authors(TITLE, end=tuple(lines)) == who


def test_the_line_under_the_title_wins_over_that_of_a_story_above_it():
    assert authors("Ferry fares to rise", "By Tom Barrow", TITLE, "By Maren Oduya") == ["Maren Oduya"]


def test_short_names_are_looked_for_in_one_sweep_of_the_page():
    """Many a line may be signed so: each was looked for in all others."""
    words = [f"q{a}{b}{c}x" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst" for c in "abcdefghijkl"]
    page = [TITLE, BODY, *(f"by {word}" for word in words for _ in "12")]
    assert clean.page("\n".join(page)).authors == []


FOOTER = ("Share", "Contact us", "Careers", "Advertise", "Newsletter", "Help", "Privacy Policy", "Terms of Use", "Jobs",
          "Press", "Cookies", "Sitemap", "Accessibility")


@pytest.mark.parametrize(
    ("line", "below", "far"),
    [
        ("By Maren Oduya", True, True),
        ("Written by Maren Oduya", True, True),
        ("Posted on March 3, 2021 by Maren Oduya", True, True),
        ("Posted byMaren OduyaMarch 3, 2021", True, True),
        ("Published by Maren Oduya", True, False),
        ("A report by Goldman Sachs", False, False),
        ("Download the report by Goldman Sachs", False, False),
        ("See the full story by Dow Jones", False, False),
        ("Words by Tesla Motors | Advertiser content", False, False),
        ("This site was contributed by Google Cloud", False, False),
        ("© 2021 by Harbour Courier", False, False),
    ],
)
def test_outside_the_article_a_line_says_plainly_who_wrote(line, below, far):
    assert bool(authors(TITLE, "March 3, 2021", end=("Share", "Careers", "Help", line))) is below
    assert bool(authors(TITLE, "March 3, 2021", end=(*FOOTER, line))) is far
