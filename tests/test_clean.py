# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""Cleaning: a page in, labelled lines out. The pages here were written for these tests; the seeds stand in seeds/."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import articles
from slackwater import clean, formats
from slackwater.cleaning import metadata
from slackwater.cleaning.lines import Raw

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))

PAGE = """Skip to main content
Home
News
Business
Subscribe
The Harbour Courier
Advertisement
Corvane to shut its Tidewell dye works in May, ending a century of work there
About 240 people will lose their jobs, and the city says it was told only on Monday
By Maren Oduya
14 March 2023
3 min read
Share on Facebook
Corvane's dye works at Tidewell, seen from the river. Photo: Ilse Brandt
TIDEWELL, March 14 - Corvane will close its dye works in Tidewell at the end of May, the company told its workers on Monday.
The works opened in 1921 and once employed 2,000 people. It has lost money in each of the past four years, according to the company's reports.
“We looked at every way of keeping it open,” said Ada Lund, who runs the firm's European plants. “None of them would have lasted.”
A place with few other employers
The union said it would fight the closure. Its secretary, Tom Barrow, said that the order books were full until August.
Corvane's dye works at Tidewell, seen from the river. Photo: Ilse Brandt
The city has offered to buy the land, and a decision is expected in the summer.
Maren Oduya covers industry and ports for the Courier. She joined the paper in 2011.
Related articles
Harbour bridge to close for repairs
Ferry fares to rise by a tenth
Leave a comment
Your email address will not be published. Required fields are marked *
Privacy Policy
© 2023 The Harbour Courier. All rights reserved.
"""


@pytest.fixture(scope="module")
def page() -> clean.CleanPage:
    return clean.page(PAGE)


def label_of(page: clean.CleanPage, start: str) -> str:
    return next(
        line.label for number, line in enumerate(page.lines) if PAGE.splitlines()[line.number - 1].startswith(start)
    )


@pytest.mark.parametrize(
    ("start", "label"),
    [
        ("Corvane to shut", "title"),
        ("About 240", "standfirst"),
        ("By Maren", "byline"),
        ("14 March", "dateline"),
        ("3 min", "widget"),
        ("Share on", "widget"),
        ("TIDEWELL", "dateline"),
        ("The works", "body"),
        ("“We looked", "quote"),
        ("A place with", "heading"),
        ("Corvane's dye", "caption"),
        ("The city", "body"),
        ("Maren Oduya covers", "bio"),
        ("Related", "related"),
        ("Harbour bridge", "related"),
        ("Ferry fares", "related"),
        ("Leave a", "widget"),
        ("Your email", "form"),
        ("Privacy", "legal"),
        ("©", "legal"),
        ("Skip", "boilerplate"),
    ],
)
def test_every_line_has_the_label_a_reader_would_give_it(page, start, label):
    assert label_of(page, start) == label


def test_what_the_page_says_about_itself(page):
    assert page.title.startswith("Corvane to shut its Tidewell dye works")
    assert page.standfirst.startswith("About 240 people")
    assert page.authors == ["Maren Oduya"]
    assert (page.published, page.published_from) == ("2023-03-14", "line 11")
    assert page.place == "Tidewell"
    assert page.publisher == "The Harbour Courier"
    assert (page.kind, page.language, page.fault) == ("news", "en", None)


@pytest.mark.parametrize(
    ("byline", "authors", "publisher"),
    [
        ("By Maren Oduya, The Ghent Post", ["Maren Oduya"], "The Ghent Post"),
        ("By Maren Oduya and Tom Barrow, Ghent Daily News", ["Maren Oduya", "Tom Barrow"], "Ghent Daily News"),
        ("By Maren Oduya, Special to The Ghent Post", ["Maren Oduya"], "The Ghent Post"),
        ("By Maren Oduya, Reuters", ["Maren Oduya"], "Reuters"),
        ("By Maren Oduya, Tom Barrow and Ida March", ["Maren Oduya", "Tom Barrow", "Ida March"], "The Harbour Courier"),
        ("By Maren Oduya, Staff Writer", ["Maren Oduya"], "The Harbour Courier"),
        ("Text by Ida March", ["Ida March"], "The Harbour Courier"),
        ("by Ida March | Ports | 8 min read", ["Ida March"], "The Harbour Courier"),
        ("Posted by Ida March 59 Comments", ["Ida March"], "The Harbour Courier"),
        ("Maren Oduya", ["Maren Oduya"], "The Harbour Courier"),  # introduced below the article
    ],
)
def test_who_wrote_a_page_and_for_whom(byline, authors, publisher):
    page = clean.page(PAGE.replace("By Maren Oduya", byline))
    assert (page.authors, page.publisher) == (authors, publisher)


