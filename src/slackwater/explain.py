"""`slackwater explain CORPUS PAGE[:SENTENCE]`: what was read in a page, by which rules, and what was set aside.

A page gives every sentence that a rule met; a sentence, besides, its line and label, its tone with the
words that made it, and where its rules stand in the lexicon.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slackwater import engine
from slackwater.corpus import printable
from slackwater.errors import InputError

if TYPE_CHECKING:
    from slackwater.engine import Desk

MARKS = {"expansion": "▲", "retreat": "▼", "both": "◆", "neutral": "·"}
_COLOURS = {"expansion": "36", "retreat": "31", "both": "33", "bold": "1", "dim": "2"}  # ANSI, readable on both grounds


def explain(corpus: Path | str, page: str, *, max_bytes: int | None = None) -> dict[str, Any]:
    """What was read in PAGE or PAGE:SENTENCE of the corpus, as plain data.

    PAGE is a file's name, or the beginning of one name alone. Keys: file, title, publisher, published,
    direction, verdict, n_expansion, n_retreat, net, net_low, net_high, n_sentences, fault, and sentences: a list
    of {sentence, line, region, label, text, direction, certainty, speaker, about, site, theme, tone, evidence}.
    Raises InputError for a page or sentence that is not there.
    """
    desk = engine.open_desk(corpus, max_bytes=max_bytes)
    name, number = _found(desk, page)
    desk.pages = [one for one in desk.pages if one.file == name]  # the others are not asked
    made = engine.finished(desk)
    shown = ("file", "title", "publisher", "published", "direction", "verdict", "n_expansion", "n_retreat", "net",
             "net_low", "net_high", "n_sentences", "fault")
    told: dict[str, Any] = {key: _plain(made.documents[key].iloc[0]) for key in shown}
    told["sentences"] = [_sentence(row, made, desk) for row in made.sentences.to_dict("records")
                         if number in (None, row["sentence"])]
    if number is not None and not told["sentences"]:
        last = len(made.sentences)
        raise InputError(f"{name}: has no sentence {number}. " + (f"Name one from 1 to {last}." if last else
                                                                  f"None could be read: {told['fault']}"))
    return told


def lines(told: dict[str, Any], *, colour: bool = False) -> list[str]:
    """What `explain` found, for a terminal; *colour* marks the words that matched."""
    from slackwater.findings.blocks import one_line

    head = [one_line(told["title"] or told["file"], 200), "  ".join(one_line(part, 100) for part in (
        told["file"], told["publisher"] or "publisher unknown", told["published"] or "date unknown"))]
    if told["fault"]:
        return [*head, one_line(told["fault"])]
    head.append(f"{told['direction']}, {told['verdict']}: {told['n_expansion']} of growth and {told['n_retreat']} of "
                f"retreat among {told['n_sentences']} sentence{'s' * (told['n_sentences'] != 1)}")
    whole = len(told["sentences"]) > 1
    met = [row for row in told["sentences"] if row["evidence"] or not whole]
    body = [line for row in met for line in ["", *_lines(row, colour, whole)]]
    silent = len(told["sentences"]) - len(met)
    if silent:
        body += ["", f"{silent} sentence{'s' if silent > 1 else ''} met no rule. Show one with "
                 f"{one_line(told['file'])}:NUMBER."]
    return [_in(head[0], "bold", colour), *head[1:], *body]


def _lines(row: dict[str, Any], colour: bool, whole: bool) -> list[str]:
    direction, text = row["direction"], row["text"]
    said = ", ".join(part for part in (
        direction, row["certainty"] if row["certainty"] != "none" else "",
        f"said by {row['speaker']}" if row["speaker"] != "none" else "",
        f"about {row['about']}" if row["about"] != "none" else "",
        f"site {_safe(row['site'])}" if row["site"] else "") if part)
    where = f"line {row['line']}" + (f", {row['region']}" if row["region"] != "body" else "")
    out = [f"{_in(MARKS[direction], direction, colour)} {row['sentence']}  {where}  {said}",
           f"    {_marked(text, row['evidence'], colour)}"]
    if not whole:
        words = ", ".join(f"{_safe(word)} {value:+.2f}" for word, value in row["tone"]["words"])
        out.append(f"    tone {row['tone']['polarity']:+.2f}: {words or 'no word with a tone'}")
        out.append(f"    region {row['region']}, label {row['label']}: {_safe(row['why'])}")
    if not row["evidence"] and not whole:
        out.append("    no rule of the lexicon met it")
    for hit in row["evidence"]:
        place = f"  ({hit['lexicon']})" if not whole else ""
        said = f"{hit['rule']}, {hit['theme']}, {hit['direction']}: {_safe(hit['outcome'])}{place}"
        faint = "" if hit["outcome"].startswith("counted") else "dim"
        out.append(_in(f"    “{_safe(hit['matched'])}”  {said}", faint, colour))
    return out


def _marked(text: str, evidence: list[dict[str, Any]], colour: bool) -> str:
    """The sentence on one line, the words of hits that counted in their colour."""
    out, at = "", 0
    for hit in sorted(evidence, key=lambda h: h["start"]):
        if colour and hit["outcome"].startswith("counted") and hit["start"] >= at:
            out += _kept(text[at : hit["start"]]) + _in(_kept(text[hit["start"] : hit["end"]]), hit["direction"], True)
            at = hit["end"]
    return out + _kept(text[at:])


def _kept(text: str) -> str:
    """*text* with what could steer a terminal replaced by blanks; its own blanks at the ends stay."""
    return re.sub(r"\s", " ", "".join(c if c.isprintable() else " " for c in text))


def _safe(text: object) -> str:
    return " ".join(_kept(str(text)).split())


def _in(text: str, colour: str, on: bool) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if on and colour in _COLOURS else text


def _sentence(row: dict[str, Any], made: engine.Tables, desk: Desk) -> dict[str, Any]:
    from slackwater import tone

    rules = {rule.id: rule for rule in desk.lexicon.rules}
    hits = made.evidence[made.evidence["sentence"] == row["sentence"]].drop(columns=["file", "sentence"])
    line = made.lines[made.lines["line"] == row["line"]].iloc[0]
    evidence = [{**{key: _plain(value) for key, value in hit.items()},
                 "lexicon": f"{desk.lexicon.path.name}:{rules[hit['rule']].line}"} for hit in hits.to_dict("records")]
    keys = ("sentence", "line", "region", "text", "direction", "certainty", "speaker", "about", "site", "theme")
    return {**{key: _plain(row[key]) for key in keys}, "label": str(line["label"]), "why": _plain(line["why"]),
            "tone": {"polarity": round(float(row["polarity"]), 6), "words": tone.moved_by(row["text"])},
            "evidence": evidence}


def _found(desk: Desk, page: str) -> tuple[str, int | None]:
    """The page's file and the sentence's number that PAGE[:SENTENCE] names."""
    names = [one.file for one in desk.pages]
    wanted, number = page, None
    if page not in names and (split := re.fullmatch(r"(.+):(\d{1,9})", page, re.DOTALL)):
        wanted, number = split[1], int(split[2])
    begin = [name for name in names if name.startswith(wanted)]
    if wanted in names or len(begin) == 1:
        return wanted if wanted in names else begin[0], number
    near = begin[:5] or get_close_matches(wanted, names, 3) or names[:5]
    raise InputError(f"{printable(wanted)}: {'names several pages' if begin else 'is no page'} of "
                     f"{printable(desk.corpus.folder)}. {'Name one' if begin else 'There are'}: {', '.join(near)}"
                     f"{' …' if len(near) < len(begin or names) else ''}")


def _plain(value: Any) -> Any:
    """A cell of a table as JSON knows it: null for what is not there."""
    if value is None or isinstance(value, str):
        return value
    if value != value or type(value).__name__ == "NAType":
        return None
    return value.item() if hasattr(value, "item") else value
