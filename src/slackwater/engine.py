"""The line from pages to tables: the same functions for the notebooks and for `slackwater analyse`.

A `Desk` is one corpus with its lexicon. The stages take tables and return tables:
`clean` (notebook 01), `measure_tone` (02), `read` (03), `assemble` (04). A notebook
that runs alone makes what it needs from the pages; in a report run each stage finds
in `work` what the one before it left there.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slackwater import corpus as corpora
from slackwater import tables

if TYPE_CHECKING:
    import pandas as pd

    from slackwater.documents import Given
    from slackwater.lexicon import Lexicon


def _shapes(made: Any) -> str:
    """What a cell shows of several tables: their names and sizes, not their rows."""
    sizes = (f"{name} ({len(table)} rows × {len(table.columns)})" for name, table in made._asdict().items())
    return f"{type(made).__name__}: {', '.join(sizes)}"


class Pages(NamedTuple):
    """What cleaning leaves: tables `documents` (tone and direction still null), `lines`, `sentences`."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame

    def __repr__(self) -> str:
        return _shapes(self)


class Tones(NamedTuple):
    """Tone per sentence (file, sentence, polarity, subjectivity, polarity_masked) and per page."""

    sentences: pd.DataFrame
    pages: pd.DataFrame

    def __repr__(self) -> str:
        return _shapes(self)


class Readings(NamedTuple):
    """Direction per sentence, the rule hits behind it (table `evidence`), and the verdict per page."""

    sentences: pd.DataFrame
    evidence: pd.DataFrame
    pages: pd.DataFrame

    def __repr__(self) -> str:
        return _shapes(self)


class Part(NamedTuple):
    """All that is said of some pages by themselves: four tables, `duplicate_of` still null."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame
    evidence: pd.DataFrame


class Tables(NamedTuple):
    """The five tables of an edition, as `tables.SCHEMAS` says."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame
    evidence: pd.DataFrame
    claims: pd.DataFrame

    def __repr__(self) -> str:
        return _shapes(self)

    def save(self, folder: Path | str) -> None:
        """Write each table to *folder* as Parquet, and up to `tables.SPREADSHEET` pages as CSV."""
        for name, frame in self._asdict().items():
            tables.save(frame, folder, name, csv=len(self.documents) <= tables.SPREADSHEET)


