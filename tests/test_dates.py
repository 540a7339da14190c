import pytest

from slackwater import dates


@pytest.mark.parametrize(("text", "isos"), [
    ("September 17, 2018, Shanghai – Today", ["2018-09-17"]),
    ("launched in May 2019 and closed in Feb. 2025", ["2019-05", "2025-02"]),
    ("17 Sept 2018; 2018-09-17; 2018/9/7", ["2018-09-17", "2018-09-17", "2018-09-07"]),
    ("2019年1月17日, 2019年5月", ["2019-01-17", "2019-05"]),
    ("MAY 2019; 18 NOV 2019", ["2019-05", "2019-11-18"]),
    ("Mar 3rd, 20214:29 PM", ["2021-03-03"]),
    ("May 21, 2025April 24, 2025", ["2025-05-21", "2025-04-24"]),
    ("13.4.2021 and 4/13/2021 and 3-3-2021 and 2021.04.13", ["2021-04-13", "2021-04-13", "2021-03-03", "2021-04-13"]),
    ("3/4/2021", []),
    ("version 2021.4.2 of 1.2.20210", []),
    ("it may 2019 times march 2020 miles", []),
    ("February 31, 2020", []),
    ("in 2019", []),
    ("on Jan.10 of this year", []),
])
def test_find_keeps_the_precision_of_the_text(text, isos):
    assert [found.iso for found in dates.find(text)] == isos


@pytest.mark.parametrize(("iso", "low", "high"), [
    ("2019", "2019-01-01", "2019-12-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2018-09-17", "2018-09-17", "2018-09-17"),
])
def test_bounds(iso, low, high):
    assert dates.bounds(iso) == (low, high)


@pytest.mark.parametrize("iso", ["2019-13", "2019-02-30", "19", "soon", "2019-1-1"])
def test_bounds_refuse_what_is_no_date(iso):
    with pytest.raises(ValueError, match=r"form YYYY|no such day"):
        dates.bounds(iso)


@pytest.mark.parametrize(("iso", "words"), [
    ("2019", "2019"), ("2019-05", "May 2019"), ("2018-09-07", "7 September 2018")])
def test_in_words(iso, words):
    assert dates.in_words(iso) == words


def test_a_long_list_of_dates_is_read_in_one_sweep():
    found = dates.find("20 March 2020 2020-03-20 " * 10_000)
    assert [f.iso for f in found] == ["2020-03-20"] * 20_000
    assert [f.start for f in found] == sorted(f.start for f in found)
