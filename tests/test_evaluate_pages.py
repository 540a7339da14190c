# ruff: noqa: E501 - texts stay on one line
"""The measure of cleaning, on texts short enough to count by hand."""

import gzip
import json

import pytest

from slackwater import clean
from slackwater.errors import InputError
from slackwater.evaluate import pages, pages_metadata

TRUTH = "The plant in Ghent will close in May"  # eight words, five 4-grams


@pytest.mark.parametrize(
    ("answer", "precision", "recall", "f1"),
    [
        (TRUTH, 1.0, 1.0, 1.0),
        ("the plant in Ghent will close in May", 4 / 5, 4 / 5, 4 / 5),  # case is kept: one 4-gram differs
        (TRUTH + ". Read more", 5 / 7, 1.0, 10 / 12),
        ("The plant in Ghent", 1.0, 1 / 5, 2 / 6),
        (f"{TRUTH} {TRUTH}", 5 / 13, 1.0, 10 / 18),  # what is given twice counts once
        ("", None, 0.0, 0.0),
        ("Home News", 0.0, 0.0, 0.0),
    ],
)
def test_a_page_is_scored_by_its_runs_of_four_words(answer, precision, recall, f1):
    assert pages.score(TRUTH, answer) == pytest.approx(pages.Score(precision, recall, f1))


def test_nothing_where_nothing_is_due_is_right():
    assert pages.score("", "") == pages.Score(1.0, 1.0, 1.0)


def test_means_over_pages_leave_empty_answers_out_of_the_precision():
    row = pages.summarise([pages.Score(1.0, 1.0, 1.0), pages.Score(None, 0.0, 0.0)])
    assert (row.n, row.precision, row.recall, row.f1, row.page_f1, row.bad) == pytest.approx((2, 1, 0.5, 2 / 3, 0.5, 0.5))
    assert row.low <= row.f1 <= row.high
    assert row == pages.summarise([pages.Score(1.0, 1.0, 1.0), pages.Score(None, 0.0, 0.0)])  # the draws have a seed


def test_a_cropped_page_is_the_lines_near_its_article():
    assert pages.cropped({"dump": "a\nb\nc\nd", "crop": [1, 3]}) == "b\nc"
    assert pages.cropped({"dump": "a\nb"}) == "a\nb"


@pytest.mark.parametrize("zipped", [False, True])
def test_the_table_is_printed_for_a_file_of_pages(tmp_path, zipped):
    body = " ".join(f"The firm said on Monday that hall {n} of the plant in Ghent would close by May." for n in range(4))
    row = {"id": "a", "source": "aeb", "dump": f"Home\nHalls close in Ghent plant\n{body}\n{body}!", "truth": f"{body}\n{body}"}
    path = tmp_path / ("pages.jsonl" + ".gz" * zipped)
    text = json.dumps(row) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if zipped else text.encode())
    said: list[str] = []
    table = pages.main(path, show=said.append)
    assert set(table) == {("whole", "aeb"), ("cropped", "aeb")}
    assert table["whole", "aeb"].f1 > 0.9
    assert any(line.startswith("whole, aeb") for line in said)


@pytest.mark.parametrize("content", ["", "{}\n", "no json\n", '{"id": 1, "dump": "a"}\n'])
def test_a_file_that_holds_no_pages_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "pages.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=r"pages\.jsonl: .*Give JSON lines"):
        pages.main(path, show=lambda line: None)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError):
        pages.main(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("field", "truth", "answer", "outcome"),
    [
        ("title", "Acme opens a plant", "acme opens a plant", "right"),
        ("title", "Acme opens a plant in Ghent", "Acme opens a plant in Ghent | The Post", "right"),
        ("title", "Acme opens a plant in Ghent", "Related stories", "wrong"),
        ("author", "Zoë Lund, Bo Doe", "Zoe Lund", "right"),
        ("author", "Zoë Lund and Bo Doe", "Bo Doe, Zoe Lund", "right"),
        ("author", "Zoë Lund and Bo Doe", "Ann Lee", "wrong"),
        ("author", "Zoë Lund", "", "unknown, wrongly"),
        ("author", None, "", "unknown, rightly"),
        ("author", None, "Zoë Lund", "unasked"),
        ("date", "2024-05-02", "2024-05", "right"),
        ("date", "2024-05-02", "2023-05-02", "wrong"),
    ],
)
def test_what_a_page_says_of_itself_is_right_wrong_or_unknown(field, truth, answer, outcome):
    assert pages_metadata.judge(field, truth, answer) == outcome


def test_metadata_are_counted_where_a_page_states_them():
    said = clean.CleanPage([], title="Acme opens a plant", authors=["Zoë Lund"])
    counted = pages_metadata.count([({"title": "Acme opens a plant", "author": None}, said)])
    assert {field: dict(outcomes) for field, outcomes in counted.items()} == {
        "title": {"right": 1},
        "author": {"unasked": 1},
    }
    assert "title" in "\n".join(pages_metadata.table(counted))
