"""How it was done and how far it can be trusted: accuracy, limits, making, glossary, changes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import crowd, tables
from slackwater.findings import judgement, words
from slackwater.findings.blocks import Blocks, Cell, Table, Words, escaped, one_line

if TYPE_CHECKING:
    from slackwater.findings.story import Story

ACCURACY = Path(__file__).parents[1] / "accuracy.json"

DENIALS = ("answered neutral, share of all", "read as neither growth nor retreat, share of all denials")
GLOSSARY = {
    "balance": "sentences of growth minus those of retreat, over their sum: from −1 (all retreat) to +1 (all growth)",
    "certainty": "how firmly a sentence states its act: as fact, plan, someone’s report, hedged or rumoured, or denied",
    "claim": "a sentence that says something opened or closed, with the site and the time where it gives them",
    "direction": "growth, retreat, both or neither, read from what a sentence says the company does; not from its tone",
    "event time": "when something is said to have happened; not when the page that says so was published",
    "evidence": "the words of a sentence that a rule of the lexicon matched, with the rule’s name",
    "furniture": "the lines of a saved page that are no article: menus, forms, related stories, legal notes",
    "interval": "a range that holds the true value in 95 of 100 such cases; Jeffreys’ for shares, a bootstrap for tone",
    "lexicon": "the list of rules, written by people, that tells which words speak of growth and which of retreat",
    "polarity": "TextBlob’s score of how warm words are, from −1 to +1; called tone here",
    "standfirst": "the line under a headline that sums the article up",
    "undated page": "a page whose day of publication neither its text nor the analyst can tell; drawn as a span",
}


def accuracy(story: Story, path: Path = ACCURACY) -> Blocks:
    """The reader's measured accuracy on texts labelled by people, and a warning where the lexicon has changed since."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Blocks(
            [
                Words(
                    "The accuracy of this version of the lexicon has not been recorded: "
                    "take every single sentence’s reading as a proposal to be checked at its quotation."
                )
            ]
        )
    figures = record.get("figures", [])
    rows: list[list[Cell]] = [
        [
            words.sentence(one_line(figure["what"].replace(*DENIALS), 120)),
            _figure(figure.get("value")),
            f"{_figure(figure['low'])} to {_figure(figure['high'])}" if "low" in figure and "high" in figure else "–",
            f"{int(figure['n']):,}" if words.known(figure.get("n")) else "–",
        ]
        for figure in figures
    ]
    when = f" on {words.day(record['date'])}" if words.known(record.get("date")) else ""
    told = f"Measured{when} on texts that people had labelled, before and apart from this report."
    if story.facts.get("lexicon_hash") and record.get("lexicon_hash") != story.facts["lexicon_hash"]:
        told += " **The lexicon has changed since: these figures are those of another version.**"
    if any("macro-F1" in figure["what"] for figure in figures):
        told += (
            " Macro-F1 is the mean over the directions of how well each is both found and not mistaken for another: "
            "1 is without fault."
        )
    if any("share" in figure["what"] for figure in figures):
        told += " A share of 1 is all of them, of 0 none."
    parts: list[Any] = [Words(told)]
    if rows:
        parts.append(
            Table(
                "tbl-accuracy",
                "Measured accuracy of the reading.",
                ["What was measured", ("Value", "right"), ("95 % interval", "right"), ("Cases", "right")],
                rows,
            )
        )
    return Blocks(parts)


