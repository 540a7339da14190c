# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""Pages as text browsers and mail programs break them at a margin. Texts written for these tests."""

import textwrap
import time

import pytest

import articles
from slackwater import clean
from slackwater.cleaning import lines, wrapping

STORY = articles.OPENING
PARAGRAPHS = [paragraph for paragraph in STORY.split("\n") if paragraph]
MENU = "Home News Business Markets Technology Opinion Sport Culture Weather Jobs Letters Archive".split()


def browser(width: int, *, indent: int = 0, numbered: bool = False) -> str:
    """STORY under a menu and over a list of addresses, as a text browser dumps a page."""
    count = iter(range(1, 1000))

    def link(words: str) -> str:
        return f"[{next(count)}]{words}" if numbered else words

    menu = "\n".join(f"     * {link(name)}" for name in MENU)
    told = [paragraph.replace("Acme has", f"Acme {link('has')}").replace("the mayor", link("the mayor")) for paragraph in PARAGRAPHS]
    body = "\n\n".join(textwrap.indent(textwrap.fill(paragraph, width - indent), " " * indent) for paragraph in told)
    more = "\n".join(f"     * {link(f'What the {name} desk wrote last week')}" for name in MENU)
    listed = "References\n\n" + "\n".join(f"  {n:>2}. https://news.example/{MENU[n % 12].lower()}/{'a' * (n % 30)}-page-of-it" for n in range(1, next(count)))
    return f"{menu}\n\n{body}\n\n   Related stories\n{more}\n\n{listed}\n"


@pytest.mark.parametrize("width", [60, 72, 78, 80, 100])
@pytest.mark.parametrize(("indent", "numbered"), [(0, False), (3, False), (3, True)])
def test_a_page_of_a_text_browser_is_read_as_its_story(width, indent, numbered):
    page = clean.page(browser(width, indent=indent, numbered=numbered))
    assert page.fault is None and page.title == PARAGRAPHS[0]
    assert page.text.split("\n") == PARAGRAPHS[1:]
    assert any("hard-wrapped" in note for note in page.notes)


def test_each_line_of_a_broken_paragraph_says_where_it_begins():
    page = clean.page(browser(78))
    first = next(line for line in page.lines if line.text == PARAGRAPHS[1])
    after = next(line for line in page.lines if line.number == first.number + 1)
    assert (after.text, after.kept, after.why) == ("", True, f"continues line {first.number}")


@pytest.mark.parametrize("text", [
    STORY,  # one line a paragraph
    "\n".join(f"{name} desk: the week in {name.lower()} as our readers saw it in the port" for name in MENU),  # alike, not filled
    "\n".join(f"the {name.lower()} desk" for name in MENU),  # small letters, far from any margin
    "\n".join(f"{'x' * (60 + n % 3)} and\nso" for n in range(8)) + "\n" + ("a long line that no margin ever broke " * 8 + "\n") * 6,
])
def test_what_no_program_has_filled_is_left_as_it_is(text):
    raw = lines.split(text)
    assert wrapping.unwrap(raw) == (raw, {})


def test_a_paragraph_of_very_many_lines_takes_time_by_their_number():
    raw = lines.split("and so it was that the council of the town went homes\n" * 80_000)
    begun = time.process_time()
    assert len(wrapping.unwrap(raw)[0]) == 1
    assert time.process_time() - begun < 8


def test_bullets_and_blank_lines_end_a_paragraph():
    points = [f"point {n} of the plan says that the ferry will stop at the northern quay, where the hall stands" for n in range(6)]
    text = "\n".join(textwrap.fill(point, 60, initial_indent="  * ", subsequent_indent="    ") for point in points)
    assert [line.text for line in wrapping.unwrap(lines.split(text))[0]] == [f"* {point}" for point in points]


def test_a_quotation_set_in_from_the_right_margin_too_is_one_paragraph():
    set_in = textwrap.indent(textwrap.fill(PARAGRAPHS[2], 58), "     ")
    text = "\n\n".join([*(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS), set_in])
    assert [line.text for line in wrapping.unwrap(lines.split(text))[0]] == [*PARAGRAPHS, PARAGRAPHS[2]]


