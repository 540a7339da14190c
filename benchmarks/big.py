"""How large the report of very many pages is, how long it takes and what it needs in memory.

    python -m benchmarks.big [PAGES …]       400 2000 10000 by default

Invented pages of eighty outlets over twelve years, one in eight a reprint, first of growth, later of retreat: as
Parquet parts through `slackwater analyse`, then `slackwater report` on the tables. Of `--folder` the same pages lie
in a folder, one file each, and `slackwater report` does all of it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from benchmarks import documents

OUTLETS = 80
FIRST, DAYS = date(2013, 1, 1), 4383
GROWTH, RETREAT = (0, 2, 4, 9), (1, 3, 7)  # of documents.MOVING


def rows(number: int, first: int = 0) -> Iterator[dict[str, str]]:
    """*number* pages as {"file", "text", "publisher", "published"}; row i is always the same."""
    quoted = documents._from_seeds()
    names = random.Random(0)
    outlets = [f"{documents._name(names)} {kind}" for kind in ("News", "Post", "Daily", "Times")
               for _ in range(OUTLETS // 4)]
    for at in range(first, first + number):
        draw = random.Random(f"page {at}")
        told = at - draw.randint(1, 200) if at > 200 and draw.random() < 0.125 else at  # of another, for a reprint
        day = FIRST + timedelta(days=(told * 7919 + (at - told)) % DAYS)
        late = (told * 7919) % DAYS > 0.7 * DAYS
        mine, other = (RETREAT, GROWTH) if late else (GROWTH, RETREAT)
        own = random.Random(told)
        moving = [documents.MOVING[n] for n in (mine if own.random() < 0.8 else other)] + documents.MOVING[5:]
        outlet = outlets[min(int(draw.expovariate(0.08)), OUTLETS - 1)]
        yield {"file": f"{at:08}.txt", "text": documents._page(own, quoted, moving), "publisher": outlet,
               "published": day.isoformat()}


def parts(number: int, folder: Path, size: int = 500) -> list[Path]:
    """*number* pages in Parquet parts in new *folder*, with a corpus.yaml."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    (folder / "corpus.yaml").write_text(documents.CORPUS, "utf-8")
    made = []
    for start in range(0, number, size):
        made.append(folder / f"part-{start:08}.parquet")
        pq.write_table(pa.Table.from_pylist(list(rows(min(size, number - start), start))), made[-1], compression="zstd")
    return made


def files(number: int, folder: Path) -> None:
    """The same pages in new *folder*, a file each; date and outlet stand in corpus.yaml."""
    folder.mkdir()
    stated = []
    for row in rows(number):
        (folder / row["file"]).write_text(row["text"], "utf-8")
        said = {"published": row["published"], "publisher": row["publisher"], "because": "as saved"}
        stated.append(f"  {row['file']}: {json.dumps(said)}")
    (folder / "corpus.yaml").write_text("\n".join([documents.CORPUS.rstrip(), "pages:", *stated, ""]), "utf-8")


def timed(*command: object) -> tuple[float, float]:
    """Seconds by the clock of `slackwater COMMAND`, and the peak MB of the largest of its processes (Linux; else 0)."""
    begun, peak = time.perf_counter(), 0.0
    process = subprocess.Popen([sys.executable, "-m", "slackwater", *map(str, command)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max([peak, *_resident(process.pid)])
        time.sleep(0.2)
    assert process.returncode == 0, command
    return time.perf_counter() - begun, peak


def _resident(root: int) -> list[float]:
    """Peak MB so far of process *root* and all that descend from it."""
    found, above = {}, {}
    for path in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            said = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
            pid = int(path.parent.name)
            above[pid], found[pid] = int(said["PPid"]), int(said.get("VmHWM", "0 kB").split()[0]) / 1024
    family = {root}
    while more := {pid for pid, parent in above.items() if parent in family} - family:
        family |= more
    return [found[pid] for pid in family & found.keys()]


def main(numbers: list[int], *, folder: bool = False) -> None:
    from pypdf import PdfReader

    print("| pages | tables, s | MB | report, s | MB | HTML, MB | PDF, pages | PDF, MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            home = Path(place)
            corpus = home / "corpus"
            tables: tuple[float, float] | tuple[str, str] = ("–", "–")
            if folder:
                files(number, corpus)
            else:
                given = parts(number, home / "parts")
                corpus.mkdir()
                (corpus / "corpus.yaml").write_text(documents.CORPUS, "utf-8")
                tables = timed("analyse", *given, "--corpus", corpus, "--out", corpus / "tables", "--engine",
                               "processes", "--workers", os.cpu_count() or 1, "--no-cache")
            report = timed("report", corpus, "--out", home / "out", "--cell-timeout", 3600)
            made = home / "out" / "corpus"
            sizes = [(made / f"report.{ending}").stat().st_size / 1e6 for ending in ("html", "pdf")]
            shown = [f"{x:,.0f}" if isinstance(x, float) else x for x in (*tables, *report)]
            print(f"| {number:,} | {' | '.join(shown)} | {sizes[0]:.2f} | {len(PdfReader(made / 'report.pdf').pages)} "
                  f"| {sizes[1]:.2f} |", flush=True)


if __name__ == "__main__":
    asked = [int(word.replace(",", "")) for word in sys.argv[1:] if word[0].isdigit()]
    main(asked or [400, 2000, 10_000], folder="--folder" in sys.argv)
