"""Invented news pages of about 24 sentences, the same for the same numbers, from the seeds and our own sentences.

A page is a dump as people save it: title, byline, paragraphs, and the site's furniture around them. Each
third sentence or so comes from the five seeds, the others are filled in from the templates below, with
names, amounts and terms that do not repeat, as in real news: a million words hold some sixty
thousand different ones, so that no memo is warmer here than it would be at work.

    python -m benchmarks.documents 2000 FOLDER     a corpus of 2,000 pages with its corpus.yaml
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
CORPUS = """\
title: Microsoft in Shanghai
company: Microsoft
place: Shanghai
aliases:
  company: [the US tech giant, the tech giant]
  place: [Zhangjiang, Pudong, Xuhui]
"""
TITLES = """
{company} to open {thing} in {place}
{company} shuts {thing} in {place}, {n} jobs affected
{company} weighs the future of its {place} {thing}
{company} hires {n} engineers for {place} {thing}
What the new {thing} means for {place}
{rival} follows {company} to {place}
{name}: why {company} is rethinking its {thing}
""".strip().splitlines()
# A quarter speak of coming and going, as pages about one company in one place do.
MOVING = """
{company} said on {day} it will open a {adjective} {thing} in {place} next {season}.
{company} has closed its {thing} in {place}, {name} told {outlet}.
The company plans to hire {n} people for the {thing} by {year}.
About {n} workers at the {place} {thing} were laid off in {month} {year}, two people familiar with the matter said.
{company} invested ${m} million in the {thing}, which opened in {month} {year}.
{rival} opened its own {thing} in {town} last {season}.
"We have no plans to leave {place}," said {name}, a spokesman for {company}.
The {thing}, which employs {n} people, may be moved to {town}, {outlet} reported.
{company} denied that the {adjective} {thing} would be shut down.
The government of {town} offered land and a tax holiday to firms that set up a {thing}.
""".strip().splitlines()
STAYING = """
The {thing} serves {n} customers in {sector} and {sector}, {name} said.
{name}, who joined {company} in {year}, called the results {adjective} but not surprising.
Shares of {rival} fell {d} percent to ${m}.{c} on {day}.
"It is a {adjective} and rather {adjective} market for {term}," {name} said in an interview.
Analysts at {name} & {name} expect demand for {term} to grow {d}.{e} percent a year until {year}.
{town}, a city of {d}.{e} million people, is known for {sector}.
The {term} platform was shown at a fair in {town} in {month}.
It isn't clear how the rules on {term} will be applied, wrote {name} of the {outlet}.
{rival} did not immediately respond to a request for comment.
Revenue in {sector} rose to ${m}.{c} million from ${d}.{e} million a year earlier.
The ministry (which oversees {sector}) published draft rules on {term} on {month} {d}.
In {year}, {name} of {town} University found that {term} makes {sector} {adjective}.
According to the {outlet}, {n} firms use {term}; fewer than {d} in ten are {adjective} about it.
Prices of {term} have been {adjective} since {month}, and stocks are {adjective}.
Mr. {name} studied {sector} at {town} and worked for {rival} from {year} to {year}.
The {sector} association said members were "cautiously {adjective}" after a {adjective} {season}.
{name} added that {term}-based tools, e.g. {term}, are no longer a niche in {sector}!
Who will pay for {term}?
""".strip().splitlines()
ABOVE = """
Skip to content
Subscribe
Sign in
{outlet}
Business
Markets
Technology
Opinion
{day}, {month} {d}, {year}
Share this article
Listen to this article
{d} min read
""".strip().splitlines()
BELOW = """
Related stories
{rival} names {name} as head of {sector}
{town} to host fair on {term}
Most read
Sign up for our newsletter and get the {adjective} stories of the day in your inbox
By signing up you agree to our terms of use and privacy policy.
Leave a comment
Your email address will not be published. Required fields are marked *
© {year} {outlet}. All rights reserved.
About us
Contact
Advertise with us
Cookie settings
We use cookies to improve your experience. You can opt out at any time.
""".strip().splitlines()
SLOTS = {key: [word.strip() for word in words.split(",")] for key, words in {
    "company": "Microsoft, Microsoft, the tech giant",
    "place": "Shanghai, Shanghai, Zhangjiang, Pudong",
    "thing": "lab, research lab, office, data centre, innovation hub, store, plant, campus, training centre, showroom",
    "adjective": "new, good, bad, great, strong, weak, poor, rich, early, late, sharp, quiet, difficult, easy, huge, "
                 "small, cheap, modest, ambitious, promising, disappointing, remarkable, ordinary, healthy, slow, rare",
    "season": "spring, summer, autumn, winter, year, quarter",
    "day": "Monday, Tuesday, Wednesday, Thursday, Friday",
    "month": "January, February, March, April, May, June, July, August, September, October, November, December",
    "sector": "health care, retail, logistics, banking, farming, shipping, education, energy, tourism, insurance, "
              "aviation, steel, textiles, chemicals, media",
}.items()}
_SYLLABLES = re.findall(r"\w\w", "babebocadadefagahainkakilalelilomamiNanoorparareriRosasetatetitovavewixuyoza".lower())
_PROSE = re.compile(r"(?<=[.!?”\"]) +(?=[A-Z“\"])")


def folder(number: int, path: Path, *, first: int = 0) -> Path:
    """A corpus of *number* pages in new folder *path*."""
    path.mkdir(parents=True)
    (path / "corpus.yaml").write_text(CORPUS, "utf-8")
    for at, text in enumerate(pages(number, first=first), first):
        (path / f"{at:07}.txt").write_text(text, "utf-8")
    return path


def pages(number: int, *, first: int = 0) -> list[str]:
    """*number* pages; page i is always the same, whatever *first* and *number* are."""
    quoted = _from_seeds()
    return [_page(random.Random(at), quoted) for at in range(first, first + number)]


def _from_seeds() -> list[str]:
    """The sentences of the five seeds, furniture aside: lines that end like prose, cut at their full stops."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if len(line) > 80 and line.rstrip()[-1:] in ".”\"":
                found += [s for s in _PROSE.split(line.strip()) if len(s) > 30]
    return found


