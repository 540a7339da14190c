"""What every part of the report shares: the tables, whom they are about, names and links for pages and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from slackwater import crowd, names, tables
from slackwater.findings import featuring, judgement, words
from slackwater.findings.blocks import escaped

if TYPE_CHECKING:
    import pandas as pd


# What an event is, whatever else its sentence tells: "the lab, opened in 2019, has closed" opens in 2019.
EVENTS = {"opening": "expansion", "entry": "expansion", "closing": "retreat", "exit": "retreat"}


class Report(Protocol):
    """The five tables, as `engine.finished` returns them."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    sentences: pd.DataFrame
    evidence: pd.DataFrame
    claims: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Story:
    """The tables of a report, its company and place, and how many sentences of a page may be quoted.

    `quoted` 0 leaves every quotation out; what is not quoted is not linked to either. Of many pages
    (`crowd.MANY`) only a choice has a section of its own (`featured`); the others are named without a link.
    """

    report: Report
    company: str
    place: str
    quoted: int = 8
    facts: dict[str, Any] = field(default_factory=dict)
    known_as: tuple[str, ...] = ()  # every name of the company; without them nothing is said of who is named

    @property
    def documents(self) -> pd.DataFrame:
        """All pages, faulty ones and copies too."""
        return self.report.documents

    @cached_property
    def read(self) -> pd.DataFrame:
        """The pages that could be read."""
        return self.documents[self.documents["fault"].isna()]

    @cached_property
    def many(self) -> bool:
        """Whether there are too many pages to show each."""
        return len(self.read) > crowd.MANY

    @cached_property
    def outlets(self) -> dict[str, str]:
        """File → its outlet; "" where none is known, and those count as one."""
        return {file: words.text(outlet) for file, outlet in tables.rows(self.documents, "file", "publisher")}

    @cached_property
    def featured(self) -> set[str]:
        """The files of the pages that have a section of their own."""
        return featuring.chosen(self) if self.many else set(self.read["file"])

    @cached_property
    def own(self) -> pd.DataFrame:
        """The pages that were read and are no copy of another."""
        return self.read[self.read["duplicate_of"].isna()]

    @cached_property
    def unnamed(self) -> set[str]:
        """The files of `own` pages no sentence of which names the company: they may be about another."""
        if not self.known_as:
            return set()
        company, left = names.Names(self.known_as), set(self.own["file"])
        for file, text in tables.rows(self.report.sentences, "file", "text"):
            if file in left and company.within(text):
                left.discard(file)
        return left

    @cached_property
    def telling(self) -> pd.DataFrame:
        """The sentences of `own` pages that count (`judgement.counting`): every tally and figure is of these."""
        return self._counted[self._counted["file"].isin(self.own["file"])]

    @cached_property
    def _counted(self) -> pd.DataFrame:
        return self.report.sentences[judgement.counting(self.report.sentences, self.documents)]

    @cached_property
    def witnesses(self) -> pd.DataFrame:
        """The sentences behind the judgement."""
        return judgement.witnesses(self.judgement, self.telling)

    @cached_property
    def sites(self) -> set[str]:
        """The sites that sentences of growth or retreat name, those that recall the past as well."""
        said = self.report.sentences
        ways = said["direction"].isin(["expansion", "retreat", "both"]) & said["file"].isin(self.own["file"])
        ours = (said["region"] != "caption") & (said["about"].fillna("company") != "other")
        return set(said[ways & ours]["site"].dropna())

    @cached_property
    def judgement(self) -> judgement.Judgement:
        """The judgement on all pages."""
        return judgement.judge(self.documents, self.report.sentences)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Table `claims` with `direction` of the claim's sentence and `low`, `high` days of its event, by time."""
        from slackwater import claims

        told = self.report.sentences
        told = told[told["direction"] != "neutral"]
        of_sentence = dict(zip(zip(told["file"], told["sentence"], strict=True), told["direction"], strict=True))
        keys = zip(self.report.claims["event"], self.report.claims["file"], self.report.claims["sentence"], strict=True)
        spans = [days or ("", "") for days in claims.spans(self.report.claims, self.documents)]
        table = self.report.claims.assign(
            direction=[
                "neutral" if denied else EVENTS.get(event) or of_sentence.get((file, n), "neutral")
                for (event, file, n), denied in zip(keys, self.report.claims["certainty"] == "denied", strict=True)
            ],
            low=[low for low, _ in spans],
            high=[high for _, high in spans],
        )
        return table.sort_values(["low", "high", "file", "sentence"], kind="stable", ignore_index=True)

    @cached_property
    def _rows(self) -> dict[str, Any]:
        return {} if self.many else {row.file: row for row in self.documents.itertuples()}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {file: at for at, file in enumerate(self.documents["file"])}

    @cached_property
    def _anchors(self) -> dict[str, str]:
        slugs: dict[str, str] = {}
        taken: set[str] = set()
        for file in self.documents["file"]:
            if self.many and file not in self.featured:
                continue
            base = re.sub(r"[^a-z0-9]+", "-", file.lower().rsplit(".", 1)[0]).strip("-")[:40].strip("-") or "page"
            slug, n = base, 1
            while slug in taken:
                slug, n = f"{base}-{n + 1}", n + 1
            slugs[file] = slug
            taken.add(slug)
        return slugs

    @cached_property
    def counted(self) -> set[tuple[str, int]]:
        """(file, sentence) of every sentence that counts, those of copies too."""
        return {(file, int(n)) for file, n in zip(self._counted["file"], self._counted["sentence"], strict=True)}

    @cached_property
    def shown(self) -> dict[str, list[int]]:
        """File → the sentences quoted from it, in reading order (`quoting.chosen`)."""
        from slackwater.findings import quoting

        return quoting.chosen(self) if self.quoted else {}

    @cached_property
    def hits(self) -> dict[tuple[str, int], list[Any]]:
        """(file, sentence) → its rows of table `evidence`."""
        found: dict[tuple[str, int], list[Any]] = {}
        evidence = self.report.evidence
        for hit in (evidence[evidence["file"].isin(self.featured)] if self.many else evidence).itertuples():
            found.setdefault((hit.file, hit.sentence), []).append(hit)
        return found

    @cached_property
    def rests(self) -> dict[str, tuple[float, float, str]]:
        """File → least and most balance when any one rule is left out, and the rules its direction hangs on.

        Only where the report shows at most 60 pages: each rule of each page is left out in turn.
        """
        from slackwater import themes

        told = self.telling["file"].unique()
        if not 0 < len(told) <= 60:
            return {}
        sentences = self.report.sentences[self.report.sentences["file"].isin(told)]
        evidence = self.report.evidence[self.report.evidence["file"].isin(told)]
        found = themes.without_one_rule(sentences, evidence, documents=self.documents)
        return {row.file: (row.net_least, row.net_most, words.text(row.rests_on)) for row in found.itertuples()}

    def row(self, file: str) -> Any:
        """The page's row of table `documents`."""
        if file not in self._rows:
            self._rows[file] = next(self.documents.iloc[[self._places[file]]].itertuples())
        return self._rows[file]

    def anchor(self, file: str, sentence: int | None = None) -> str:
        """Id of a page's section, or of a quoted sentence."""
        slug = self._anchors[file]
        return f"page-{slug}" if sentence is None else f"s-{slug}-{sentence}"

    def name(self, file: str) -> str:
        """A page as a reader knows it, as plain text: "Tidal Times, 17 January 2019"."""
        row = self.row(file)
        return f"{words.who(row)}, {self.date(file)}"

    def date(self, file: str) -> str:
        """When a page was published, in words: "17 January 2019", "2025", "undated"."""
        row = self.row(file)
        return words.day(row.published) if words.known(row.published) else "undated"

    def page(self, file: str) -> str:
        """Markdown link to a page's section, under its name."""
        return self._linked(escaped(self.name(file)), self.section(file))

    def cite(self, file: str, sentence: int, label: str = "") -> str:
        """Markdown link to a quoted sentence; to the page where that sentence is not quoted."""
        return self._linked(label or escaped(self.name(file)), self.target(file, sentence))

    def target(self, file: str, sentence: int) -> str:
        """Where a link to a sentence leads: its quotation, or its page's section; "" where that is not shown."""
        quoted = int(sentence) in self.shown.get(file, [])
        return f"#{self.anchor(file, int(sentence))}" if quoted else self.section(file)

    def section(self, file: str) -> str:
        """Where a link to a page leads: its section; "" where it has none."""
        return f"#{self.anchor(file)}" if not self.many or file in self.featured else ""

    @staticmethod
    def _linked(label: str, target: str) -> str:
        return f"[{label}]({target})" if target else label


def open_story(
    report: Report, corpus: Any, *, quotes: bool = True, quotes_per_page: int = 8, facts: dict[str, Any] | None = None
) -> Story:
    """The story that the tables of *report* tell of *corpus* (its `company` and `place`, first name shown).

    *quotes* False leaves every sentence of a page out; *quotes_per_page* limits them.
    """
    return Story(report, corpus.company[0], corpus.place[0], quotes_per_page if quotes else 0, facts or {},
                 tuple(corpus.company))
