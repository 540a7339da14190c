"""The pages as sources: what kind, first or second hand, dated how, how much of them was article, how warm."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from slackwater import crowd, measure
from slackwater.findings import many, saved, words
from slackwater.findings.blocks import Blocks, Cell, Table, Words, escaped, one_line

if TYPE_CHECKING:
    from slackwater.findings.story import Story

STANDING = {
    "press release": "the party’s own word",
    "news": "reporting",
    "reprint": "second hand",
    "promotional": "advertising",
    "unknown": "not known",
}
COMPARED = 10  # sentences below which a coefficient of agreement says nothing


def sources(story: Story) -> Table:
    """Every page that was read: publisher, kind, standing, how dated, how much of it was article, verdict.

    Of many pages one row an outlet.
    """
    if story.many:
        return many.outlets(story)
    rows = story.read.sort_values(["published_low", "file"], kind="stable", na_position="last")
    return Table(
        "tbl-sources",
        "The pages as sources.",
        [
            "Page",
            "Kind",
            "Standing",
            "Date rests on",
            ("Kept as article", "right"),
            "Points to",
            ("Sentences of growth", "right"),
            ("of retreat", "right"),
        ],
        [_source(story, row) for row in rows.itertuples()],
        wide=True,
    )


def _source(story: Story, row: Any) -> list[Cell]:
    kind = words.text(row.kind, "unknown")
    if words.known(row.duplicate_of):
        standing = f"copy of {story.name(row.duplicate_of)}"
    else:
        standing = STANDING.get(kind, "not known")
    share = words.percent(row.n_kept / row.n_lines) if row.n_lines else "–"
    points = {"expansion": "growth", "retreat": "retreat", "mixed": "both", "neutral": "neither"}[row.direction]
    clear = "" if row.verdict == "clear" or row.direction == "neutral" else " (few sentences)"
    return [
        {"text": story.name(row.file), "href": f"#{story.anchor(row.file)}"},
        kind,
        standing,
        dated_by(row),
        share,
        points + clear,
        f"{int(row.n_expansion):,}",
        f"{int(row.n_retreat):,}",
    ]


def dated_by(row: Any) -> str:
    """What a page's date rests on: its own text, the analyst, bounds alone, or nothing."""
    if words.known(row.published):
        return words.OUTSIDE.get(row.published_from) or f"its text, {one_line(row.published_from, 40)}"
    if words.known(row.published_low) or words.known(row.published_high):
        return f"bounds: {words.span(row.published_low, row.published_high)}"
    return "nothing: undated"


def sources_summary(story: Story) -> Words:
    """Kinds, dating and copies in a sentence or two."""
    n = len(story.read)
    if not n:
        return Words("No page could be read.")
    kinds = story.read["kind"].fillna("unknown").value_counts()
    ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{words.number(k)} {words.KINDS.get(kind, (kind, kind))[k != 1]}" for kind, k in ranked]
    whole = f"{words.count(n, 'page')}: {words.listing(parts)}" if len(parts) > 1 else parts[0]
    told = [f"{words.sentence(whole)}."]
    undated = int(story.read["published"].isna().sum())
    by = story.read.loc[story.read["published"].notna(), "published_from"].value_counts()
    analyst, record = int(by.get("corpus.yaml", 0)), int(by.get("sources.jsonl", 0))
    own = n - undated - analyst - record
    ways = [
        (own, "by its own text", "by their own text"),
        (analyst, "by the analyst", "by the analyst"),
        (record, "by its feed or import", "by their feeds or imports"),
        (undated, "not at all", "not at all"),
    ]
    dated = [f"{words.number(k)} {one if k == 1 else many}" for k, one, many in ways if k]
    if undated == n:
        told.append("None has a date.")
    else:
        told.append(f"Dated: {words.listing(dated)}." if len(dated) > 1 else f"Dated {dated[0].split(' ', 1)[1]}.")
    copies = int(story.read["duplicate_of"].notna().sum())
    if copies:
        verbs = ("repeats", "is") if copies == 1 else ("repeat", "are")
        copied = words.sentence(words.count(copies, "page"))
        told.append(f"{copied} {verbs[0]} the text of another and {verbs[1]} not counted again.")
    if 0 < (k := len(story.unnamed)) < len(story.own):
        verb = "names" if k == 1 else "name"
        told.append(f"{words.sentence(words.share(k, len(story.own), 'pages'))} never {verb} {escaped(story.company)}.")
    return Words(" ".join(told + saved.notes(story)))


