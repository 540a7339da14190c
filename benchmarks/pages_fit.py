"""Fit the cleaner's weights on a set of pages with known article text.

    python -m benchmarks.pages_fit PAGES.jsonl.gz [--folds 10] [--write] [--predict OUT.jsonl]

PAGES holds {"id", "dump", "crop", "truth", "domain", "source"} a line. The pages are split by site into
folds; every fold is read with weights fitted on the others (a softmax margin over a chain of four states, see `fit`).
Prints F1 per source for whole and cropped pages. --write fits on all pages and writes
src/slackwater/cleaning/weights.yaml; --verdict fits and writes only its part "article", on the pages and on the same
pages without their true lines, cross-validated by site (with the path's weights as they are).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from slackwater.cleaning import features as F
from slackwater.cleaning import lines as L
from slackwater.cleaning import path as P
from slackwater.cleaning import verdict as V
from slackwater.evaluate import pages as evaluate_pages

TOKEN = re.compile(r"\w+")
WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # without spaces, so that a character is a piece of a line
PIECE = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
SIZES = [len(F.EMISSION), len(F.START), len(F.END), len(F.GAP), 2]
NO = -1e9
PARTS = ("emission", "start", "end", "gap")
LONGEST = 700  # lines of a page that are fitted
REFUSED = 0.01  # at most this share of real articles may be taken for none
REAL = 20.0  # a real article refused weighs as much as so many false ones


def read(path):
    return list(evaluate_pages.read(Path(path)))


def grams(text, n=4, token=TOKEN):
    t = token.findall(text)
    return Counter(tuple(t[i : i + n]) for i in range(max(1, len(t) - n + 1))) if t else Counter()


def align(lines, truth):
    """Which lines are the article's: long ones by their 4-grams, short ones by order (longest common run)."""
    norm = [" ".join(PIECE.findall(x)) for x in lines]
    gold = [" ".join(PIECE.findall(x)) for x in truth.split("\n")]
    gold = [g for g in gold if g]
    weight = np.array([len(g.split()) + 0.5 for g in gold])
    table = np.zeros((len(norm) + 1, len(gold) + 1))
    hits = [np.array([g == x for g in gold]) if x else np.zeros(len(gold), bool) for x in norm]
    for i, same in enumerate(hits):
        row = table[i + 1]
        diagonal = np.where(same, table[i, :-1] + weight, 0)
        row[1:] = np.maximum(diagonal, table[i, 1:])
        np.maximum.accumulate(row, out=row)
    chosen = np.zeros(len(norm), bool)
    i, j = len(norm), len(gold)
    while i and j:
        if table[i, j] == table[i - 1, j]:
            i -= 1
        elif table[i, j] == table[i, j - 1]:
            j -= 1
        else:
            chosen[i - 1] = True
            i, j = i - 1, j - 1
    all_grams = grams(truth, token=PIECE)
    for k, x in enumerate(norm):
        if not chosen[k] and len(x.split()) >= 6 and norm.index(x) == k:
            mine = grams(x, token=PIECE)
            if sum(c for g, c in mine.items() if g in all_grams) >= 0.6 * sum(mine.values()):
                chosen[k] = True
    return chosen


def emptied_of(lines, chosen):
    """Which lines are left when the article's, and every copy of one that is not short, are taken out."""
    taken = {x for x, c in zip(lines, chosen, strict=True) if c and len(x.split()) >= 6}
    return np.array([not c and x not in taken for x, c in zip(lines, chosen, strict=True)], bool)


def states_of(chosen):
    states = np.zeros(len(chosen), int)
    at = np.flatnonzero(chosen)
    if len(at):
        states[at[0] : at[-1] + 1] = P.GAP
        states[at] = P.IN
        states[at[-1] + 1 :] = P.AFTER
    return states


