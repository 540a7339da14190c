"""How the pages were saved, where that matters to who reads the report: broken lines, one long line, shared text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slackwater.findings import words

if TYPE_CHECKING:
    from slackwater.findings.story import Story

SHOWN = 3  # pairs of pages
ONE_LINE = 5  # sentences from which a page of one line is no mere headline


def notes(story: Story) -> list[str]:
    """One sentence for each thing to know of how pages were saved; pages that share much text are named."""
    broken = story.report.lines["why"].fillna("").str.startswith("continues line ")
    wrapped = int(story.report.lines.loc[broken, "file"].nunique())
    heaps = int(((story.read["n_lines"] == 1) & (story.read["n_sentences"] >= ONE_LINE)).sum())
    told = []
    if wrapped:
        were = "was" if wrapped == 1 else "were"
        told.append(
            f"{words.sentence(words.count(wrapped, 'page'))} {were} saved with lines of one width; they were joined "
            "to paragraphs."
        )
    if heaps:
        were = "was" if heaps == 1 else "were"
        told.append(
            f"{words.sentence(words.count(heaps, 'page'))} {were} saved as one line: article and furniture cannot be "
            "told apart there."
        )
    return told + ([] if story.many else _alike(story))


def _alike(story: Story) -> list[str]:
    from slackwater.cleaning import reprints

    own = story.report.sentences[story.report.sentences["file"].isin(story.own["file"])]
    texts = {str(file): "\n".join(rows["text"]) for file, rows in own.groupby("file", sort=True)}
    alike = [pair for pair in reprints.pairs(texts) if pair.verdict == "look"]
    told = [
        f"{story.name(pair.first)}, and {story.name(pair.second)}, share {words.percent(pair.containment)} "
        "of the shorter one’s text: look whether one retells the other."
        for pair in alike[:SHOWN]
    ]
    more = len(alike) - SHOWN
    if more > 0:
        told.append(f"{words.sentence(words.count(more, 'more pair'))} of pages {'does' if more == 1 else 'do'} so.")
    return told