def test_the_o_of_a_list_within_a_list_is_a_bullet():
    point = "o how the ferry will stop at the northern quay from June on"
    text = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS) + f"\n{point}" * 4
    assert [line.text for line in wrapping.unwrap(lines.split(text))[0]] == [*PARAGRAPHS, *[point] * 4]


@pytest.mark.parametrize("apart", [
    "-" * 72, "=" * 72, "│ 1984 │ The plant opens                                 │ 200 jobs │", "|--------|" + "-" * 62 + "|",
    "https://news.example/a-story-of-the-plant-that-was-long-and-of-the-town-it-stood-in",
])
def test_a_rule_a_row_of_a_table_or_an_address_is_joined_to_nothing(apart):
    above, below = (textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS[1:3])
    raw, _ = wrapping.unwrap(lines.split(f"{above}\n{apart}\n{apart}\n{below}\n{apart}"))
    assert [line.text for line in raw].count(apart) == 3 and PARAGRAPHS[2] in [line.text for line in raw]


def test_a_rule_across_the_page_is_no_heading():
    body = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS[1:])
    page = clean.page(f"{PARAGRAPHS[0]}\n{'=' * 34}\n{'-' * 72}\n{body}\n{'-' * 72}\nCopyright The Courier\n")
    assert (page.title, page.text.split("\n")) == (PARAGRAPHS[0], PARAGRAPHS[1:])


def test_addresses_below_a_text_are_no_broken_lines():
    listed = "\n".join(f"https://news.example/{'a-story-of-the-plant-that-was-long'[: 20 + 3 * n % 14]}/{'it-closes'[:n]}" for n in range(12))
    raw = lines.split(f"{STORY}\n{listed}")
    assert wrapping.unwrap(raw) == (raw, {})


@pytest.mark.parametrize(("text", "left"), [
    ("[1]Home [2]News\nThe [3]plan for Ghent[4], it said\n[5]More\n[6]Contact", "Home News\nThe plan for Ghent, it said\nMore\nContact"),
    ("It opened in 1921.[3] It closed.[1] It burned.[3] It stood.[7] It fell.[2]", None),  # notes of a text
    ("[1]Home [2]News", None),
    ("\n".join(f"The {name} desk <https://news.example/{name}> wrote." for name in MENU), "\n".join(f"The {name} desk wrote." for name in MENU)),
    ("\n".join(f"<https://news.example/{name}>" for name in MENU), None),  # nothing else on the line
    ("The plan <https://news.example/1> of Ghent.", None),
])
def test_the_numbers_of_links_are_left_out_where_they_count_them(text, left):
    raw = wrapping.without_links(lines.split(text))
    assert "\n".join(line.text for line in raw) == (left or text)


@pytest.mark.parametrize("sign", [">", "> ", ">> ", ">\t", "> \xa0> "])
def test_a_quoted_mail_is_read_without_its_signs(sign):
    body = "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in PARAGRAPHS)
    mail = "On Monday the desk wrote:\n" + "\n".join(f"{sign}{line}" for line in body.split("\n"))
    page = clean.page(mail)
    assert page.fault is None and page.text.split("\n")[-4:] == PARAGRAPHS[1:]


@pytest.mark.parametrize("who", ["The Courier", "Ann Lee <ann@news.example>"])
def test_a_day_in_the_line_above_a_quoted_mail_is_no_author(who):
    page = clean.page(f"On Sun, May 12, 2024, {who} wrote:\n\n{STORY}")
    assert (page.authors, page.published) == ([], "2024-05-12")


def test_one_quoted_line_keeps_its_sign():
    raw = lines.split(f"> read more\n{STORY}")
    assert wrapping.without_quotes(raw) == raw


def test_the_subject_of_a_mail_is_its_title():
    head = "From: Ann Lee <ann@news.example>\nDate: Tue, May 14, 2024 at 9:05 AM\nSubject: Fwd: Re: {}\nTo: Desk <desk@news.example>\n\n"
    page = clean.page(head.format(PARAGRAPHS[0]) + "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS[1:]))
    assert (page.title, page.published) == (PARAGRAPHS[0], "2024-05-14")
    assert page.text.split("\n") == PARAGRAPHS[1:]
