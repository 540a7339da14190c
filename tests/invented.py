"""Invented corpora for tests: a company that is not, in a town that is not, told of by papers nobody prints.

`corpus("turned")` gives the five tables as the stages would make them; `NAMES` lists the corpora.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from slackwater import dates, engine, measure, tables

COMPANY, PLACE = ("Halcyon Tidal", "the turbine maker"), ("Port Merrow", "Merrow")

TEXTS = {
    ("expansion", "asserted"): (
        "Halcyon Tidal opened its {site} in Port Merrow.",
        "opened its {site}",
        "opens_site",
        "opening",
    ),
    ("expansion", "planned"): (
        "Halcyon Tidal will hire 200 people at the {site} next spring.",
        "will hire 200 people",
        "hires",
        "hiring",
    ),
    ("expansion", "reported"): (
        "The council said Halcyon Tidal would enlarge the {site}.",
        "would enlarge the {site}",
        "enlarges",
        "investment",
    ),
    ("retreat", "asserted"): (
        "Halcyon Tidal has closed the {site} in Port Merrow.",
        "has closed the {site}",
        "closes_site",
        "closure",
    ),
    ("retreat", "reported"): (
        "Dockers said the {site} had been shut since the winter.",
        "had been shut",
        "shuts",
        "closure",
    ),
    ("retreat", "hedged"): (
        "Halcyon Tidal is rumoured to be leaving the {site}.",
        "to be leaving the {site}",
        "leaves",
        "relocation",
    ),
    ("neutral", "none"): ("The harbour lies four miles from the old lighthouse & its keepers.", "", "", ""),
}
PUBLISHERS = ["Merrow Mercury", "Tidal Times", "The Harbour Post", "Coast & Quay", "Northern Ledger"]


@dataclass
class Spec:
    """One page to invent: what its sentences say and what is known of its date."""

    says: list[tuple[str, str, str]] = field(default_factory=list)  # (direction, certainty, speaker)
    published: str | None = None
    low: str | None = None
    high: str | None = None
    publisher: str | None = "Merrow Mercury"
    site: str | None = "harbour works"
    kind: str = "news"
    dated_by: str = "line 3"
    because: str | None = None
    saved: str | None = None
    fault: str | None = None
    title: str | None = None
    duplicate_of: str | None = None
    claims: list[dict] = field(default_factory=list)


def grow(n: int = 4, speaker: str = "press") -> list[tuple[str, str, str]]:
    return [("expansion", ("asserted", "planned", "reported")[i % 3], speaker) for i in range(n)]


def shrink(n: int = 4, speaker: str = "press") -> list[tuple[str, str, str]]:
    return [
        ("retreat", ("asserted", "reported", "hedged")[i % 3], "workers" if i % 3 == 1 else speaker) for i in range(n)
    ]


OPENING = {"event": "opening", "when": "2019-05", "when_text": "in May 2019"}
PLAN = {"event": "opening", "when": "2019-04", "when_text": "in April", "certainty": "planned"}
CLOSING = {
    "event": "closing",
    "when": "2025-01/2025-02",
    "when_text": "in either January or February",
    "certainty": "reported",
    "speaker": "workers",
}


def specs(name: str) -> list[Spec]:
    if name == "only expansion":
        return [
            Spec(grow(), f"201{n}-03-0{n + 1}", publisher=PUBLISHERS[n], claims=[OPENING] if n == 2 else [])
            for n in range(3)
        ]
    if name == "only retreat":
        return [
            Spec(shrink(), f"202{n}-03", publisher=PUBLISHERS[n], claims=[CLOSING] if n == 2 else []) for n in range(3)
        ]
    if name == "one page":
        return [Spec(grow(1, "company"), "2019-01-17")]
    if name == "one neutral page":
        return [Spec([], "2019-01-17")]
    if name == "undated":
        return [
            Spec(grow(), publisher=None, dated_by="unknown"),
            Spec(shrink(), low="2019-06-01", dated_by="unknown", saved="2025-04 or later"),
            Spec(shrink(2), high="2024-12-31", dated_by="unknown", kind="reprint"),
        ]
    if name == "no signal":
        return [Spec([], f"2020-0{n + 1}-10", publisher=PUBLISHERS[n]) for n in range(4)]
    if name == "nothing read":
        return [
            Spec(fault="is empty. Save the page again, or list it under skip."),
            Spec(fault="holds no article text."),
        ]
    if name == "mixed":
        return [Spec([grow, shrink][n % 2](5), f"20{10 + n}-06-15", publisher=PUBLISHERS[n % 5]) for n in range(10)] + [
            Spec(grow(2) + shrink(2), "2021-01-01")
        ]
    if name == "turned":
        return [
            Spec(
                grow(5, "company"),
                "2018-09-17",
                publisher="Halcyon Tidal",
                kind="press release",
                site="upper yard",
                claims=[{**OPENING, "when": "2018-09-17", "when_text": "Today", "speaker": "company"}],
            ),
            Spec(
                grow(3),
                "2019-01-17",
                publisher="Tidal Times",
                dated_by="corpus.yaml",
                claims=[PLAN],
                because="the address names the day",
            ),
            Spec([], "2023", low="2023-12-05", publisher=None, kind="promotional", dated_by="corpus.yaml"),
            Spec(
                shrink(3, "insiders"),
                low="2019-05-01",
                publisher="Coast & Quay, reprinting The Harbour Post",
                kind="reprint",
                dated_by="unknown",
                saved="2025-04 or later",
                claims=[OPENING],
            ),
            Spec(
                shrink(6),
                "2025",
                low="2025-03-31",
                high="2025-04-02",
                publisher="Northern Ledger",
                dated_by="corpus.yaml",
                claims=[CLOSING, {**OPENING, "when": "2019", "when_text": "in 2019"}],
                title="Halcyon [shuts](javascript:x) its *$harbour$* <works>",
            ),
        ]
    if name.split()[0].isdecimal():
        many = int(name.split()[0])
        found = []
        for n in range(many):
            year, month, day_ = 2015 + n * 10 // many, 1 + (n * 7) % 12, 1 + (n * 11) % 28
            late = year >= 2021
            says = [] if n % 4 == 3 else (shrink if late != (n % 11 == 0) else grow)(1 + n % 7)
            says = says + grow(2) + shrink(1) if n % 13 == 5 else says
            claim = (
                [CLOSING | {"when": f"{year}-{month:02d}"}]
                if late and n % 9 == 0
                else [OPENING | {"when": f"{year}"}]
                if n % 9 == 4
                else []
            )
            spec = Spec(
                says,
                f"{year}-{month:02d}-{day_:02d}",
                publisher=PUBLISHERS[n % 5],
                claims=claim,
                site=["harbour works", "upper yard", None][n % 3],
            )
            if n % 10 == 7:
                spec.published, spec.dated_by, spec.low = None, "unknown", f"{year - 1}-02-01"
                spec.high = f"{year + 1}-06-30" if n % 20 == 7 else None
            found.append(spec)
        return found
    raise KeyError(name)


NAMES = [
    "only expansion",
    "only retreat",
    "one page",
    "one neutral page",
    "undated",
    "no signal",
    "nothing read",
    "mixed",
    "turned",
    "40 pages",
    "400 pages",
]


def corpus(name: str) -> engine.Tables:
    """The five tables of invented corpus *name*."""
    documents, lines, sentences, evidence, claims = [], [], [], [], []
    for n, spec in enumerate(specs(name)):
        file = f"{n:03d}_page.txt"
        said = _sentences(file, spec, n)
        tally = {d: sum(s["direction"] in (d, "both") for s in said) for d in ("expansion", "retreat")}
        middle, low, high = measure.net(tally["expansion"], tally["retreat"])
        total = sum(tally.values())
        direction = (
            "neutral" if not total else "mixed" if abs(middle) < 0.34 else "expansion" if middle > 0 else "retreat"
        )
        first, last = dates.bounds(spec.published) if spec.published else (None, None)
        row = {
            "file": file,
            "title": spec.title or f"Halcyon in Merrow, part {n + 1}",
            "publisher": spec.publisher,
            "published": spec.published,
            "published_low": spec.low or first,
            "published_high": spec.high or last,
            "published_from": spec.dated_by if spec.published else "unknown",
            "saved": spec.saved,
            "kind": spec.kind,
            "language": "en",
            "because": spec.because,
            "encoding": "utf-8",
            "sha256": hashlib.sha256(file.encode()).hexdigest(),
            "fault": spec.fault,
            "n_lines": 0,
            "n_kept": 0,
            "n_sentences": 0,
            "direction": "neutral",
            "verdict": "too few to say",
            "n_expansion": 0,
            "n_retreat": 0,
            "duplicate_of": spec.duplicate_of,
        }
        if spec.fault is None:
            tone = [s["polarity"] for s in said]
            row |= {
                "n_lines": len(said) + 4,
                "n_kept": len(said),
                "n_sentences": len(said),
                "polarity": measure.mean(tone),
                "subjectivity": 0.4,
                "polarity_masked": measure.mean(tone) + 0.03,
                "polarity_uncleaned": measure.mean(tone) + 0.05,
                "direction": direction,
                "verdict": "clear" if total >= 3 and direction != "mixed" else "too few to say",
                "net": middle,
                "net_low": low,
                "net_high": high,
                "n_expansion": tally["expansion"],
                "n_retreat": tally["retreat"],
            }
            row["polarity_low"], row["polarity_high"] = measure.bootstrap(tone, resamples=100)
            sentences += said
            lines += [
                {
                    "file": file,
                    "line": s["line"],
                    "label": s["region"],
                    "kept": True,
                    "why": "sentences of an article",
                    "text": s["text"],
                }
                for s in said
            ]
            furniture = [
                ("widget", "a control"),
                ("related", "other stories"),
                ("bio", "about the author"),
                ("legal", "rights"),
            ]
            lines += [
                {"file": file, "line": len(said) + i, "label": label, "kept": False, "why": why, "text": "…"}
                for i, (label, why) in enumerate(furniture, 1)
            ]
            evidence += _evidence(said)
            claims += _claims(file, spec, said)
        documents.append(row)
    _link(claims)
    return engine.Tables(
        *(
            tables.frame(rows, name)
            for rows, name in (
                (documents, "documents"),
                (lines, "lines"),
                (sentences, "sentences"),
                (evidence, "evidence"),
                (claims, "claims"),
            )
        )
    )


def _sentences(file: str, spec: Spec, n: int) -> list[dict]:
    if spec.fault:
        return []
    says = [("neutral", "none", "press"), *spec.says, ("neutral", "none", "none")]
    rows = []
    for i, (direction, certainty, speaker) in enumerate(says, 1):
        text, _, _, theme = TEXTS[direction, certainty]
        rows.append(
            {
                "file": file,
                "sentence": i,
                "line": i,
                "region": "title" if i == 1 else "body",
                "text": text.format(site=spec.site or "site"),
                "polarity": ((n * 7 + i * 3) % 11 - 5) / 20,
                "subjectivity": 0.4,
                "polarity_masked": ((n * 7 + i * 3) % 11 - 5) / 20,
                "direction": direction,
                "certainty": certainty,
                "speaker": speaker,
                "about": "company",
                "site": spec.site if theme else None,
                "theme": theme or None,
            }
        )
    return rows


def _evidence(said: list[dict]) -> list[dict]:
    rows = []
    for s in said:
        if s["direction"] == "neutral":
            continue
        _, matched, rule, theme = TEXTS[s["direction"], s["certainty"]]
        matched = matched.format(site=s["site"] or "site")
        start = s["text"].index(matched)
        rows.append(
            {
                "file": s["file"],
                "sentence": s["sentence"],
                "rule": rule,
                "theme": theme,
                "direction": s["direction"],
                "start": start,
                "end": start + len(matched),
                "matched": matched,
                "outcome": "counted",
            }
        )
    return rows


def _claims(file: str, spec: Spec, said: list[dict]) -> list[dict]:
    return [
        {
            "certainty": "asserted",
            "speaker": "press",
            "site": spec.site,
            "file": file,
            "sentence": said[min(i, len(said) - 1)]["sentence"],
            **claim,
        }
        for i, claim in enumerate(spec.claims, 1)
    ]


def _link(claims: list[dict]) -> None:
    for claim in claims:
        others = [c for c in claims if c is not claim and (c["event"], c["site"]) == (claim["event"], claim["site"])]
        same = [
            c
            for c in others
            if c["when"][:4] == claim["when"][:4] and "planned" not in (c["certainty"], claim["certainty"])
        ]
        apart = [c for c in others if c["when"][:4] != claim["when"][:4]]
        claim["agrees_with"] = "; ".join(f"{c['file']}:{c['sentence']}" for c in same) or None
        claim["conflicts_with"] = "; ".join(f"{c['file']}:{c['sentence']}" for c in apart) or None
