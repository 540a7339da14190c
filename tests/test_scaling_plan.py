"""docs/scaling.md shows what the arithmetic of benchmarks/plan.py gives."""

from pathlib import Path

from benchmarks import plan


def test_the_table_of_the_document_is_that_of_the_script():
    assert plan.table() in Path("docs/scaling.md").read_text("utf-8")


def test_a_measured_figure_moves_what_it_should():
    slow = plan.Measured()._replace(page=plan.Measured().page * 10)
    assert plan.row(10**6, 16, slow) != plan.row(10**6, 16) and "| 16 | 1 |" in plan.row(10**6, 16)
