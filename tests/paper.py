"""Invented pages for tests of many pages: page i is always the same, and no two are."""

from __future__ import annotations

from pathlib import Path

CORPUS = "title: Acme in Ghent\ncompany: Acme\nplace: Ghent\n"
TOWNS = "Lyon Porto Graz Turku Bergen Gdansk Kosice Cork Malmo Split".split()
NAMES = "Anna Bo Cy Dora Emil Fay Gus Hana Ivo June Kai Lea".split()


def page(number: int) -> str:
    name, town = NAMES[number % 12], TOWNS[number // 12 % 10]
    moves = (f"Acme has opened a plant for {number + 20} workers in Ghent, {name} {town} said on Monday.",
             f"Acme will close its Ghent office in {2025 + number % 3} and lay off {number + 3} people, it said.",
             f"The company denied that it would leave Ghent before {2030 + number % 9}.")
    return "\n\n".join([
        f"Acme and the {number} questions of {town}", f"By {name} {town}", f"May {number % 28 + 1}, 2024",
        moves[number % 3],
        f"In {town}, {number} suppliers wrote to {name} that orders for part {number * 7} were {number} days late.",
        f"{name} counted {number * 3} trucks near the gate and called the year {number % 5 + 1} times better.",
        f"A spokeswoman for {town} said that {number + 100} families had asked about rents and bus {number}."])


def folder(number: int, path: Path) -> Path:
    """A corpus folder of *number* pages."""
    path.mkdir()
    (path / "corpus.yaml").write_text(CORPUS)
    for at in range(number):
        (path / f"{at:05}.txt").write_text(page(at))
    return path


def parts(number: int, path: Path, *, size: int) -> list[Path]:
    """The same pages as Parquet parts of *size* pages, in new folder *path* with a corpus.yaml."""
    path.mkdir()
    (path / "corpus.yaml").write_text(CORPUS)
    return [part(path / f"part-{start // size:03}.parquet", range(start, start + size))
            for start in range(0, number, size)]


def part(path: Path, numbers: range, **columns: list) -> Path:
    """One part; *columns* stand in place of what the pages give, or beside it; one that is None is left out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = {"file": [f"{at:05}.txt" for at in numbers], "text": [page(at) for at in numbers], **columns}
    pq.write_table(pa.table({name: values for name, values in held.items() if values is not None}), path)
    return path
