"""A lexicon in hand: what its rules do to a corpus, and what a rule more or less would change.

A `Bench` is a corpus as its lexicon reads it. `without` and `with_rule` give another bench, `moved` and
`moved_pages` compare two; nothing is written before `keep`. Notebook 05 is made of these functions.
"""

from __future__ import annotations

import math
import re
import tempfile
import textwrap
from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from slackwater import engine
from slackwater.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from slackwater.lexicon import Lexicon

OWN = "lexicon.yaml"  # a corpus's own lexicon, beside its corpus.yaml
COMMON = 0.1  # share of the sentences that a telling word may stand in
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]|[^\W\d_]")


@dataclass(frozen=True)
class Bench:
    """A corpus as a lexicon reads it.

    sentences: table `sentences` without tone. evidence: table `evidence`. verdicts: a row per page.
    added: the rules that `with_rule` brought, as they were written.
    """

    desk: engine.Desk
    pages: engine.Pages
    sentences: pd.DataFrame
    evidence: pd.DataFrame
    verdicts: pd.DataFrame
    added: tuple[str, ...] = ()

    def __repr__(self) -> str:
        rules = len(self.desk.lexicon.rules)
        return f"Bench: {len(self.sentences)} sentences of {len(self.verdicts)} pages, read by {rules} rules"


def open_bench(desk: engine.Desk, pages: engine.Pages | None = None) -> Bench:
    """The corpus of *desk* as its lexicon reads it."""
    pages = pages or engine.clean(desk)
    readings = engine.read(desk, pages)
    left = pages.sentences[["file", "sentence", "line", "region", "text"]]
    sentences = left.merge(readings.sentences, on=["file", "sentence"], validate="one_to_one")
    assert len(sentences) == len(left), "a sentence was read twice"
    return Bench(desk, pages, sentences, readings.evidence, readings.pages)


def fired(bench: Bench) -> pd.DataFrame:
    """Rule, direction, how often it counted, was vetoed, or was set aside otherwise; most frequent first."""
    kind = bench.evidence["outcome"].str.extract(r"^(counted|vetoed)", expand=False).fillna("set aside")
    hits = bench.evidence.assign(kind=kind).groupby(["rule", "theme", "direction", "kind"])
    found = hits.size().unstack(fill_value=0)
    found = found.reindex(columns=["counted", "vetoed", "set aside"], fill_value=0).rename_axis(columns=None)
    return found.reset_index().sort_values(["counted", "vetoed", "rule"], ascending=[False, False, True],
                                           ignore_index=True)


def busiest(bench: Bench) -> str:
    """The rule that counted most often in this corpus; the lexicon's first where none did."""
    return str(next(iter(fired(bench)["rule"]), bench.desk.lexicon.rules[0].id))


def context(bench: Bench, rule: str, *, width: int = 60) -> pd.DataFrame:
    """Keyword in context: every match of *rule* with *width* characters either side, and what became of it.

    Raises InputError naming the nearest rule where there is no such one.
    """
    _rule(bench, rule)
    hits = bench.evidence[bench.evidence["rule"] == rule]
    lines = hits.merge(bench.sentences[["file", "sentence", "text"]], on=["file", "sentence"], validate="many_to_one")
    assert len(lines) == len(hits), "a match belongs to no sentence"
    before = [text[max(0, start - width) : start] for text, start in zip(lines["text"], lines["start"], strict=True)]
    after = [text[end : end + width] for text, end in zip(lines["text"], lines["end"], strict=True)]
    return lines.assign(before=before, after=after)[["file", "sentence", "before", "matched", "after", "outcome"]]


def words(bench: Bench, *, n: int = 20, prior: float = 500) -> pd.DataFrame:
    """The *n* words that most tell expansion from retreat, and *n* for the other way round; no names.

    Columns word, leans, log_odds, z, n_expansion, n_retreat. Log-odds ratio with an informative Dirichlet
    prior: the whole corpus, weighing as much as *prior* words, draws rare words towards no difference.
    z above 2 is rarely chance.
    Source: Monroe, Colaresi & Quinn 2008, doi:10.1093/pan/mpn018.
    """
    found = _log_odds(bench, prior).sort_values(["z", "word"], ascending=[False, True], ignore_index=True)
    growth, retreat = found[found["z"] > 0].head(n), found[found["z"] < 0].tail(n)
    import pandas as pd

    return pd.concat([growth, retreat.iloc[::-1]], ignore_index=True)