def test_of_two_titles_the_one_that_the_page_is_named_after_is_taken():
    named = "Corvane to shut its Tidewell dye works in May, ending a century of work there"
    page = clean.page(PAGE.replace("Skip to main content", f"{named} - The Harbour Courier"))
    assert page.title == named


@pytest.mark.parametrize("line", ["Copyright Infringement", "Copyright Menu"])
def test_a_link_to_the_law_names_no_publisher(line):
    assert clean.page(f"{PAGE}{line}\n").publisher == "The Harbour Courier"


def test_who_owns_a_picture_is_no_publisher():
    links = "Ferry fares to rise by a tenth\n" * 12
    page = PAGE.replace("© 2023 The Harbour Courier. All rights reserved.\n", links)
    assert clean.page(page.replace("3 min read", "© Ilse Brandt")).publisher is None


TITLE = "Corvane to shut its Tidewell dye works in May, ending a century of work there"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"{TITLE} | The Harbour Courier", TITLE),
        (f"{TITLE} - Business", TITLE),  # another line of the page, so no part of the title
        (f"{TITLE} - and its dyers", f"{TITLE} - and its dyers"),
        (f"Ferry fares to rise in Tidewell, too\n{TITLE}", TITLE),
        (f"Home » Business » {TITLE}\n{TITLE}", TITLE),
        (f"Home » Business\n{TITLE}.", f"{TITLE}."),
        (f"{TITLE}\n“The dye works at the river” - a postcard", TITLE),
        (f"{TITLE}\nThe dye works at Tidewell. (Ilse Brandt/The Courier)", TITLE),
    ],
)
def test_what_is_the_title_of_a_page(head, title):
    assert clean.page(PAGE.replace(TITLE, head)).title == title


def test_a_title_may_stand_far_above_the_text_where_it_is_signed():
    toc = "\n".join(f"{n}. The dye works, part {n}" for n in range(1, 90))
    page = clean.page(PAGE.replace("3 min read", toc))
    assert (page.title, page.authors, page.published) == (TITLE, ["Maren Oduya"], "2023-03-14")


def test_the_text_is_the_body_alone(page):
    lines = page.text.splitlines()
    assert lines[0].startswith("Corvane will close its dye works")  # the dateline is stripped, the line stays
    assert lines[-1].startswith("The city has offered")
    assert len(lines) == 6


def test_every_line_is_accounted_for(page):
    assert [line.number for line in page.lines] == list(range(1, len(PAGE.splitlines()) + 1))
    assert all(line.why for line in page.lines)


def test_the_json_form(page):
    said = page.as_dict()
    assert set(said) == {"text", "title", "standfirst", "published", "authors", "publisher", "kind", "lines"}
    assert said["lines"][0] == {"line": 1, "label": "boilerplate", "kept": False, "why": "site navigation"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "-\n-\n",
        "Home\nNews\nSport\nSubscribe\n",
        "\x00\x00",
        "Menu\n© 2020 Firm. All rights reserved.\n" * 30,
    ],
)
def test_a_page_without_an_article_keeps_nothing(text):
    page = clean.page(text)
    assert page.fault == clean.NO_ARTICLE
    assert not page.text
    assert page.published is None


def test_hard_wrapped_text_is_unwrapped():

    body = (
        "The ferry company said on Tuesday that it would move its headquarters from the old customs house to a new building "
        "on the northern quay, where it has rented four floors for ten years."
    )
    wrapped = "\n\n".join(textwrap.fill(f"{body} It is paragraph {k}.", 78) for k in range(6))
    page = clean.page(wrapped)
    assert page.text.splitlines()[2] == f"{body} It is paragraph 2."
    assert any("hard-wrapped" in note for note in page.notes)
    assert page.lines[1].why == "continues line 1"


PERSON = "Dr. Maren Oduya, Corvane Vice President, told the fair that the firm would keep its second works on the coast, where it has friends."
RIVER = "Such a dye works needs the land as well, and the firm has bought the fields beside the harbour."


@pytest.mark.parametrize(("again", "label", "why"), [
    ("Dr. Maren Oduya, Corvane Vice President, opens the fair.", "caption", "introduces again"),
    (RIVER, "caption", "repeats line 1"),
    ("Such a dye works needs the river, and more of it than the city can give in a dry summer.", "body", "reads as the article"),
])
def test_what_stands_above_already_is_stored_once_and_sentences_may_begin_alike(again, label, why):
    page = clean.page(f"{RIVER}\n{PERSON}\n{again}\nThe mayor thanked the firm and its workers, and asked for a wall against the smell of the dyes.")
    line = page.lines[2]
    assert (line.text, line.label, line.kept) == (again, label, label == "body") and why in line.why