def faults(story: Story) -> Blocks:
    """Pages that could not be read or were left out, each with the reason; one sentence where there are none."""
    rows: list[list[Cell]] = [
        [one_line(row.file, 80), one_line(row.fault, 300)]
        for row in story.documents[story.documents["fault"].notna()].itertuples()
    ]
    rows += [
        [one_line(file, 80), f"skipped by the analyst: {one_line(why, 300)}"]
        for file, why in sorted(story.facts.get("skipped", {}).items())
    ]
    if not rows:
        return Blocks([Words("Every page of the folder was read.")])
    verb = "was" if len(rows) == 1 else "were"
    told = Words(f"{words.sentence(words.count(len(rows), 'page'))} {verb} not read.")
    if len(rows) > crowd.MANY:
        return Blocks([told, many.faults([(str(file), str(why)) for file, why in rows])])
    return Blocks([told, Table("tbl-faults", "Pages left out, and why.", ["Page", "Reason"], rows)])


def analyst(story: Story) -> Blocks:
    """What the analyst added or overruled in corpus.yaml, page by page, beside what the sentences say."""
    rows: list[list[Cell]] = []
    for row in story.read[story.read["because"].notna()].itertuples():
        because = one_line(words.reasons(row.because), 2000)
        if words.known(row.direction_read):
            because += f" (read as {words.TOLD[row.direction_read]}, overruled as {words.TOLD[row.direction]})"
        rows.append([{"text": story.name(row.file), "href": story.section(row.file)}, because])
    if not rows:
        return Blocks([Words("The analyst added nothing to what the pages say of themselves.")])
    told = Words(
        f"For {words.count(len(rows), 'page')} the analyst states what no text can tell. "
        "It overrules the text, and is shown as the analyst’s word wherever it is used."
    )
    return Blocks(
        [
            told,
            Table(
                "tbl-analyst",
                "The analyst’s word, and its reasons."
                + (f" The first {crowd.MANY}." if len(rows) > crowd.MANY else ""),
                ["Page", "Because"],
                rows[: crowd.MANY],
            ),
        ]
    )


def tone(story: Story) -> Words:
    """What tone does and does not tell: warmth by direction, and how often its sign would have misled."""
    pages = story.own[story.own["polarity"].notna()]
    if pages.empty:
        return Words("No page has a tone to compare.")
    told = [
        "Tone is how warm the words are; direction is what they say is done. They are measured apart and never mixed."
    ]
    for direction in ("expansion", "retreat"):
        found = pages[pages["direction"] == direction]
        if len(found):
            values = found["polarity"].tolist()
            warm = sum(v > 0 for v in values)
            of = words.sentence(words.share(warm, len(found), f"pages of {words.ADJECTIVE[direction]}"))
            verb = "has" if warm <= 1 else "have"
            told.append(
                f"{of} {verb} a tone above zero, mean {words.signed(measure.mean(values))}."
                if len(values) > 1
                else f"The one page of {words.ADJECTIVE[direction]} has a tone of {words.signed(values[0])}."
            )
    told.append(_misled(story))
    told.append(_second(story))
    told.append(_masking(pages))
    return Words(" ".join(part for part in told if part))


def _misled(story: Story) -> str:
    sided = story.telling[story.telling["direction"].isin(["expansion", "retreat"]) & story.telling["polarity"].notna()]
    if sided.empty:
        return ""
    signs = [_sign(score) for score in sided["polarity"]]
    right = sum(s == d for s, d in zip(signs, sided["direction"], strict=True))
    silent, n = signs.count(None), len(sided)
    alpha = measure.alpha([signs, sided["direction"].tolist()])
    chance = f" (Krippendorff’s alpha {words.signed(alpha)}, where 1 is agreement, 0 chance, less than 0 disagreement)"
    return (
        f"Taken for direction, the sign of the tone would be right on {words.none(right)} of "
        f"{words.count(n, 'directional sentence')}, silent on {words.none(silent)} and wrong on "
        f"{words.none(n - right - silent)}{'' if math.isnan(alpha) or n - silent < COMPARED else chance}."
    )