class Batch:
    """Pages padded to one length, longest first, so that one sweep reads them all."""

    def __init__(self, pages):
        order = sorted(range(len(pages)), key=lambda i: -len(pages[i]["words"]))
        self.pages = [pages[i] for i in order]
        self.length = np.array([len(p["words"]) for p in self.pages])
        n, t = len(pages), self.length[0]
        self.alive = [int((self.length > k).sum()) for k in range(t)]
        kinds = [p["features"] for p in self.pages]
        self.x = [np.concatenate([getattr(f, part) for f in kinds]) for part in PARTS]
        self.mask = np.arange(t)[None, :] < self.length[:, None]
        self.y, self.w, self.s = np.zeros((n, t)), np.zeros((n, t)), np.full((n, t), -1)
        for i, p in enumerate(self.pages):
            k = self.length[i]
            self.y[i, :k], self.w[i, :k], self.s[i, :k] = p["chosen"], p["weight"], p["states"]

    def padded(self, values):
        out = np.zeros(self.mask.shape)
        out[self.mask] = values
        return out

    def sweep(self, theta, tilt=None):
        """-> log Z per page and the expected counts: (in, start, end, gap) per line, into and out of gaps.

        "before" costs nothing until the article starts and "after" nothing once it has ended, so that only the sums
        of the other states are kept, a row for each line.
        """
        parts = np.split(theta, np.cumsum(SIZES)[:-1])
        e, s, v, g = (np.ascontiguousarray(self.padded(b @ w).T) for b, w in zip(self.x, parts[:4], strict=True))
        if tilt is not None:
            e = e + tilt.T
        into, out = parts[4]
        t, n = e.shape
        add = np.logaddexp
        inside, gap, after = (np.full((t + 1, n), NO) for _ in range(3))
        for k, m in enumerate(self.alive):
            i, p = inside[k, :m], gap[k, :m]
            inside[k + 1, :m] = e[k, :m] + add(add(s[k, :m], i), p + out)
            gap[k + 1, :m] = g[k, :m] + add(i + into, p)
            after[k + 1, :m] = add(i + v[k, :m], after[k, :m])
        last = self.length, np.arange(n)
        z = add(add(0.0, inside[last]), after[last])
        from_in, from_gap = np.zeros((t + 1, n)), np.full((t + 1, n), NO)  # sums of what may follow
        for k in range(t - 1, -1, -1):
            m = self.alive[k]
            to_in, to_gap = from_in[k + 1, :m] + e[k, :m], from_gap[k + 1, :m] + g[k, :m]
            from_in[k, :m] = add(add(to_in, into + to_gap), v[k, :m])
            from_gap[k, :m] = add(out + to_in, to_gap)
        e, s, v, g, was_in, was_gap, is_in, is_gap, then_in, then_gap, total = (
            values.T[self.mask]
            for values in (e, s, v, g, inside[:-1], gap[:-1], inside[1:], gap[1:], from_in[1:], from_gap[1:], z + 0 * e)
        )
        to_in, to_gap = then_in + e - total, then_gap + g - total
        return z, (
            np.exp(is_in + then_in - total),
            np.exp(s + to_in),
            np.exp(was_in + v - total),
            np.exp(is_gap + then_gap - total),
            np.exp(was_in + into + to_gap).sum(),
            np.exp(was_gap + out + to_in).sum(),
        )

    def counts(self, expected):
        pin, pst, pen, pga, pinto, pout = expected
        return np.concatenate([*(p @ x for p, x in zip((pin, pst, pen, pga), self.x, strict=True)), [pinto, pout]])

    def observed(self):
        n = len(self.s)
        previous = np.concatenate([np.zeros((n, 1), int), self.s[:, :-1]], 1)
        now = self.s
        own = (now == P.IN, (now == P.IN) & (previous == P.BEFORE), (now == P.AFTER) & (previous == P.IN), now == P.GAP)
        return (
            *(signs[self.mask].astype(float) for signs in own),
            ((now == P.GAP) & (previous == P.IN)).sum(),
            ((now == P.IN) & (previous == P.GAP)).sum(),
        )


def shortened(page, longest=LONGEST):
    """A page's first lines: a few endless ones would take most of the time, and their articles end long before."""
    cut = {name: page[name][:longest] for name in ("chosen", "weight", "states", "words")}
    features = page["features"]
    return cut | {"features": features._replace(**{k: getattr(features, k)[:longest] for k in PARTS})}


