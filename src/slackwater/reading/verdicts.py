"""A page's sentences → its verdict: direction, how sure, and the balance with its interval.

The opening counts most: a reader takes a page's news from its title and first sentences, and what
stands far below is background. What is recalled from earlier years, and what others did, does not count.
"""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING

from slackwater import measure, tables
from slackwater.reading import times

if TYPE_CHECKING:
    import pandas as pd

# by place in the page; chosen on pages of companies that the figure shown is not taken from
TITLE, STANDFIRST = 3.0, 2.0
OPENING = (2.0, 1.5, 1.0, 1.0, 0.6, 0.6)  # first sentences of the body
REST = 0.25
NEEDED = 1.0  # weight below which a page says nothing of the matter
NEEDED_BELOW = (
    2.5  # times as much where neither title nor standfirst nor first sentence speaks of it: background
)
MARGIN = 0.25  # share of the weight by which one direction must lead; less is mixed
_CERTAIN = {"asserted": 1.0, "planned": 1.0, "reported": 0.9, "hedged": 0.7}


def verdicts(
    sentences: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    needed: float = NEEDED,
    margin: float = MARGIN,
    level: float = 0.95,
) -> pd.DataFrame:
    """One row a page: file, direction, verdict, net, net_low, net_high, n_expansion, n_retreat.

    *sentences* has the columns of the table; with *documents* (file, published, published_low) what a
    page recalls from earlier years is left out. verdict: "clear" where the interval of the balance
    leaves out zero, else "too few to say"; a neutral page is clear where hardly any sentence is directional.
    """
    import pandas as pd

    days: dict[str, str | None] = {}
    if documents is not None:
        for file, published, low in tables.rows(documents, "file", "published", "published_low"):
            days[file] = low or published
    pages: dict[str, list[tuple]] = {}
    numbers = sentences["sentence"].tolist() if "sentence" in sentences else range(len(sentences))
    told = tables.rows(sentences, "region", "text", "direction", "certainty")
    for file, number, row in zip(sentences["file"].tolist(), numbers, told, strict=True):
        pages.setdefault(file, []).append((number, *row))
    rows = [
        {"file": file, **_verdict(sorted(page, key=itemgetter(0)), days.get(file), needed, margin, level)}
        for file, page in pages.items()
    ]
    columns = [c for c in tables.SCHEMAS["documents"] if c in _COLUMNS]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(
        {"file": "str", "direction": "str", "verdict": "str", "n_expansion": "Int64", "n_retreat": "Int64"}
    )


_COLUMNS = ("file", "direction", "verdict", "net", "net_low", "net_high", "n_expansion", "n_retreat")


def weights(regions: list[str], texts: list[str]) -> list[float]:
    """Weight of each sentence by its place in the page; captions have none, a line of few words is no opening."""
    out, n = [], 0
    for region, text in zip(regions, texts, strict=True):
        if region == "body":
            counts = n < len(OPENING) and len(text.split(None, 7)) > 6
            out.append(OPENING[n] if counts else REST)
            n += counts
        else:
            out.append({"title": TITLE, "standfirst": STANDFIRST}.get(region, 0.0))
    return out


def _verdict(page: list[tuple], day: str | None, needed: float, margin: float, level: float) -> dict:
    """The verdict of a *page* of (number, region, text, direction, certainty), in order."""
    body = [row for row in page if row[1] != "caption"]
    weight = dict.fromkeys(("expansion", "retreat"), 0.0)
    leads = False
    count = dict.fromkeys(weight, 0)
    placed = weights([region for _, region, *_ in body], [text for _, _, text, *_ in body])
    for (_, _, text, told, certainty), w in zip(body, placed, strict=True):
        ways = tuple(weight) if told == "both" else (told,)
        if ways[0] not in weight or times.recalled(text, low=day):
            continue
        leads = leads or w >= OPENING[0]
        for way in ways:
            weight[way] += w * _CERTAIN.get(certainty or "", 1.0)
            count[way] += 1
    e, r = weight["expansion"], weight["retreat"]
    if e + r < (needed if leads else needed * NEEDED_BELOW):
        direction = "neutral"
    elif abs(e - r) < margin * (e + r):
        direction = "mixed"
    else:
        direction = "expansion" if e > r else "retreat"
    net, low, high = measure.net(count["expansion"], count["retreat"], level=level)
    if direction == "neutral":
        clear = measure.interval(sum(count.values()), len(body), level=level)[1] < 0.2
    elif direction == "mixed":
        clear = False
    else:
        clear = low > 0 or high < 0
    return {
        "direction": direction,
        "verdict": "clear" if clear else "too few to say",
        "net": math.nan if not sum(count.values()) else net,
        "net_low": low,
        "net_high": high,
        "n_expansion": count["expansion"],
        "n_retreat": count["retreat"],
    }


def without_one_rule(
    sentences: pd.DataFrame, evidence: pd.DataFrame, *, documents: pd.DataFrame | None = None, **knobs: float
) -> pd.DataFrame:
    """How far each page's verdict rests on one rule: file, net_least, net_most, rests_on.

    Each rule of table *evidence* is left out in turn: a sentence all of whose counted hits were its
    becomes neutral. net_least and net_most are the outermost balances then met; rests_on names the rules
    without which the page's direction would be another ("; " between two, null where none).
    """
    import pandas as pd

    whole = verdicts(sentences, documents=documents, **knobs).set_index("file")
    counted = evidence[evidence["outcome"].str.startswith(("counted", "turned"))]
    rules = counted.groupby(["file", "sentence"])["rule"].agg(frozenset)
    rows = []
    for file, page in sentences.groupby("file", sort=False):
        own = [rules.get((file, number), frozenset()) for number in page["sentence"]]
        nets, rests = [whole.at[file, "net"]], []
        for rule in sorted(frozenset().union(*own)):
            kept = [d if met != {rule} else "neutral" for d, met in zip(page["direction"], own, strict=True)]
            other = verdicts(page.assign(direction=kept), documents=documents, **knobs).iloc[0]
            nets.append(other["net"])
            if other["direction"] != whole.at[file, "direction"]:
                rests.append(rule)
        found = [n for n in nets if not math.isnan(n)] or [math.nan]
        rows.append(
            {
                "file": file,
                "net_least": min(found),
                "net_most": max(found),
                "rests_on": "; ".join(rests) or None,
            }
        )
    return pd.DataFrame(rows, columns=["file", "net_least", "net_most", "rests_on"])