def _figure(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return one_line(words.text(value, "–"), 40)


def limits(story: Story) -> Words:
    """What these pages cannot show, counted."""
    n = len(story.own)
    few = int((story.own["verdict"] != "clear").sum())
    told = []
    if n:
        chosen = f"The {words.count(n, 'page')} were" if n > 1 else "The one page was"
        told.append(f"{chosen} chosen by whoever filled the folder; what nobody saved is not here.")
    if few:
        have = "has" if few == 1 else "have"
        told.append(
            f"{words.sentence(words.share(few, n, 'pages') if n > 1 else 'the one page')} {have} too few directional "
            "sentences for a clear verdict."
        )
    foreign = story.own[story.own["language"].notna() & (story.own["language"] != "en")]
    if len(foreign):
        told.append(
            f"{words.sentence(words.count(len(foreign), 'page'))} not in English: "
            "lexicon and tone are made for English, so little or nothing is read there."
        )
    told += [
        "Direction is read sentence by sentence by rules; irony, and what several sentences say together, escape them.",
        "TextBlob’s tone scores words by a list made from product reviews; it knows nothing of negation at a distance.",
        "An event’s time is as partial as its sentence: no day or month is guessed.",
        "Pages that copy one another unnoticed would count as independent; recognised copies do not.",
    ]
    return Words("\n".join(f"- {limit}" for limit in told))


def method(story: Story) -> Words:
    """The line from a saved page to the judgement, in a few sentences."""
    e = int(story.report.evidence["outcome"].str.startswith("counted").sum()) if len(story.report.evidence) else 0
    vetoed = len(story.report.evidence) - e
    sentences = int((story.report.sentences["region"] != "caption").sum())
    hits = f"{words.count(e, 'match', 'matches')} counted and {words.count(vetoed, 'match', 'matches')} set aside"
    told = [
        f"Each page is cut to its article, and the article to sentences ({sentences:,} here).",
        "Rules of a lexicon find the words that tell of growth or retreat; vetoes and negation set matches aside "
        f"({hits} here).",
        "A sentence’s direction, certainty, speaker and site are kept with the words that gave them.",
        "A page’s direction weighs its sentences by their place, the opening most; its balance counts them, with an "
        "interval that stays wide where they are few (Jeffreys’).",
        "The judgement counts pages, not sentences: its odds are those of a majority of the directional pages, "
        "since the turn where there is one.",
        f"A turn is called only where {words.percent(judgement.FIT)} of the dated pages or more fit it.",
        "The words for likelihood are those of the analytic standards ICD 203; what holds one back stands beside it.",
    ]
    return Words(" ".join(told))


def glossary(story: Story | None = None) -> Table:
    """The report's terms."""
    return Table(
        "tbl-glossary",
        "Terms of this report.",
        ["Term", "Meaning"],
        [[term, meaning] for term, meaning in GLOSSARY.items()],
    )


def likelihoods(story: Story | None = None) -> Table:
    """The scale of words for likelihood."""
    rows = [[words.sentence(word), f"{low * 100:.0f}–{high * 100:.0f} %"] for word, (low, high) in words.RANGES.items()]
    return Table("tbl-likelihood", "What the words for likelihood stand for.", ["Word", ("Probability", "right")], rows)


def making(story: Story) -> Blocks:
    """Versions of what shaped the result, and the hash of every input."""
    facts = story.facts
    versions: list[list[Cell]] = [
        [one_line(name, 60), one_line(version, 60)] for name, version in facts.get("versions", {}).items()
    ]
    if facts.get("lexicon"):
        digest = one_line(words.text(facts.get("lexicon_hash")))[:16]
        versions.append(["lexicon", f"{one_line(facts['lexicon'], 60)}, {digest}"])
    made_with = Table("tbl-versions", "What this report was made with.", ["Part", "Version"], versions)
    hashes = list(tables.rows(story.documents, "file", "sha256"))
    if len(hashes) > crowd.MANY:
        whole = hashlib.sha256("".join(f"{words.text(sha)}  {file}\n" for file, sha in hashes).encode()).hexdigest()
        listed = f"The SHA-256 of each of the {len(hashes):,} files is in the table “documents” beside the report."
        return Blocks([made_with, Words(f"{listed} That of their list, as `sha256sum` writes it: `{whole[:16]}`.")])
    inputs: list[list[Cell]] = [
        [one_line(file, 80), one_line(words.text(sha, "–"), 64)[:16]] for file, sha in hashes
    ]
    return Blocks(
        [
            made_with,
            Table(
                "tbl-inputs",
                "The pages it was made from, each with the first sixteen digits of its SHA-256.",
                ["File", "SHA-256"],
                inputs,
            ),
        ]
    )


def parts(story: Story) -> dict[str, Any]:
    """The judgement as plain data, for comparison with the next edition."""
    found = story.judgement
    return {"course": found.course, "direction": found.direction, "word": found.word, "between": list(found.between)}


def what_changed(story: Story, news: dict[str, Any]) -> Words:
    """What is new since the previous edition (*news* as `changes.compare` gives it): news apart from method."""
    if news.get("first"):
        return Words("This is the first edition; later ones say here what is new.")
    told = []
    if news.get("judgement"):
        told.append(
            f"- **The judgement changed.** Before: {escaped(news['judgement']['from'])} "
            f"Now: {escaped(news['judgement']['to'])}"
        )
    if news.get("withdrawn"):
        told.append(f"- {words.sentence(words.count(news['withdrawn'], 'page'))} withdrawn.")
    for key, verb in (("pages_added", "New"), ("pages_dropped", "Dropped"), ("pages_edited", "Edited")):
        pages = news.get(key) or []
        if pages:
            shown = words.some(pages, lambda page: _page(story, page["file"], page.get("title")), limit=6)
            told.append(f"- {verb}: {words.count(len(pages), 'page')}: {shown}.")
    for moved in (news.get("verdicts") or [])[:10]:
        told.append(
            f"- {_page(story, moved['file'], moved.get('title'))} now tells of {words.TOLD[moved['to']]}, "
            f"before of {words.TOLD[moved['from']]}."
        )
    for key, noun in (
        ("claims_added", ("new claim", "new claims")),
        ("claims_dropped", ("claim is gone", "claims are gone")),
    ):
        claims = news.get(key) or []
        if claims:
            names = [
                escaped(
                    f"{c['event']}{' at ' + c['site'] if c.get('site') else ''}"
                    f"{' ' + words.at(c['when']) if c.get('when') else ''}"
                )
                for c in claims
            ]
            told.append(f"- {words.sentence(words.count(len(claims), *noun))}: {words.listing(names, limit=5)}.")
    if news.get("method"):
        told.append(
            f"- **The method changed too:** {words.listing(map(escaped, news['method']))}. Differences may come from "
            "that, not from the news."
        )
    return Words("\n".join(told) or "Nothing that the report counts has changed since the previous edition.")


def _page(story: Story, file: str, title: Any) -> str:
    if file in story.featured or (story.many and file in story.outlets):
        return story.page(file)
    return f"“{escaped(title, 80)}”" if words.known(title) else escaped(file, 60)
