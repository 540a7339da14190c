"""What the report says instead of one row a page where there are many: by period, outlet, event and word."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from slackwater import crowd, measure, tables
from slackwater.findings import words
from slackwater.findings.blocks import Blocks, Cell, Table, Words, one_line

if TYPE_CHECKING:
    from slackwater.findings.story import Story

ROWS = 24  # of a table of periods, outlets, events or reasons
WORDS = 10  # a side
OUTLETS = 3  # that a telling word must come from
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")
UNKNOWN = "publisher not known"


def tide(story: Story) -> crowd.Tide:
    """The pages that are no copy, by period."""
    return crowd.of_documents(story.documents)


def periods(story: Story) -> Blocks:
    """The balance of each period's pages, with its interval clustered by outlet; nothing where each page is shown."""
    if not story.many:
        return Blocks([])
    found = tide(story)
    if not found.balances:
        return Blocks([Words("No page that takes a side is dated well enough to sum the pages up by time.")])
    shown = sorted(found.balances)[-ROWS:]
    rows: list[list[Cell]] = []
    for when in shown:
        e, r, neither = found.counts[when]
        balance = found.balances[when]
        rows.append([_period(when, found.step), f"{e:,}", f"{r:,}", f"{neither:,}", words.signed(balance.net),
                     f"{words.signed(balance.low)} to {words.signed(balance.high)}", f"{balance.worth:,.1f}"])
    more = len(found.balances) - len(shown)
    caption = f"The balance of each {found.step}’s pages." + (f" The last {ROWS} of {more + ROWS}." if more else "")
    columns: list[str | tuple[str, str]] = [
        words.sentence(found.step), ("Growth", "right"), ("Retreat", "right"), ("Neither or both", "right"),
        ("Balance", "right"), ("95 % interval", "right"), ("Worth, in independent pages", "right")]
    told = (
        f"There are more than {crowd.MANY} pages, so they are summed up by {found.step}: each page counts once, a "
        "reprint not at all. Pages of one outlet are no independent witnesses: here their likeness within a "
        f"{found.step} is {found.alike:.2f} (0: as any two pages of that time; 1: one voice), and the intervals are as "
        "wide as that makes them."
    )
    if found.unplaced:
        are = "is" if found.unplaced == 1 else "are"
        told += f" {words.sentence(words.count(found.unplaced, 'page'))} {are} not dated to the {found.step}."
    return Blocks([Words(told), Table("tbl-periods", caption, columns, rows)])


def _period(start: str, step: str) -> str:
    year, month = start[:4], int(start[5:7])
    return {"week": f"week of {words.day(start)}", "month": words.day(start[:7]),
            "quarter": f"{('first', 'second', 'third', 'fourth')[(month - 1) // 3]} quarter of {year}"}.get(step, year)


def outlets(story: Story) -> Table:
    """The outlets by number of pages: what theirs tell, with the balance and its interval, and from when to when."""
    kinds = ("expansion", "retreat", "other", "copies")
    counts: dict[str, Counter[str]] = {}
    days: dict[str, list[str]] = {}
    columns = ("publisher", "direction", "duplicate_of", "published_low", "published_high")
    for outlet, way, copy, low, high in tables.rows(story.read, *columns):
        name = words.text(outlet, UNKNOWN)
        kind = "copies" if copy else way if way in kinds else "other"
        counts.setdefault(name, Counter())[kind] += 1
        if low and high:
            days.setdefault(name, []).extend((low, high))
    order = sorted(counts, key=lambda name: (name == UNKNOWN, -counts[name].total(), name))
    shown, rest = order[:ROWS], order[ROWS:]
    named = [(one_line(name, 60), counts[name], days.get(name, [])) for name in shown]
    if rest:
        named.append((f"{words.number(len(rest))} others", sum((counts[name] for name in rest), Counter()),
                      [day for name in rest for day in days.get(name, [])]))
    rows: list[list[Cell]] = []
    for name, n, span in named:
        net, low, high = measure.net(n["expansion"], n["retreat"])
        sure = f"{words.signed(net)} ({words.signed(low)} to {words.signed(high)})" if n["expansion"] + n["retreat"] \
            else "–"
        years = f"{min(span)[:4]}–{max(span)[:4]}" if span else "undated"
        rows.append([words.sentence(name), *(f"{n[kind]:,}" for kind in kinds), sure,
                     years[:4] if years[:4] == years[5:] else years])
    return Table(
        "tbl-sources",
        "The sources by outlet. Every page by itself is in the table “documents” beside the report. The balance of "
        "an outlet counts its pages as independent.",
        ["Outlet", ("Pages of growth", "right"), ("of retreat", "right"), ("of neither or both", "right"),
         ("Copies", "right"), ("Balance with 95 % interval", "right"), "Published"],
        rows,
        wide=True,
    )


