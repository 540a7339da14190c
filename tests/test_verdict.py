# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""An article, or only furniture? Pages written for these tests."""

import pytest

from slackwater import clean

BODY = "Acme said on Monday that it had opened a plant in Ghent. It employs 200 people there. The city paid for the road. A second hall is to follow next year, the firm said in a letter to its staff"
COOKIES = """Cookie settings
This website uses cookies to improve your experience while you navigate through the website.
Necessary cookies are essential for the website to function properly, and they do not store any personal content.
You can change your consent on this website at any time, and read more on cookies in our privacy policy.
"""
MENU = "\n".join(f"{word} desk" for word in "City Harbour Sport Culture Letters Weather Jobs Cars Homes Travel Food Books".split())


@pytest.mark.parametrize(
    "text",
    [
        "Acme opens a plant in Ghent\nAcme said on Monday that it had opened a plant in Ghent.\nLeave a comment",
        "Acme opens a plant in Ghent\nBy Jo Doe\nAcme said on Monday that it had opened a plant in Ghent.\nIt employs 200.",
        f"Acme opens a plant in Ghent\nMay 2, 2024\n{BODY}",  # saved without its last full stop
    ],
)
def test_a_short_text_saved_without_its_page_is_an_article(text):
    page = clean.page(text)
    assert page.fault is None
    assert page.title == "Acme opens a plant in Ghent"
    assert "Leave a comment" not in page.text


@pytest.mark.parametrize(
    "body",
    [
        "Acme said on Monday that it had opened a plant in Ghent. It employs 200 people there, the firm said.",
        "Acme said on Monday that it had opened a plant in Ghent.\nThe plant employs 200 people, the firm said.",
    ],
)
def test_a_report_of_two_sentences_is_known_by_its_head_on_a_long_page(body):
    head = "Acme opens a new plant in Ghent\nBy Jo Doe\nMay 2, 2024"
    page = clean.page(f"{MENU}\n{head}\n{body}\nShare this\nRelated articles\n{MENU}\nPrivacy policy")
    assert page.text == body


@pytest.mark.parametrize(
    "text",
    [
        COOKIES,
        MENU + "\n" + COOKIES + MENU,
        MENU + "\nPlease enable JavaScript and cookies in your browser to view this website.\nSign in",
        "Enable JavaScript\nPlease enable JavaScript and cookies in your browser to view this website.",
    ],
)
def test_notices_are_no_article(text):
    page = clean.page(text)
    assert page.fault == clean.NO_ARTICLE
    assert not any(line.kept for line in page.lines)
