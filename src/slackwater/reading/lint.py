"""What is wrong or doubtful in a lexicon: examples that fail, rules without any, unused words, overlaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slackwater.lexicon import Lexicon, Rule


def lines(lexicon: Lexicon) -> list[str]:
    """The complaints about *lexicon*, a line each, naming rule and line of the YAML; none means clean."""
    out: list[str] = []
    for rule in lexicon.rules:
        out += _examples(lexicon, rule)
    out += _overlaps(lexicon)
    out += _unused_words(lexicon)
    return out


def _examples(lexicon: Lexicon, rule: Rule) -> list[str]:
    out = []
    if not rule.catches:
        out.append(f"{rule.line}: rule {rule.id}: no example under `catches`; give a sentence it must catch")
    if not rule.spares:
        out.append(
            f"{rule.line}: rule {rule.id}: no example under `spares`; give a near miss it must not catch"
        )
    out += [
        f"{rule.line}: rule {rule.id}: does not catch {example!r}"
        for example in rule.catches
        if rule.id not in _counted(lexicon, example, rule)
    ]
    out += [
        f"{rule.line}: rule {rule.id}: must not catch {example!r}"
        for example in rule.spares
        if rule.id in _counted(lexicon, example, rule)
    ]
    return out


def _counted(lexicon: Lexicon, sentence: str, rule: Rule) -> set[str]:
    """Rules that match *sentence* and are not vetoed; what is denied or turned counts as caught.

    The examples of a *rule* that asks for <own> or <here> are read for the company Acme in Lyon.
    """
    asks = any("<own>" in pattern or "<here>" in pattern for pattern in rule.patterns)
    matcher = lexicon.matcher(("Acme",), ("Lyon",)) if asks else lexicon.matcher()
    found = matcher.sentence(sentence)
    return {
        lexicon.rules[match.rule].id
        for match in matcher.matches(found)
        if matcher.vetoed(match, found) is None
    }


def _overlaps(lexicon: Lexicon) -> list[str]:
    """Rules whose examples are answered by another rule too, with the contrary direction."""
    from slackwater import themes

    reader = themes.Reader(lexicon)
    out = []
    for rule in lexicon.rules:
        for example in rule.catches:
            hits = themes.read(example, reader).evidence
            said = {h.direction for h in hits if h.rule == rule.id}
            out += [
                f"{rule.line}: rule {rule.id}: overlaps {hit.rule}, which says {hit.direction} of {example!r}"
                for hit in hits
                if hit.rule != rule.id
                and hit.outcome.startswith(("counted", "turned"))
                and {hit.direction, *said} >= {"expansion", "retreat"}
            ]
    return out


def _unused_words(lexicon: Lexicon) -> list[str]:
    text = " ".join(
        [p for rule in lexicon.rules for p in (*rule.patterns, *rule.unless, *rule.unless_anywhere)]
        + [p for cue in lexicon.cues for p in (*cue.patterns, *cue.unless)]
        + [entry for entries in lexicon.words.values() for entry in entries]
    )
    used = set(re.findall(r"<([\w-]+)>", text)) | {"country"}
    return [f"0: words: {name} is used by no rule" for name in lexicon.words if name not in used]


def precision(lexicon: Lexicon, gold: list[dict]) -> list[dict]:
    """Per rule, over *gold* ({"sentence", "direction"} each): hits counted, and how many agree with the label.

    A rule without hits is unused there. Sorted by the number of its errors.
    """
    from slackwater import themes

    reader = themes.Reader(lexicon)
    rows: dict[str, dict] = {rule.id: {"rule": rule.id, "hits": 0, "agree": 0} for rule in lexicon.rules}
    for item in gold:
        reading = themes.read(item["sentence"], reader)
        for rule, direction in {
            (h.rule, h.direction) for h in reading.evidence if h.outcome.startswith(("counted", "turned"))
        }:
            rows[rule]["hits"] += 1
            rows[rule]["agree"] += direction == item["direction"] or item["direction"] == "both"
    return sorted(rows.values(), key=lambda row: (row["agree"] - row["hits"], row["rule"]))
