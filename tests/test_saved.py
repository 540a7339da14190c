# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""What the report says of how pages were saved."""

import textwrap

import pytest

from slackwater import engine, findings
from slackwater.findings import saved

ONE = "The ferry company said on Tuesday that it would move its offices from the old customs house to the northern quay, where it has rented four floors."
TWO = "About two hundred people work there, and none of them will have to leave, said Ida March, who speaks for the firm in the harbour."
THREE = "The city, which owns the quay, has asked for bids for the customs house since the spring and hopes for a hotel or a school."
FOUR = "Shipping on the northern line has grown by a tenth in each of the past three years, as figures of the port authority show."
WRAPPED = "\n\n".join(textwrap.fill(f"{ONE} {TWO} It is part {k} of the plan.", 78) for k in range(6))


def notes(tmp_path, *texts):
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "corpus.yaml").write_text("title: Ferries\ncompany: Ferry company\nplace: Quay\n", encoding="utf-8")
    desk = engine.open_desk(tmp_path)
    pages = engine.clean(desk)
    made = engine.assemble(pages, engine.measure_tone(desk, pages), engine.read(desk, pages))
    return saved.notes(findings.open_story(made, desk.corpus))


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ([WRAPPED], "One page was saved with lines of one width; they were joined to paragraphs."),
        ([" ".join([ONE, TWO, THREE, FOUR] * 3)], "One page was saved as one line"),
        (["\n".join([ONE, TWO, THREE]), "\n".join([ONE, FOUR, FOUR.replace("northern", "southern")])], "look whether one retells the other"),
    ],
)
def test_what_to_know_of_how_pages_were_saved(tmp_path, texts, says):
    assert says in " ".join(notes(tmp_path, *texts))


def test_of_plain_pages_nothing_is_said(tmp_path):
    assert notes(tmp_path, "\n".join([ONE, TWO, THREE]), "\n".join([FOUR, FOUR.replace("northern", "southern")])) == []
