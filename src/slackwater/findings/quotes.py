"""The evidence itself: each page with the sentences that counted, the words that counted marked in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slackwater.findings import featuring, words
from slackwater.findings.blocks import Blocks, Quote, Quotes, Run, Words, escaped, one_line
from slackwater.findings.quoting import is_answer

if TYPE_CHECKING:
    from slackwater.findings.story import Story

LONGEST = 600  # characters of one quoted sentence: a quotation, not a republication


def quote(story: Story, sentence: Any, *, prefix: str = "") -> Quote:
    """A row of table `sentences` as a quotation: the words that counted marked, its line and page below."""
    hits = story.hits.get((sentence.file, sentence.sentence), [])
    direction = {"both": "growth and retreat", "neutral": "neither way"}.get(
        sentence.direction, words.ADJECTIVE.get(sentence.direction, "")
    )
    certainty, (speaker,) = words.text(sentence.certainty, "none"), words.tellers([sentence])
    parts = [words.sentence(direction)] + [words.CERTAINTIES[certainty]] * (certainty != "none")
    if speaker == "unnamed":
        parts[-1] += ", source not named"
    elif speaker != "none":
        parts.append(f"said by {words.SPEAKERS[speaker]}")
    if words.known(sentence.site):
        parts.append(f"site: {one_line(sentence.site, 60)}")
    counted = [hit for hit in hits if hit.outcome.startswith("counted")]
    if counted:
        rules = list(dict.fromkeys(_rule(hit) for hit in counted))
        parts.append(f"{'rule' if len(rules) == 1 else 'rules'} {words.listing(rules)}")
    if words.known(sentence.direction_read):
        way = {"both": "growth and retreat", "neutral": "no direction"}.get(
            sentence.direction_read, words.ADJECTIVE.get(sentence.direction_read, ""))
        parts.append(f"the analyst’s word, because {one_line(sentence.because, 300)}; the rules read {way}")
    where = f"{'caption, ' if sentence.region == 'caption' else ''}sentence {sentence.sentence}, line"
    return Quote(
        id=prefix + story.anchor(sentence.file, int(sentence.sentence)),
        before="; ".join(parts) + ".",
        runs=marked(sentence.text, [(hit.start, hit.end, hit.direction) for hit in counted]),
        attribution=f"{story.name(sentence.file)}, {where} {sentence.line}",
    )


def _rule(hit: Any) -> str:
    """A rule's name, with what made its match a plan, a report or a rumour."""
    why = one_line(hit.outcome, 120).removeprefix("counted").lstrip(", ")
    return one_line(hit.rule, 60) + (f" ({why})" if why else "")


def marked(text: str, spans: list[tuple[int, int, str]]) -> list[Run]:
    """*text* as runs, those inside *spans* (start, end, direction) marked; where two overlap, the first holds."""
    runs: list[Run] = []
    at = 0
    for start, end, direction in sorted(spans):
        start, end = max(int(start), at), min(int(end), LONGEST)
        if start >= end:
            continue
        runs += [{"text": text[at:start]}, {"text": text[start:end], "mark": True, "direction": direction}]
        at = end
    rest = text[at:LONGEST] + ("…" if len(text) > LONGEST else "")
    return [run for run in [*runs, {"text": rest}] if run["text"]]


PAST = "Told of the past, under a picture, or denied; not counted:"
ANSWER = "Asked for an answer:"


def pages(story: Story) -> Blocks:
    """Every page that was read: what it says in one line, then the sentences that count, then what else it tells.

    Of many pages a choice (`featuring.RULE`).
    """
    parts: list[Any] = [Words(featuring.RULE)] if story.many else []
    of = story.report.sentences
    numbered = {(s.file, int(s.sentence)): s for s in of[of["file"].isin(story.featured)].itertuples()}
    read = story.read[story.read["file"].isin(story.featured)]
    for row in read.sort_values("published_low", kind="stable").itertuples():
        parts.append(
            Words(f"### {escaped(story.name(row.file))} {{#{story.anchor(row.file)}}}\n\n{about_page(story, row)}")
        )
        shown = [numbered[row.file, n] for n in story.shown.get(row.file, [])]
        counted = [s for s in shown if (s.file, int(s.sentence)) in story.counted]
        asked = [s for s in shown if is_answer(story, s)]
        placed = {s.sentence for s in [*counted, *asked]}
        rest = [s for s in shown if s.sentence not in placed]
        for heading, group in (("", counted), (PAST, rest), (ANSWER, asked)):
            if group:
                parts += [Words(heading)] * bool(heading) + [Quotes([quote(story, s) for s in group])]
    return Blocks(parts or [Words("No page could be read.")])


