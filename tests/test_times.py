import pytest

from slackwater.reading import times


@pytest.mark.parametrize(
    ("text", "published", "future", "expected"),
    [
        ("It opened in 2019.", None, False, "2019"),
        ("It opened in May 2019.", None, False, "2019-05"),
        ("It opened on 4 May 2019.", None, False, "2019-05-04"),
        ("It is expected to open in April.", "2019-01-17", True, "2019-04"),
        ("It opened in April.", "2019-01-17", False, "2018-04"),
        ("It opened in April.", None, False, None),
        ("It closed in January or February.", "2025-04-01", False, "2025-01/2025-02"),
        ("It closed in January or February 2024.", None, False, "2024-01/2024-02"),
        ("It closed earlier this year.", "2025", False, "2025"),
        ("It closed last year.", "2025-04-01", False, "2024"),
        ("It closed last month.", "2025-01-09", False, "2024-12"),
        ("It closed last May.", "2025-04-01", False, "2024-05"),
        ("It will close next year.", "2025-04-01", True, "2026"),
        ("It closed three years ago.", "2025-04-01", False, "2022"),
        ("Today it opened.", "2018-09-17", False, "2018-09-17"),
        ("It opened in April.", "2019", False, None),
    ],
)
def test_the_time_of_an_event_is_as_partial_as_the_text(text, published, future, expected):
    assert [w.iso for w in times.find(text, published=published, future=future)] == [expected]


@pytest.mark.parametrize("text", ["It may close.", "They march on.", "He said so.", "Room 2019 is open.", ""])
def test_what_is_no_time(text):
    assert times.find(text, published="2025-04-01") == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("It was initially run by two firms.", None, True),
        ("It opened in 2011.", "2025-04-01", True),
        ("It opened in 2024.", "2025-04-01", False),
        ("It closes today.", "2025-04-01", False),
    ],
)
def test_what_is_recalled_is_no_news(text, published, expected):
    assert times.recalled(text, published=published) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("It opened in March 2018.", True),
    ("It opened in 2019 and closed in 2024.", False),
    ("It was planned in 2019.", True),
    ("It closes in April.", False),
    ("It will close in 2026.", False),
    ("It had 2019 workers.", False),
])
def test_an_earlier_year_is_recalled_where_only_the_page_s_first_day_is_known(text, expected):
    assert times.recalled(text, low="2025-04-01") is expected


def test_bounds_of_an_interval():
    assert times.bounds("2025-01/2025-02") == ("2025-01-01", "2025-02-28")


def test_a_long_list_of_times_is_read_in_one_sweep():
    text = "20 March 2020, in 2019, in May, May or June 2021, last year, " * 3_000
    found = times.find(text, published="2021-04-01")
    assert [w.iso for w in found] == ["2020-03-20", "2019", "2020-05", "2021-05/2021-06", "2020"] * 3_000