def _second(story: Story) -> str:
    """VADER beside TextBlob on the directional sentences, the first 2,000 of them."""
    from slackwater import tone as scores

    sided = story.telling[story.telling["direction"].isin(["expansion", "retreat"]) & story.telling["polarity"].notna()]
    sided = sided.head(2000)
    if len(sided) < 2:
        return ""
    other = [_sign(score) for score in scores.second_opinion(sided["text"])]
    first = [_sign(score) for score in sided["polarity"]]
    alpha = measure.alpha([first, other])
    right = sum(sign == way for sign, way in zip(other, sided["direction"], strict=True))
    both = sum(a is not None and b is not None for a, b in zip(first, other, strict=True))
    agree = ""
    if not math.isnan(alpha) and both >= COMPARED:
        how = "disagrees with TextBlob more than chance would" if alpha < 0 else "agrees with TextBlob"
        agree = f", and {how} (alpha {words.signed(alpha)})"
    return f"VADER, a second scorer, would be right on {words.none(right)} of them{agree}."


def _sign(score: float) -> str | None:
    return "expansion" if score > 0 else "retreat" if score < 0 else None


def _masking(pages: Any) -> str:
    masked = (pages["polarity_masked"] - pages["polarity"]).dropna()
    uncleaned = (pages["polarity_uncleaned"] - pages["polarity"]).dropna()
    if masked.empty or uncleaned.empty:
        return ""
    return (
        f"Masking the field’s own terms moves a page’s tone by {words.signed(measure.mean(masked))} on average, "
        f"leaving its furniture in by {words.signed(measure.mean(uncleaned))}: "
        f"differences of that size between pages mean little.{_crossing(pages)}"
    )


def _crossing(pages: Any) -> str:
    """How many pages masking turns from cold to warm or back; "" where none."""
    both = pages[pages["polarity_masked"].notna()]
    n = sum(_sign(a) != _sign(b) for a, b in zip(both["polarity"], both["polarity_masked"], strict=True))
    return f" It moves {words.count(n, 'page')} of {words.number(len(both))} across zero." if n else ""


def cleaning(story: Story) -> Table | Words:
    """How each page was cleaned: lines kept, and what was dropped under which label."""
    if story.many:
        return Words("Every line of each page, with its label and the reason, stands in the table “lines”.")
    dropped = story.report.lines[~story.report.lines["kept"]]
    tallies: dict[str, dict[str, int]] = {}
    for file, label in zip(dropped["file"], dropped["label"], strict=True):
        found = tallies.setdefault(file, {})
        found[label] = found.get(label, 0) + 1
    rows: list[list[Cell]] = []
    pages = story.documents[story.documents["n_lines"].fillna(0) > 0]
    for row in pages.itertuples():
        ranked = sorted(tallies.get(row.file, {}).items(), key=lambda item: (-item[1], item[0]))
        why = words.listing(f"{label} ({n:,})" for label, n in ranked) or "nothing"
        rows.append(
            [
                {"text": story.name(row.file), "href": f"#{story.anchor(row.file)}"}
                if not words.known(row.fault)
                else story.name(row.file),
                f"{int(row.n_kept):,} of {int(row.n_lines):,}",
                why,
            ]
        )
    return Table(
        "tbl-cleaning",
        "Lines kept of each page, and what was dropped.",
        ["Page", ("Lines kept", "right"), "Dropped as"],
        rows,
    )


def reasons(story: Story) -> Table:
    """Why lines were dropped, over all pages: label, reason, how often."""
    dropped = story.report.lines[~story.report.lines["kept"]]
    counts = dropped.groupby(["label", dropped["why"].fillna("no reason noted")]).size()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows: list[list[Cell]] = [[label, one_line(why, 160), f"{n:,}"] for (label, why), n in ranked[:40]]
    more = f" Shown are the 40 most frequent of {len(ranked)} reasons." if len(ranked) > 40 else ""
    return Table(
        "tbl-reasons", f"Why lines were dropped, over all pages.{more}", ["Label", "Reason", ("Lines", "right")], rows
    )


def cleaned(story: Story) -> Words:
    """How much of the pages was article."""
    n, kept = int(story.documents["n_lines"].fillna(0).sum()), int(story.documents["n_kept"].fillna(0).sum())
    if not n:
        return Words("No page had a line to keep.")
    return Words(
        f"Of {words.count(n, 'line')} that are not blank, {words.number(kept)} were kept as article and "
        f"{words.number(n - kept)} dropped as furniture of the page: {_furniture(story)}."
    )


def _furniture(story: Story) -> str:
    labels = story.report.lines[~story.report.lines["kept"]]["label"].value_counts()
    ranked = sorted(labels.items(), key=lambda item: (-item[1], item[0]))
    return words.listing((f"{label} ({n:,})" for label, n in ranked), limit=6) or "nothing"