def fit(pages, *, ridge=3.0, margin=25.0, over=1.0, say=None):
    """Softmax margin: the true reading of each page must beat every other by as much as that one is wrong.

    A reading is wrong by its words too many (*over*) and too few, as shares of the true ones, times *margin*. Convex;
    unlike plain likelihood it minds pages that are read wholly wrong more than lines that hardly matter.
    """
    batch = Batch([shortened(p) for p in pages])
    observed = batch.counts(batch.observed())
    true_words = np.maximum((batch.y * batch.w).sum(1), 60)
    share = batch.w / true_words[:, None]
    cost = margin * np.where(batch.y > 0, -share, over * share)
    spread = np.concatenate([np.maximum(x.std(0), 0.05) for x in batch.x] + [np.ones(2)])
    scale = 1 / spread
    scale[[np.concatenate([x.std(0) for x in batch.x] + [np.ones(2)]) == 0][0]] = 1

    def loss(theta):
        z, expected = batch.sweep(theta * scale, cost)
        value = z.sum() - observed @ (theta * scale) - (cost * batch.y).sum() + 0.5 * ridge * theta @ theta
        return value / len(pages), ((batch.counts(expected) - observed) * scale + ridge * theta) / len(pages)

    found = minimize(
        loss, np.zeros(sum(SIZES)), jac=True, method="L-BFGS-B", options={"maxiter": 500, "maxfun": 550, "ftol": 1e-7}
    )
    if say:
        say(f"loss {found.fun:.3f} after {found.nit}: {found.message}")
    return found.x * scale


def as_dict(theta):
    parts = np.split(theta, np.cumsum(SIZES)[:-1])
    out = {}
    for name, columns, values in zip(
        ("emission", "start", "end", "gap"), (F.EMISSION, F.START, F.END, F.GAP), parts, strict=False
    ):
        out[name] = {c: round(float(v), 2) for c, v in zip(columns, values, strict=True)}
    out["passages"] = {
        "into a gap": round(float(parts[4][0]), 2),
        "out of a gap": round(float(parts[4][1]), 2),
    }
    return out


def signs_of(pages, theta):
    weights = P.from_dict(as_dict(theta)) if not isinstance(theta, P.Weights) else theta
    return np.array([V.signs(p["lines"], p["features"], *P.best(p["features"], weights)) for p in pages])


def fit_verdict(real, empty, *, ridge=3.0):
    """Logistic weights of the signs that a stretch is an article."""
    x = np.concatenate([real, empty])
    t = np.repeat([1.0, -1.0], [len(real), len(empty)])
    cost = np.where(t > 0, REAL, 1.0)
    scale = np.maximum(x.std(0), 1e-6)
    scale[0] = 1
    z = x / scale

    def loss(b):
        m = t * (z @ b)
        slope = -(z * (cost * t / (1 + np.exp(m)))[:, None]).sum(0)
        return (cost * np.logaddexp(0, -m)).sum() + 0.5 * ridge * b[1:] @ b[1:], slope + ridge * np.r_[0, b[1:]]

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x / scale


def holds_text(page, *, least=150):
    """Whether *least* words stand in neighbouring paragraphs: 25 words and two sentences or more, 2 lines between."""
    several = page["features"].emission[:, F.EMISSION.index("several sentences")] > 0
    at = np.flatnonzero(several & (page["features"].words >= 25))
    runs = np.split(page["features"].words[at], np.flatnonzero(np.diff(at) > 3) + 1)
    return max(run.sum() for run in runs) >= least


def cross_verdict(whole, empty, folds, theta):
    """Weights of the signs, cut so that REFUSED of the held-out articles are refused; prints what that costs."""
    real, none = signs_of(whole, theta), signs_of(empty, theta)
    home = [np.array([fold_of(p["row"]["domain"], folds) for p in pages]) for pages in (whole, empty)]
    scores = [np.full(len(real), -99.0), np.full(len(none), -99.0)]
    for k in range(folds):
        b = fit_verdict(real[home[0] != k], none[home[1] != k])
        for x, at, out in ((real, home[0], scores[0]), (none, home[1], scores[1])):
            out[at == k] = np.where(x[at == k, 0] > 0, x[at == k] @ b, -99)
    ranked = np.sort(scores[0])
    left = np.array([holds_text(p) for p in empty])
    print(f"{left.sum()} of {len(left)} emptied pages still hold running text")
    for n in (1, 2, 3, 5, 12):
        kept = scores[1] >= ranked[n]
        print(
            f"no article: {n / len(real):.3f} of real ones refused, {kept.mean():.3f} of emptied ones kept,"
            f" {kept[~left].mean():.3f} of those without running text"
        )
    n = int(REFUSED * len(real))
    b = fit_verdict(real, none)
    b[0] -= 0.1 * ranked[n - 1] + 0.9 * ranked[n]
    b = np.round(b, 2)
    print(f"in sample: {np.mean(real @ b <= 0):.3f} refused, {np.mean((none[:, 0] > 0) & (none @ b > 0)):.3f} kept")
    return dict(zip(V.SIGNS, b.tolist(), strict=True))