def _page(draw: random.Random, quoted: list[str], moving: list[str] = MOVING) -> str:
    body = []
    for _ in range(max(6, round(draw.gauss(24, 6)))):
        kind = draw.random()
        templates = moving if kind < 0.6 else STAYING
        body.append(draw.choice(quoted) if kind < 0.35 else filled(draw.choice(templates), draw))
    paragraphs = []
    while body:
        size = draw.choice((1, 1, 2, 2, 3, 4))
        paragraphs.append(" ".join(body[:size]))
        del body[:size]
    above = [filled(line, draw) for line in ABOVE if draw.random() < 0.6]
    below = [filled(line, draw) for line in BELOW if draw.random() < 0.7]
    head = [filled(draw.choice(TITLES), draw), f"By {_name(draw)} {_name(draw)}", filled("{month} {d}, {year}", draw)]
    return "\n".join([*above, *head, "", "\n\n".join(paragraphs), "", *below]) + "\n"


def filled(template: str, draw: random.Random) -> str:
    """*template* with its slots filled, the same for the same state of *draw*."""
    text = re.sub(r"{(\w+)}", lambda slot: _word(slot[1], draw), template)
    return text[0].upper() + text[1:]


def _word(slot: str, draw: random.Random) -> str:
    if slot in SLOTS:
        return draw.choice(SLOTS[slot])
    if slot in ("name", "town", "rival"):
        return _name(draw)
    if slot == "outlet":
        return f"{_name(draw)} {draw.choice(('News', 'Post', 'Daily', 'Times'))}"
    if slot == "term":
        return f"{_name(draw).lower()}{draw.choice(('s', 'ware', 'tics', ' storage', ' software', ' design'))}"
    return {"n": f"{draw.randint(20, 9000):,}", "m": str(draw.randint(10, 990)), "c": f"{draw.randint(0, 99):02}",
            "d": str(draw.randint(1, 28)), "e": str(draw.randint(0, 9)), "year": str(draw.randint(2005, 2025))}[slot]


def _name(draw: random.Random) -> str:
    """A name of two to four syllables, some far more frequent than others."""
    size = draw.choice((2, 2, 2, 3, 3, 4))
    return "".join(_SYLLABLES[min(int(draw.expovariate(0.07)), len(_SYLLABLES) - 1)] for _ in range(size)).title()


if __name__ == "__main__":
    folder(int(sys.argv[1]), Path(sys.argv[2]))