@dataclass
class Desk:
    """A corpus laid out for work: what corpus.yaml says, its lexicon, its pages as text."""

    corpus: corpora.Corpus
    lexicon: Lexicon
    work: Path | None = None  # where a report run keeps its stages; None keeps nothing
    max_bytes: int = corpora.MAX_PAGE_BYTES
    _texts: dict[str, str] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"Desk: {self.corpus.title}, in {self.corpus.folder}, {self.lexicon!r}"

    @cached_property
    def pages(self) -> list[corpora.Page]:
        """The files of the corpus, read once."""
        return corpora.pages(self.corpus, max_bytes=self.max_bytes)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the report states about its own making: versions, input hashes, lexicon."""
        from slackwater import versions

        return {"skipped": dict(self.corpus.skip), "versions": versions.installed(),
                "inputs": {page.file: page.sha256 for page in self.pages},
                "lexicon": self.corpus.lexicon.stem, "lexicon_hash": self.lexicon.hash}

    @property
    def previous(self) -> dict[str, Any] | None:
        """The state that the previous edition left (see `deliver`); None where this is the first."""
        return given(self.work).get("previous")

    def kept(self, stage: Any, make: Callable[[], Any]) -> Any:
        """Stage *stage* as an earlier notebook of this run left it in `work`, else as *make* makes it."""
        folder = self.work / "stages" / stage.__name__.lower() if self.work else None
        if folder is None or not folder.is_dir():
            return make()
        return stage(*(tables.load(folder, name) for name in stage._fields))

    def keep(self, made: Any) -> None:
        """Leave *made* (Pages, Tones or Readings) in `work` for the notebooks after this one."""
        if self.work:
            for name, frame in made._asdict().items():
                tables.save(frame, self.work / "stages" / type(made).__name__.lower(), name, csv=False)


def given(work: Path | None) -> dict[str, Any]:
    """What a report run gives its notebooks besides their parameters: max_bytes, previous."""
    path = work / "given.json" if work else None
    return json.loads(path.read_text("utf-8")) if path and path.is_file() else {}


def open_desk(corpus: Path | str, work: Path | str | None = None, *, max_bytes: int | None = None,
              empty: bool = False) -> Desk:
    """The corpus in folder *corpus* with its lexicon, checked; *empty*: its pages lie elsewhere. Raises InputError."""
    from slackwater import lexicon

    found, folder = corpora.load(corpus, empty=empty), Path(work) if work else None
    limit = max_bytes or given(folder).get("max_bytes", corpora.MAX_PAGE_BYTES)
    return Desk(found, lexicon.load(found.lexicon), folder, limit)


def clean(desk: Desk, given: Iterable[corpora.Page | Given] | None = None) -> Pages:
    """Pages → documents, lines, sentences. A page that cannot be read is a row of `documents` with its fault.

    *given* stands for the pages of the corpus where they lie elsewhere, or are only some of them.
    """
    if given is None and desk.corpus.tables:
        return Pages(*(tables.load(desk.corpus.tables, name) for name in Pages._fields))
    from slackwater import documents
    from slackwater import sentences as splitter

    pages: list[dict] = []
    lines: dict[str, list] = {name: [] for name in ("file", "line", "label", "kept", "why", "text")}
    sentences: dict[str, list] = {name: [] for name in ("file", "sentence", "line", "region", "text")}
    for page in desk.pages if given is None else given:
        row, cleaned = documents.row(page, desk.corpus)
        pages.append(row)
        if cleaned is None:
            continue
        _add(lines, page.file, cleaned.lines)
        if row["fault"] is None:
            found = splitter.of_page(cleaned.lines)
            row["n_sentences"] = sum(s.region != "caption" for s in found)
            _add(sentences, page.file, found)
    return Pages(tables.frame(pages, "documents"), tables.of(lines, "lines"), tables.of(sentences, "sentences"))


def _add(columns: dict[str, list], file: str, rows: Sequence[tuple]) -> None:
    """Enter *rows* of *file* in *columns*, `file` and theirs: a tuple a row, kept, costs the collector its walks."""
    for column, values in zip(columns.values(), ([file] * len(rows), *zip(*rows, strict=True)), strict=bool(rows)):
        column += values


def cleaned(desk: Desk) -> Pages:
    """What `clean` makes; in a report run, what notebook 01 kept."""
    return desk.kept(Pages, lambda: clean(desk))


def measure_tone(desk: Desk, pages: Pages, **knobs: Any) -> Tones:
    """Tone of every sentence and page. *knobs* go to `tone.by_page` (resamples, level)."""
    from slackwater import tone

    measured = tone.measure(pages.sentences, terms=desk.lexicon.mask)
    return Tones(measured, tone.by_page(measured, pages.sentences, pages.lines, **knobs))


def read(desk: Desk, pages: Pages, **knobs: Any) -> Readings:
    """Direction, certainty, speaker of every sentence; verdict of every page. *knobs* go to `themes.verdicts`."""
    from slackwater import themes

    corpus = desk.corpus
    reader = themes.Reader(desk.lexicon, company=corpus.company, place=corpus.place, sites=dict(corpus.sites))
    about = {file: {"publisher": publisher, "kind": kind} for file, publisher, kind
             in tables.rows(pages.documents, "file", "publisher", "kind")}
    said = {file: facts["sentences"] for file, facts in corpus.facts.items() if "sentences" in facts}
    files, numbers, lines, regions, texts = (
        pages.sentences[name].tolist() for name in ("file", "sentence", "line", "region", "text"))
    of_page: dict[str, list[int]] = {}
    for row, file in enumerate(files):
        of_page.setdefault(file, []).append(row)
    columns = ["file", "sentence", "direction", "direction_read", "because", "certainty", "speaker", "about",
               "site", "theme"]
    rows: dict[str, list] = {name: [] for name in columns}
    hits: dict[str, list] = {name: [] for name in ("file", "sentence", *themes.Hit._fields)}
    for file, page in of_page.items():
        readings = themes.read_page([(regions[n], texts[n]) for n in page], reader,
                                    lines=[lines[n] for n in page], **about[file])
        words = said.get(file, ())
        found = []
        for n, reading in zip(page, readings, strict=True):
            word = words and next((w for w in words if w["sentence"] in " ".join(texts[n].split())), None)
            direction, before, because = (word["direction"], reading.direction, word["because"]) if word else (
                reading.direction, None, None)
            found.append((numbers[n], direction, before, because, reading.certainty, reading.speaker,
                          reading.about, reading.site, reading.theme))
        _add(rows, file, found)
        _add(hits, file, [(numbers[n], *hit) for n, reading in zip(page, readings, strict=True)
                          for hit in reading.evidence])
    readings_frame = tables.of(rows, "sentences")[columns]
    joined = _join(pages.sentences, readings_frame, ["file", "sentence"])
    verdicts = themes.verdicts(joined, documents=pages.documents, **knobs)
    return Readings(readings_frame, tables.of(hits, "evidence"), verdicts)


def joined(pages: Pages, tones: Tones, readings: Readings) -> Part:
    """What the stages made of the same pages, as one; no page's row depends on another page."""
    sentences = _join(pages.sentences, tones.sentences, ["file", "sentence"])
    sentences = tables.shaped(_join(sentences, readings.sentences, ["file", "sentence"]), "sentences")
    documents = _join(pages.documents, tones.pages, ["file"])
    documents = _join(documents, readings.pages, ["file"])
    documents = documents.fillna({"direction": "neutral", "verdict": "too few to say",
                                  "n_expansion": 0, "n_retreat": 0, "n_sentences": 0})
    said = pages.documents["direction"]  # the analyst's word, from corpus.yaml
    documents["direction_read"] = documents["direction"].where(said.notna())
    documents["direction"] = said.fillna(documents["direction"])
    return Part(tables.shaped(documents, "documents"), pages.lines, sentences, readings.evidence)


