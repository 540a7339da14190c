# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""HTML pages: the article by trafilatura, and only the metadata the page itself states. Pages written for these tests."""

import pytest

from slackwater import clean

PARAGRAPHS = """<p>Corvane will close its dye works in Tidewell at the end of May, the company told its workers on Monday, after four years of losses.</p>
<p>The works opened in 1921 and once employed 2,000 people. About 240 are left, and the union said it would fight for each of them.</p>
<h2>A place with few other employers</h2>
<p>The city has offered to buy the land by the river. A decision is expected in the summer, the mayor said after a meeting with the firm.</p>
<p>Corvane makes dyes for paper and cloth. It runs two more works on the coast, which are to take over the orders of the old one.</p>"""
TITLE = "Corvane to shut its Tidewell dye works in May"


def html(head: str = "", top: str = f"<h1>{TITLE}</h1>", body: str = PARAGRAPHS) -> str:
    return (
        f"<html><head><title>{TITLE} | The Harbour Courier</title>{head}</head><body><nav><a href='/'>Home</a><a href='/n'>News</a></nav>"
        f"<article>{top}{body}</article><footer>© 2023 The Harbour Courier. All rights reserved.</footer></body></html>"
    )


def test_the_article_is_kept_and_the_furniture_is_not():
    page = clean.page(html(), html=True)
    assert page.fault is None
    assert page.title == TITLE
    assert page.text.startswith("Corvane will close") and page.text.endswith("the old one.")
    assert "rights reserved" not in page.text
    assert [line.label for line in page.lines] == ["title", "body", "body", "heading", "body", "body"]
    assert all(line.why for line in page.lines)


@pytest.mark.parametrize(
    ("head", "top", "published", "where"),
    [
        ('<meta property="article:published_time" content="2023-03-14T08:00:00Z">', "", "2023-03-14", "<meta article:published_time>"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-03-14"}</script>', "", "2023-03-14", "JSON-LD datePublished"),
        ("", '<time datetime="2023-03-14">today</time>', "2023-03-14", "<time>"),
        ("", '<span class="post-date">March 2023</span>', "2023-03", "element of class post-date"),
        ('<meta name="date" content="soon">', "", None, None),
        ('<script type="application/ld+json">{"@type": broken</script>', "", None, None),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_a_date_is_read_where_the_page_states_it_and_never_made_up(head, top, published, where):
    page = clean.page(html(head, f"<h1>{TITLE}</h1>{top}"), html=True)
    assert page.published == published
    assert page.published_from is None if where is None else page.published_from.startswith(where)


@pytest.mark.parametrize(
    ("head", "authors", "publisher"),
    [
        ('<meta name="author" content="By Maren Oduya"><meta property="og:site_name" content="The Harbour Courier">', ["Maren Oduya"], "The Harbour Courier"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Maren Oduya"}, {"name": "Tom Barrow"}], "publisher": {"name": "Courier"}}</script>',
            ["Maren Oduya", "Tom Barrow"],
            "Courier",
        ),
    ],
)  # fmt: skip
def test_authors_and_publisher_are_those_the_page_states(head, authors, publisher):
    page = clean.page(html(head), html=True)
    assert page.authors == authors
    assert page.publisher == publisher


def test_the_title_is_the_heading_without_the_name_of_the_site():
    head = f'<meta property="og:title" content="{TITLE} | The Harbour Courier"><meta property="og:site_name" content="The Harbour Courier">'
    assert clean.page(html(head, top="<p>News</p>"), html=True).title == TITLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        html(top="", body="<p>Please enable JavaScript and cookies in your browser to view this website.</p>"),
        html(
            top="<h2>Cookies</h2>",
            body="<p>This website uses cookies to improve your experience while you browse.</p><p>Read our privacy policy.</p>"
            "<ul><li>Necessary</li><li>Analytics</li><li>Marketing</li></ul>",
        ),
    ],
)
def test_a_page_without_an_article_keeps_nothing(text):
    page = clean.page(text, html=True)
    assert page.fault == clean.NO_ARTICLE
    assert not page.text and page.published is None


def test_an_article_that_is_one_paragraph_is_read():
    body = " ".join(
        f"The works in {town} dye paper for {n} printers. They are to take over the orders of the old hall by the river, the firm said."
        for n, town in enumerate(("Tidewell", "Marsh End", "Eastquay", "Low Bay", "Saltham", "Fenwick", "Norhaven", "Hulme", "Gull Point", "Westry"), 2)
    )
    assert clean.page(html(body=f"<p>{body}</p>"), html=True).text == body


@pytest.mark.parametrize(("title", "fault"), [(TITLE, clean.NO_ARTICLE), ("Jo Doe and her recipes for long races", None)])
def test_a_note_on_an_author_is_an_article_only_under_a_title_it_speaks_of(title, fault):
    note = "<p>Jo Doe grew up in the port and has run forty races since the autumn of 2003, most of them with a crew of friends. Her recipes for long runs, with oats, dates and plums, fill a small book that the club sells at its gate.</p>"
    page = clean.page(html(body=note, top=f"<h1>{title}</h1>").replace(f"<title>{TITLE}", f"<title>{title}"), html=True)
    assert page.fault == fault


BRIEF = "".join(f"<p>{text}</p>" for text in (
    "Corvane will close its dye works in Tidewell at the end of May, the company told its workers on Monday.",
    "About 240 people are left, and the union said it would fight for each of them.",
    "The mayor called the news a blow, and asked the firm for talks before the summer.",
))
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>{name} desk and what it wrote</a></li>" for n, name in enumerate(
    "City Harbour Sport Culture Letters Weather Jobs Cars Homes Travel Food Books".split())) + "</ul>"


def test_a_brief_saved_with_nothing_around_it_is_an_article():
    page = clean.page(f"<html><head><title>Works to close</title></head><body><h1>Works to close</h1>{BRIEF}</body></html>", html=True)
    assert page.fault is None and page.text.startswith("Corvane will close")


def test_a_brief_on_a_long_page_is_one_where_somebody_has_seen_it():
    long = html(body=BRIEF, top="<h1>In short</h1>").replace("<nav>", f"<nav>{MENU}").replace(TITLE, "In short")
    refused, seen = clean.page(long, html=True), clean.page(long, html=True, article=True)
    assert refused.fault == clean.NO_ARTICLE and not any(line.kept for line in refused.lines)
    assert any("Corvane will close" in line.text for line in refused.lines)  # what was there can be looked at
    assert seen.fault is None and seen.text.startswith("Corvane will close")
    assert clean.page("<p></p>", html=True, article=True).fault == clean.NO_ARTICLE
