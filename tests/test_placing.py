"""On which line of the HTML a text stands. Pages written for these tests."""

import time

import pytest

from slackwater import clean
from slackwater.cleaning.placing import Places

PAGE = """<!DOCTYPE html>
<html><head><title>Mill to close | The Courier</title>
<meta property="article:published_time" content="2024-05-14T09:00:00Z">
<script type="application/ld+json">{"articleBody": "The mill in Tidewell closes in May, the firm said.
It has stood there since 1921."}</script>
<!--[if IE]> <p>The mill in Tidewell closes
in May</p> <![endif]-->
</head><body
 class="news">
<h1>Mill to <i>close</i></h1>
<p><b>The mill</b> in Tidewell closes in May, the firm said.</p>
<p>
It has stood there
since 1921.</p>
<ul>
<li>It&rsquo;s old &amp; cold in there.</li>
</ul>
<table><tr><td>Workers of 2023</td><td>240</td></tr>
<tr><td>7</td><td>Workers of 2024</td></tr></table>
</body></html>"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_text_is_found_on_its_line_whatever_tags_stand_in_it(ending):
    places = Places(PAGE.replace("\n", ending))
    asked = ["Mill to close", "The mill in Tidewell closes in May, the firm said.", "It has stood there since 1921.",
             "- It’s old & cold in there.", "nowhere at all", "| Workers of 2023 | 240 |", "| 7 | Workers of 2024 |"]
    assert [places.of(text) for text in asked] == [2, 11, 13, 16, 16, 18, 19]


@pytest.mark.parametrize(("text", "line"), [
    ("2024-05-14T09:00:00Z", 3), ("It&rsquo;s", 16), ("It’s old", 16), ("Mill to close", 2), ("2019-01-01", None),
])
def test_what_markup_states_is_found_in_it(text, line):
    assert Places(PAGE).of_markup(text) == line


@pytest.mark.parametrize("html", ["", "<", "<!--", "<script>", "\n", "&#10;&#10;", "<p>\n</p>"])
def test_a_page_that_shows_nothing_has_one_place(html):
    assert Places(html).of("The mill closes") == 1 and Places(html).of_markup("The mill closes") is None


def test_a_page_says_on_which_line_its_date_and_each_paragraph_stands():
    told = "".join(
        f"<p>The firm said of hall {n} that it would be sold to the town once the machines are out.</p>\n"
        for n in range(6)
    )
    page = clean.page(PAGE.replace("<ul>\n", f"{told}<ul>\n"), html=True)
    assert page.published_from == "<meta article:published_time>, line 3"
    assert [line.number for line in page.lines if "said of hall" in line.text] == [15, 16, 17, 18, 19, 20]


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "-->", "<script>", "</script>", "&", "&#", "<!-- -->", "a\n"])
def test_a_hostile_page_takes_time_by_its_length(piece):
    begun = time.process_time()
    Places(piece * (1_000_000 // len(piece)))
    assert time.process_time() - begun < 5
