"""Which pages are the same text; words are numbered so that no two texts agree by chance."""

import pytest

from slackwater.cleaning import reprints


def words(first: int, count: int) -> str:
    return " ".join(f"w{k}" for k in range(first, first + count))


TEXTS = {
    "wire": words(0, 100),
    "copy": words(0, 100) + " " + words(5000, 40),
    "excerpt": words(10, 70) + " " + words(6000, 20),
    "quoting": words(0, 45) + " " + words(7000, 60),
    "other": words(9000, 120),
    "empty": "",
}


def test_copies_are_the_same_text_and_long_quotations_worth_a_look():
    found = {(p.first, p.second): p.verdict for p in reprints.pairs(TEXTS)}
    assert found["copy", "wire"] == "same"
    assert found["excerpt", "wire"] == "same"
    assert not any("other" in pair or "empty" in pair for pair in found)
    assert found["quoting", "wire"] == "look"


@pytest.mark.parametrize(
    ("dates", "speaker"),
    [
        ({"wire": "2019-02-01", "copy": "2019-02-03"}, "wire"),
        ({"wire": "2019-02-03", "copy": "2019-02"}, "copy"),
        ({"excerpt": "2018"}, "excerpt"),
        ({}, "copy"),
    ],
)
def test_the_earliest_dated_copy_speaks_for_all(dates, speaker):
    copies = {"wire", "copy", "excerpt"} - {speaker}
    assert reprints.duplicates(TEXTS, dates) == dict.fromkeys(copies, speaker)


def test_cjk_characters_count_as_words():
    line = "公司在上海关闭了研究所并且解雇了所有的员工"
    assert reprints.containment(reprints.shingles(line), reprints.shingles("据报道" + line)) == 1.0


def test_a_crowd_of_copies_is_one_text():
    crowd = {f"p{k:02}": words(0, 60) for k in range(80)}
    assert reprints.duplicates(crowd, {}) == {name: "p00" for name in crowd if name != "p00"}