def happenings(story: Story) -> Table:
    """The events that most outlets tell of: site, time, how many pages and outlets, how firmly, and one of them."""
    claims = story.claims[story.claims["file"].isin(story.own["file"])]
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for row in claims[["event", "site", "when", "file", "sentence", "certainty", "conflicts_with"]].itertuples():
        if words.known(row.site):
            groups.setdefault((row.event, row.site, words.text(row.when)), []).append(row)
    ranked = sorted(
        ((len({story.outlets[row.file] for row in told}), len({row.file for row in told}), key, told)
         for key, told in groups.items()),
        key=lambda item: (-item[0], -item[1], not item[2][2], item[2]),
    )
    rows: list[list[Cell]] = []
    for outlets_, pages, (event, site, when), told in ranked[:ROWS]:
        best = min(told, key=lambda row: (row.file not in story.featured, _FIRMNESS.get(row.certainty, 9), row.file))
        hows = Counter(words.text(row.certainty, "none") for row in told)
        contrary = len({row.file for row in told if words.known(row.conflicts_with)})
        rows.append([
            words.sentence(one_line(event, 40)), one_line(site, 60),
            words.sentence(words.day(when)) if when else "not told", f"{pages:,}", f"{outlets_:,}",
            words.listing(f"{words.CERTAINTIES[how]} ({n:,})" for how, n in sorted(
                hows.items(), key=lambda item: (-item[1], item[0]))),
            f"{contrary:,}" if contrary else "none",
            {"text": f"{story.name(best.file)}, sentence {best.sentence}",
             "href": story.target(best.file, best.sentence)},
        ])
    more = f" Shown are the {ROWS} that most outlets tell of {len(ranked):,}." if len(ranked) > ROWS else ""
    return Table(
        "tbl-claims",
        "What is said to have opened or closed at sites that are named, where and when; reprints count once. Every "
        f"claim by itself is in the table “claims” beside the report.{more}",
        ["Event", "Site", "When", ("Pages", "right"), ("Outlets", "right"), "How firmly, in sentences",
         ("Pages in conflict with another", "right"), "For one"],
        rows,
        wide=True,
    )


_FIRMNESS = {"asserted": 0, "reported": 1, "planned": 2, "hedged": 3, "denied": 4}


def telling_words(story: Story) -> Blocks:
    """Which words stand with growth and which with retreat beyond chance; nothing where each page is shown."""
    if not story.many:
        return Blocks([])
    found = _tested(story)
    rows: list[list[Cell]] = []
    for name, side in (("growth", [w for w in found if w.odds > 0]), ("retreat", [w for w in found if w.odds < 0])):
        rows += [[one_line(w.word, 40), name, words.signed(w.odds), f"{w.n_expansion:,}", f"{w.n_retreat:,}",
                  "below 0.001" if w.q < 0.001 else f"{w.q:.3f}"] for w in side[:WORDS]]
    how = (
        "The words beside those that a rule matched, in the sentences that count. A word counts once a "
        f"quarter for each outlet and direction, and only where {words.number(OUTLETS)} outlets use it. Log-odds are "
        "drawn towards no difference by all the words together; of the words called telling, one in twenty at most is "
        "expected to be so by chance."
    )
    if not rows:
        return Blocks([Words(f"{how} No word stands with growth or with retreat beyond chance.")])
    more = f" Shown are the {WORDS} surest of either of {len(found):,}." if len(found) > len(rows) else ""
    return Blocks([Words(how), Table(
        "tbl-words",
        f"Words that stand with growth or with retreat beyond chance.{more}",
        ["Word", "Stands with", ("Log-odds", "right"), ("Times with growth", "right"), ("with retreat", "right"),
         ("Share expected by chance, up to here", "right")],
        rows,
    )])


def _tested(story: Story) -> list[crowd.Word]:
    told = story.telling[story.telling["direction"].isin(["expansion", "retreat"])]
    evidence = story.report.evidence
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for file, n, start, end in tables.rows(evidence, "file", "sentence", "start", "end"):
        spans.setdefault((file, n), []).append((start, end))
    days = {file: crowd.period(low, high, "quarter") or ""
            for file, low, high in tables.rows(story.own, "file", "published_low", "published_high")}
    # whom and where all pages name tells no direction
    subject = {word.lower() for word in _WORD.findall(" ".join((story.company, story.place, *story.sites)))}
    seen: dict[str, set[tuple[str, str, str]]] = {}
    for file, n, text, way in tables.rows(told, "file", "sentence", "text", "direction"):
        for start, end in spans.get((file, n), ()):
            text = text[:start] + " " * (end - start) + text[end:]
        for word in {word.lower() for word in _WORD.findall(text)} - subject:
            seen.setdefault(word, set()).add((way, story.outlets[file], days[file]))
    counts: dict[str, Counter[str]] = {"expansion": Counter(), "retreat": Counter()}
    for word, cells in seen.items():
        if len({outlet for _, outlet, _ in cells}) >= OUTLETS:
            for way, _, _ in cells:
                counts[way][word] += 1
    return crowd.telling(counts["expansion"], counts["retreat"])


def faults(rows: list[tuple[str, str]]) -> Table:
    """The reasons for which pages were left out, how often each, and one of its pages; *rows*: (file, reason)."""
    found: dict[str, list[str]] = {}
    for file, why in rows:
        found.setdefault(re.sub(r"\d[\d,]*", "…", one_line(why, 300)), []).append(file)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    more = f" Shown are the {ROWS} most frequent of {len(ranked):,}." if len(ranked) > ROWS else ""
    return Table(
        "tbl-faults",
        f"Why pages were left out; each by itself is in the table “documents” beside the report.{more}",
        ["Reason", ("Pages", "right"), "For one"],
        [[why, f"{len(files):,}", one_line(files[0], 80)] for why, files in ranked[:ROWS]],
    )