def part(desk: Desk, given: Iterable[corpora.Page | Given]) -> Part:
    """Pages → their tables: the one function that every engine runs. The same pages give the same tables anywhere."""
    pages = clean(desk, given)
    return joined(pages, measure_tone(desk, pages), read(desk, pages))


def assemble(pages: Pages, tones: Tones, readings: Readings) -> Tables:
    """The five tables from what the stages made; what goes across pages is found here: copies, then claims."""
    from slackwater import claims
    from slackwater.scale import copies

    documents, lines, sentences, evidence = joined(pages, tones, readings)
    documents = copies.marked(documents, copies.found(documents, sentences))
    return Tables(documents, lines, sentences, evidence, claims.find(sentences, documents, evidence))


def finished(desk: Desk) -> Tables:
    """The five tables; in a report run, from what notebooks 01 to 03 kept; of a corpus that is tables, as they are."""
    if desk.corpus.tables:
        from slackwater.scale import finished as made

        return made.read(desk.corpus.tables)
    pages = cleaned(desk)
    return assemble(pages, desk.kept(Tones, lambda: measure_tone(desk, pages)),
                    desk.kept(Readings, lambda: read(desk, pages)))


def deliver(desk: Desk, made: Tables, *, headline: str, judgement: dict[str, Any], quotes: bool = True) -> None:
    """Leave the finished tables, and the state that the next edition is compared with, in `work`.

    *headline* is the bottom line in one plain sentence, *judgement* its parts; see `changes.state`.
    """
    from slackwater import changes

    if desk.work:
        if desk.corpus.tables:
            (desk.work / "tables").mkdir(parents=True)
            for name in made._fields:
                shutil.copy2(desk.corpus.tables / f"{name}.parquet", desk.work / "tables")
        else:
            made.save(desk.work / "tables")
        state = changes.state(desk, made, headline=headline, judgement=judgement, quotes=quotes)
        (desk.work / "state.json").write_text(json.dumps(state, ensure_ascii=False, sort_keys=True), "utf-8")


def _join(left: pd.DataFrame, right: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """*left* with its columns of the same name filled from *right*; the rows of *left*, in their order."""
    new = [c for c in right.columns if c not in on]
    if len(left) == len(right) and all(left[c].array.equals(right[c].array) for c in on):  # row beside row
        return left.assign(**{c: right[c].array for c in new})
    joined = left.drop(columns=[c for c in new if c in left]).merge(right, how="left", on=on, validate="one_to_one")
    assert len(joined) == len(left), f"a row of {on} has two partners"
    return joined