def about_page(story: Story, row: Any) -> str:
    """One page in words: title, file, date and where it comes from, what its sentences say, how sure."""
    title = f"“{escaped(row.title, 200)}”" if words.known(row.title) else "Without a headline"
    kind = words.KINDS.get(words.text(row.kind, "unknown"), (escaped(row.kind),))[0]
    told = [f"{title} ({escaped(row.file, 80)}; {kind}{_address(row.url)}).", dated(row)]
    e, r, n = int(row.n_expansion), int(row.n_retreat), int(row.n_sentences)
    if words.known(row.duplicate_of):
        told.append(f"The same text as {story.page(row.duplicate_of)}: shown, not counted again.")
    if e + r:
        tells = [words.count(k, "sentence") + f" of {what}" for k, what in ((e, "growth"), (r, "retreat")) if k]
        told.append(f"{words.sentence(words.listing(tells))} among {words.number(n)}: {verdict(row)}.")
        told.extend(_rests(story.rests.get(row.file), row))
    else:
        told.append(
            f"None of {words.count(n, 'sentence')} tells of growth or retreat."
            if n != 1
            else "Its one sentence tells of neither growth nor retreat."
        )
    told.extend(_hidden(story, row.file))
    if words.known(row.direction_read):
        told.append(
            f"The rules read it as {words.TOLD[row.direction_read]}; the analyst says {words.TOLD[row.direction]}."
        )
    if words.known(row.because):
        reasons = escaped(words.reasons(row.because), 2000).rstrip(".")
        told.append(f"*The analyst’s word:* {reasons}.")
    return " ".join(told)


def _address(url: Any) -> str:
    """A link out to where the page was published, where that is known and a web address."""
    text = words.text(url)
    host = re.fullmatch(r"https?://([\w.-]+)(?::\d+)?(?:[/?#][^\s<>\"\\\\^`{|}]*)?", text)
    if not host:
        return ""
    target = text.replace("(", "%28").replace(")", "%29")
    return f"; [at {escaped(host[1], 80)}]({target})"


def _hidden(story: Story, file: str) -> list[str]:
    """How many sentences that count, on either side, are not quoted."""
    if not story.quoted:
        return []
    own = story.telling[(story.telling["file"] == file) & ~story.telling["sentence"].isin(story.shown.get(file, []))]
    left = [
        f"{words.number(n)} of {name}"
        for way, name in words.ADJECTIVE.items()
        if (n := int(own["direction"].isin([way, "both"]).sum()))
    ]
    return [f"Not quoted here: {words.listing(left)}."] if left else []


def _rests(found: tuple[float, float, str] | None, row: Any) -> list[str]:
    """How far the verdict hangs on single rules of the lexicon; nothing where that is not known."""
    if not found:
        return []
    least, most, rules = found
    if rules:
        names = words.listing([f"`{escaped(rule)}`" for rule in rules.split("; ")])
        return [f"Without the rule {names} it would not point to {words.TOLD[row.direction]}."
                if ";" not in rules else f"Without one of the rules {names} it would point elsewhere."]
    if words.signed(least) == words.signed(most):
        return ["Leaving out any single rule changes nothing of that."]
    return [f"With any single rule left out the balance lies between {words.signed(least)} and {words.signed(most)}."]


def verdict(row: Any) -> str:
    """The page's direction in words, with its balance and interval."""
    way = words.TOLD[row.direction]
    if row.direction == "neutral":
        sure = "too little to take a side"
    elif row.direction == "mixed":
        sure = way
    else:
        # the verdict weighs the opening most, the balance counts every sentence alike
        opening = " by its opening" if words.known(row.net) and row.net * (1 if way == "growth" else -1) <= 0 else ""
        sure = f"clearly {way}" if row.verdict == "clear" else f"leaning to {way}{opening}, too few to be clear"
    balance = f"balance {words.signed(row.net)}, interval {words.signed(row.net_low)} to {words.signed(row.net_high)}"
    return f"{sure} ({balance})"


def dated(row: Any) -> str:
    """When the page was published, by whose word, told apart from when it was saved."""
    low, high = words.text(row.published_low), words.text(row.published_high)
    if words.known(row.published):
        by = words.text(row.published_from, "unknown")
        source = f"by {words.OUTSIDE.get(by) or f'its own text, {escaped(by)}'}"
        narrow = f", {words.span(low, high)}" if len(str(row.published)) < 10 and low and high else ""
        told = f"Published {words.day(row.published)}{narrow} ({source})."
    elif low or high:
        told = f"Date of publication unknown, {words.span(low, high)}."
    else:
        told = "Date of publication unknown."
    saved = words.text(row.saved)
    return f"{told} Saved {words.saved(saved)}, which dates the copy, not the article." if saved else told