def overlooked(bench: Bench, *, n: int = 15, prior: float = 500) -> pd.DataFrame:
    """Sentences read as neutral whose words are those of one direction; the strongest first.

    `leaning` is the sum of the log-odds (see `words`) of their telling words, of z 1 at least: above 0
    for expansion. Words of more than a tenth of all sentences tell nothing. Some of the sentences a rule
    should have caught, others a reader will call neutral, too.
    """
    told = _log_odds(bench, prior)
    in_sentences = Counter(word for text in bench.sentences["text"] for word in set(_words(text)))
    common = [word for word, n in in_sentences.items() if n > COMMON * len(bench.sentences)]
    told = told[(told["z"].abs() >= 1) & ~told["word"].isin(common)]
    weight = dict(zip(told["word"], told["log_odds"], strict=True))
    neutral = bench.sentences[(bench.sentences["direction"] == "neutral") & (bench.sentences["certainty"] != "denied")]
    telling = [sorted({w for w in _words(text) if w in weight}, key=lambda w: (-abs(weight[w]), w))
               for text in neutral["text"]]
    leaning = [math.fsum(weight[w] for w in found) for found in telling]
    found = neutral.assign(leaning=leaning, words=[", ".join(t[:6]) for t in telling])
    order = found["leaning"].abs().sort_values(ascending=False, kind="stable").index[:n]
    return found.loc[order, ["file", "sentence", "leaning", "words", "text"]].reset_index(drop=True)


def without(bench: Bench, *rules: str) -> Bench:
    """The same corpus read with *rules* switched off. Raises InputError for a rule that is not there."""
    for rule in rules:
        _rule(bench, rule)
    left = tuple(r for r in bench.desk.lexicon.rules if r.id not in rules)
    return _again(bench, replace(bench.desk.lexicon, rules=left, _matchers={}))


def with_rule(bench: Bench, rule: str) -> Bench:
    """The same corpus read with one more *rule*, written as in a lexicon file, with its examples.

    Raises InputError where it cannot be read, or where it misses one of its `catches` or meets one of
    its `spares`.
    """
    from slackwater import lexicon

    source = bench.desk.lexicon.path
    text = source.read_text("utf-8")
    for one in (*bench.added, rule):
        text = _inserted(text, one)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / source.name
        trial.write_text(text, "utf-8")
        try:
            larger = replace(lexicon.load(trial), path=source)
        except InputError as error:
            raise InputError(str(error).replace(str(trial), f"{source.name} with your rule")) from None
    known = {r.id for r in bench.desk.lexicon.rules}
    new = next(r for r in reversed(larger.rules) if r.id not in known)  # it was put last
    if faults := [line.partition(": ")[2] for line in lexicon.lint(replace(larger, rules=(new,), _matchers={}))
                  if f": rule {new.id}: " in line]:
        raise InputError(f"{'; '.join(faults)}. Mend the patterns or the examples.")
    larger = replace(larger, rules=tuple(r for r in larger.rules if r.id in known or r is new), _matchers={})
    return replace(_again(bench, larger), added=(*bench.added, rule))


def moved(before: Bench, after: Bench) -> pd.DataFrame:
    """The sentences that two benches read differently: file, sentence, before, after, text."""
    columns = ["file", "sentence", "direction"]
    both = before.sentences[[*columns, "text"]].merge(after.sentences[columns], on=["file", "sentence"],
                                                      suffixes=("_before", "_after"), validate="one_to_one")
    both = both.rename(columns={"direction_before": "before", "direction_after": "after"})
    both = both[both["before"] != both["after"]]
    return both[["file", "sentence", "before", "after", "text"]].reset_index(drop=True)


def moved_pages(before: Bench, after: Bench) -> pd.DataFrame:
    """The pages whose direction, verdict or count of sentences two benches tell differently."""
    columns = ["direction", "verdict", "n_expansion", "n_retreat"]
    both = before.verdicts[["file", *columns]].merge(after.verdicts[["file", *columns]], on="file",
                                                     suffixes=(" before", " after"), validate="one_to_one")
    was, now = (both[[f"{c} {when}" for c in columns]].set_axis(columns, axis=1) for when in ("before", "after"))
    return both[(was != now).any(axis=1)].reset_index(drop=True)