def prepare(rows, *, cropped=False, emptied=False):
    pages = []
    for row in rows:
        text = row["dump"]
        if cropped:
            a, b = row["crop"]
            text = "\n".join(text.split("\n")[a:b])
        raw = L.split(text)
        kept, bullets = L.without_symbols(raw)
        lines = [raw[k].text for k in kept]
        chosen = align(lines, row["truth"])
        if emptied:
            left = emptied_of(lines, chosen)
            bullets = [x for x, c in zip(bullets, left, strict=True) if c]
            lines = [x for x, c in zip(lines, left, strict=True) if c]
            chosen = np.zeros(len(lines), bool)
        if not lines:
            continue
        weight = np.array([len(TOKEN.findall(x)) for x in lines], float)
        pages.append(
            {
                "row": row,
                "lines": lines,
                "chosen": chosen,
                "weight": weight,
                "states": states_of(chosen),
                "features": F.of_lines(lines, bullets),
                "words": weight,
            }
        )
    return pages


def f1(truth, text):
    g, p = grams(truth), grams(text)
    hit = sum((g & p).values())
    return (
        (hit / sum(p.values()) if p else None),
        hit / max(sum(g.values()), 1),
        2 * hit / max(sum(g.values()) + sum(p.values()), 1),
    )


def predict(page, theta):
    states = P.reading(page["features"], P.from_dict(as_dict(theta)))
    return "\n".join(x for x, s in zip(page["lines"], states, strict=True) if s == P.IN)


def report(name, results):
    for source in ("aeb", "wcxb"):
        mine = [r for r in results if r[0] == source]
        p = np.mean([r[1][0] for r in mine if r[1][0] is not None])
        r_ = np.mean([r[1][1] for r in mine])
        per = np.array([r[1][2] for r in mine])
        print(
            f"{name:<24} {source:<5} P={p:.3f} R={r_:.3f} F1={2 * p * r_ / (p + r_):.3f} F1doc={per.mean():.3f}"
            f" bad<.5={np.mean(per < 0.5):.3f}",
            flush=True,
        )


def fold_of(domain, folds):
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % folds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--margin", type=float, default=25.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verdict", action="store_true", help="fit only what tells an article from none")
    parser.add_argument("--no-folds", action="store_true")
    parser.add_argument("--predict")
    a = parser.parse_args()
    rows = read(a.pages)
    whole, cropped, empty = prepare(rows), prepare(rows, cropped=True), prepare(rows, emptied=True)
    oracle = [
        (
            p["row"]["source"],
            f1(p["row"]["truth"], "\n".join(x for x, c in zip(p["lines"], p["chosen"], strict=True) if c)),
        )
        for p in whole
    ]
    report("oracle", oracle)
    everything = whole
    if not (a.no_folds or a.verdict):
        results, crop_results, texts = [], [], {}
        for k in range(a.folds):
            inside = [p for p in everything if fold_of(p["row"]["domain"], a.folds) != k]
            theta = fit(inside, ridge=a.ridge, margin=a.margin, say=lambda s: print(s, file=sys.stderr))
            for pages, kept in ((whole, results), (cropped, crop_results)):
                for p in pages:
                    if fold_of(p["row"]["domain"], a.folds) == k:
                        text = predict(p, theta)
                        kept.append((p["row"]["source"], f1(p["row"]["truth"], text), p["row"]["id"]))
                        if pages is whole:
                            texts[p["row"]["id"]] = text
        report("cross-validated whole", results)
        report("cross-validated cropped", crop_results)
        if a.predict:
            Path(a.predict).write_text(
                "".join(json.dumps({"id": k, "text": v}) + "\n" for k, v in texts.items()), encoding="utf-8"
            )
    if a.write or a.verdict:
        if a.write:
            theta = fit(everything, ridge=a.ridge, margin=a.margin)
            report("in sample whole", [(p["row"]["source"], f1(p["row"]["truth"], predict(p, theta))) for p in whole])
            weights, said = P.from_dict(as_dict(theta)), as_dict(theta)
        else:
            weights, said = P.load(), {k: v for k, v in P.data().items() if k != "article"}
        said["article"] = cross_verdict(whole, empty, a.folds, weights)
        head = (
            "# What a line of each kind adds to (or takes from) the reading that it belongs to the article.\n"
            f"# Fitted by benchmarks/pages_fit.py on {len(rows)} pages; positive speaks for the article.\n"
        )
        import yaml

        target = Path(P.__file__).with_name("weights.yaml")
        target.write_text(head + yaml.safe_dump(said, sort_keys=False, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main()
