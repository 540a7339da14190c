# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""An article, or only furniture? Pages written for these tests."""

import pytest

from slackwater import clean
from slackwater.cleaning import facts, features, path, verdict

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


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("A picture of a ship at the quay of the old port of Ghent on a wet morning in May.", "caption"),
        ("FILE - In this May 2, 2024, file photo, Jo Doe speaks to the staff at the gate of the plant in Ghent.", "caption"),
        ("An official website of the city of Ghent", "boilerplate"),
        ("We and our 12 partners store and/or access information on a device, such as your account.", "boilerplate"),
        ("Ann Lee and Bob Ray contributed to this report.", "byline"),
        ("Jo Doe is the founder of the Harbour Desk and has over ten years of experience with ports.", "bio"),
        ("City Council Raises The Budget For SteakhousesA party of six voted for it on Monday after a long talk", "related"),
        ("Das könnte Sie auch interessieren", "related"),
        ("More Great Courier Stories", "related"),
        ("latest blog posts", "related"),
        ("To: The Desk <desk@news.example>", "boilerplate"),
        ("関連記事", "related"),
        ("Alle Rechte vorbehalten.", "legal"),
        ("Laisser un commentaire", "widget"),
    ],
)
def test_furniture_is_known_by_its_words(line, label):
    hint = facts.of_lines([line]).hints[0]
    assert hint and hint.label == label


@pytest.mark.parametrize(
    "line",
    [
        "Jo Doe said the plant in Ghent would open in May, and the city would pay for the road to it, too.",
        "Their strategies focus on LinkedIn and on campaigns that bring leads to technology brands, he said.",
        "Other Ways of Telling Stories",
        "More workers read the news",
        "The picture of the economy is brighter than a year ago, the bank said in its report on Monday.",
    ],
)
def test_a_sentence_of_an_article_is_no_furniture(line):
    assert facts.of_lines([line]).hints == [None]


NOTES = [
    "Jo Doe sails on weekends with a crew of four friends from the old port",
    "Readers in Ghent get the paper at seven in the morning from carriers on bicycles",
    "Ferries leave the quay at noon with room for ninety passengers and their bicycles",
]


def test_paragraphs_that_refer_back_speak_for_an_article():
    ahead, back = "{}.".format, "They say that {}.".format
    apart, joined = (
        verdict.signs(lines, features.of_lines(lines), [path.IN] * 3, 5.0)
        for lines in (list(map(ahead, NOTES)), [ahead(NOTES[0]), *map(back, NOTES[1:])])
    )
    assert apart[verdict.SIGNS.index("refers back")] == 0
    assert joined[verdict.SIGNS.index("refers back")] == 1
    assert path.data()["article"]["refers back"] > 0