def keep(bench: Bench) -> Path:
    """Write the lexicon of *bench*, with its added rules, into the corpus folder; returns its path.

    It is named lexicon.yaml, and corpus.yaml names it. Raises InputError where that would overwrite another file,
    or where rules are switched off, which is not written.
    """
    from slackwater import lexicon

    corpus = bench.desk.corpus
    left = {rule.id for rule in bench.desk.lexicon.rules}
    if off := [rule.id for rule in lexicon.load(corpus.lexicon).rules if rule.id not in left]:
        raise InputError(f"{corpus.lexicon.name}: {', '.join(off)}: switched off here, and only added rules are kept. "
                         "Keep a bench that has all rules, then delete what you do not want from the file.")
    own = corpus.lexicon if corpus.lexicon.parent == corpus.folder else corpus.folder / OWN
    if own.exists() and own != corpus.lexicon:
        raise InputError(f"{own}: is there already and was not touched. Name it under `lexicon` in corpus.yaml first.")
    text = corpus.lexicon.read_text("utf-8")
    for rule in bench.added:
        text = _inserted(text, rule)
    own.write_text(text, "utf-8")
    if own != corpus.lexicon:
        said = corpus.folder / "corpus.yaml"
        before = said.read_text("utf-8")
        if re.search(r"^lexicon:", before, re.MULTILINE):
            after = re.sub(r"^lexicon:.*$", f"lexicon: {OWN}", before, flags=re.MULTILINE)
        else:
            after = before.rstrip("\n") + f"\n\nlexicon: {OWN}\n"
        said.write_text(after, "utf-8")
    return own


def _rule(bench: Bench, name: str) -> None:
    names = [rule.id for rule in bench.desk.lexicon.rules]
    if name not in names:
        near = get_close_matches(name, names, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Known rules: {', '.join(names)}."
        raise InputError(f"{bench.desk.lexicon.path.name}: there is no rule {name!r}. {hint}")


def _again(bench: Bench, lexicon: Lexicon) -> Bench:
    return replace(open_bench(replace(bench.desk, lexicon=lexicon), bench.pages), added=bench.added)


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word.lower())


def _log_odds(bench: Bench, prior: float) -> pd.DataFrame:
    import pandas as pd

    corpus = bench.desk.corpus
    # whom the pages name is this corpus's affair; no rule should hang on it
    left_out = set(_words(" ".join((*corpus.company, *corpus.place)))) | _names(bench)
    counts: dict[str, Counter[str]] = {d: Counter() for d in ("expansion", "retreat", "all")}
    for text, direction in zip(bench.sentences["text"], bench.sentences["direction"], strict=True):
        for group in {direction, "all"} & counts.keys():
            counts[group].update(word for word in _words(text) if word not in left_out)
    total = counts["all"].total() or 1
    n_e, n_r = counts["expansion"].total(), counts["retreat"].total()
    rows = []
    for word in sorted(counts["expansion"].keys() | counts["retreat"].keys()):
        e, r, a = counts["expansion"][word], counts["retreat"][word], prior * counts["all"][word] / total
        odds = math.log((e + a) / (n_e + prior - e - a)) - math.log((r + a) / (n_r + prior - r - a))
        error = math.sqrt(1 / (e + a) + 1 / (r + a))
        rows.append((word, "expansion" if odds > 0 else "retreat", odds, odds / error, e, r))
    columns = ["word", "leans", "log_odds", "z", "n_expansion", "n_retreat"]
    return pd.DataFrame(rows, columns=columns).astype({"word": "str", "leans": "str", "log_odds": float, "z": float})


def _names(bench: Bench) -> set[str]:
    """The words that begin with a capital wherever they stand inside a sentence of a body."""
    body = bench.sentences.loc[bench.sentences["region"] == "body", "text"]
    inside = [word for text in body for word in _WORD.findall(text)[1:]]
    lower = {word.lower() for word in inside if word[0].islower()}
    return {_plain(word) for word in inside if word[0].isupper()} - lower


def _inserted(text: str, rule: str) -> str:
    """*text* of a lexicon with *rule* as the last of its rules; the rest stays byte for byte."""
    import yaml

    lines = textwrap.dedent(rule).strip().removeprefix("- ").splitlines()
    lines = [line.removeprefix("  ") if rule.strip().startswith("- ") else line for line in lines]
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        top = None
    rules = next((value for key, value in getattr(top, "value", []) if getattr(key, "value", "") == "rules"), None)
    if rules is None or rules.id != "sequence" or rules.flow_style or not rules.value:
        raise InputError("the lexicon has no `rules:` with one rule a dash. Write its rules so, then add one.")
    at, there = rules.value[-1].end_mark, text.splitlines()
    end = at.line + (at.column > 0)
    while not there[end - 1].strip() or there[end - 1].lstrip().startswith("#"):
        end -= 1
    indent = " " * rules.start_mark.column
    new = [indent + ("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]
    return "\n".join([*there[:end], *new, *there[end:]]) + "\n"