def test_a_page_saved_as_one_line_is_flagged():
    page = clean.page(" ".join(PAGE.split()) * 2)
    assert any("one line" in note for note in page.notes)
    assert page.text


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("Reading Time:2 minutes", "Reading Time: 2 minutes"),
        ("It closed in March.The sign is gone.", "It closed in March. The sign is gone."),
        ("By Meg OkoroStaff Writer", "By Meg Okoro Staff Writer"),
        ("It runs on Node.js and costs 4.50 a month.", "It runs on Node.js and costs 4.50 a month."),
    ],
)
def test_glued_pieces_come_apart(glued, apart):
    from slackwater.cleaning import lines

    assert lines.unglue(glued) == apart


def test_a_name_glued_to_its_place_comes_apart_where_the_page_knows_the_name():
    page = clean.page(
        "Port strike ends\nIda Marchin Lisbon\n" + PAGE.split("TIDEWELL, March 14 - ")[1] + "Photo: Ida March\n"
    )
    assert "Ida March in Lisbon" in [line.text for line in page.lines]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_the_seeds_are_read_as_articles(path):
    page = clean.page(path.read_text(encoding="utf-8"))
    assert page.fault is None
    assert len(page.text.split()) > 150


SAID = [
    (None, ["Jill Shen"], None, None),
    ("Microsoft shutters AI lab in Shanghai", ["Wency Chen"], "South China Morning Post", None),
    ("Microsoft Zhangjiang Lab Rumored to Close", [], "PlastMatch", None),
    ("Shanghai’s Push for AI", [], None, None),
    ("Microsoft establishes Microsoft Research", [], "Microsoft", ("2018-09-17", "line 5")),
]


@pytest.mark.parametrize(("path", "said"), list(zip(SEEDS, SAID, strict=True)), ids=lambda p: getattr(p, "stem", "")[:3])
def test_what_the_seeds_say_about_themselves(path, said):
    page = clean.page(path.read_text(encoding="utf-8"))
    title, authors, publisher, published = said
    assert page.title is title is None or page.title.startswith(title)
    assert (page.authors, page.publisher) == (authors, publisher)
    assert (page.published, page.published_from) == (published or (None, None))


@given(st.lists(st.sampled_from(PAGE.splitlines()), max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_shuffled_lines_raise_nothing_and_add_nothing(lines):
    page = clean.page("\n".join(lines))
    there = "".join("".join(lines).split())
    assert all("".join(line.text.split()) in there for line in page.lines if line.kept)


@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: t.encode("utf-16-le", "surrogatepass")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_read_or_refused(data):
    text, encoding, fault = formats.decode(data)
    assert encoding and isinstance(text, str)
    page = clean.page(text)
    there = "".join(text.split())
    assert fault is None or not text
    assert all("".join(line.text.split()) in there for line in page.lines if line.kept)


@pytest.mark.parametrize("aside", ["", " (Editing by Ann Lee)", " ($1 = 0.62 pounds) (Reporting by Bo Roy; editing by Ann Lee)",
                                   " [The town is not named.]"])
def test_an_aside_after_the_last_sentence_makes_no_paragraph_furniture(aside):
    lead = "GHENT (Example) - Acme said on Monday that it would close its plant in Ghent in June and move the work to Lyon."
    told = " ".join(f"The works council met for the {n}th time, and said that it would go on with its talks." for n in range(9))
    page = clean.page(f"Acme to close plant in Ghent\nBy Cy Dora\n3 May 2021\n\n{lead}\n\n{told}{aside}\n")
    assert [line.kept for line in page.lines][-2:] == [True, True]
    assert "for the 8th time" in page.text


@pytest.mark.parametrize("width", [60, 78, 100, 118])
def test_a_short_story_is_read_however_wide_it_was_broken(width):
    broken = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in articles.ELSEWHERE.split("\n") if paragraph)
    page, whole = clean.page(broken), clean.page(articles.ELSEWHERE)
    assert page.fault is None and page.text.split() == whole.text.split()


def test_a_text_with_half_of_a_surrogate_pair_is_read():
    page = clean.page("\ud800 Acme to close\n\nAcme will close its harbour depot in Ghent, the firm told its workers.\n")
    assert page.lines[0].text == "\ud800 Acme to close"


def test_names_glued_to_their_places_are_looked_for_once():
    """However many there are: each took a sweep of the page, 4,000 of them some seconds."""
    names = [f"Ann {first}{second}{third}ee" for first in "BCDFGHKLMN" for second in "aeiou" for third in "bcdfgklmnprst"]
    raw = [Raw(n, f"{name}in Ghent") for n, name in enumerate(names * 20)]
    assert metadata.unglue_bylines(raw) == raw
    assert metadata.unglue_bylines([*raw, Raw(0, names[7])])[7].text == names[7] + " in Ghent"
