"""`slackwater evaluate`: the figures against labelled data, printed, and recorded for the method page."""

from __future__ import annotations

import time
from pathlib import Path

from slackwater.corpus import LEXICONS
from slackwater.errors import InputError


def main(what: str, gold: list[Path], *, record: bool = False, seen: list[str] | None = None) -> int:
    """Print the figures of *what* (pages, sentences, corpora) over the *gold* files. Raises InputError.

    For corpora: the file of labels, then the folder of the corpora (by default `corpora` beside it).
    With *record*, direction is measured on sentences and corpora, and kept in accuracy.json: give the
    sentences' file, the labels and the folder. *seen*: corpora that were read while rules were written.
    """
    for path in gold:
        if not path.exists():
            raise InputError(f"{path}: there is no such file. Name the labelled data.")
    if what == "pages":
        from slackwater.evaluate import pages as evaluate_pages

        evaluate_pages.main(gold[0])
        return 0
    from slackwater import lexicon
    from slackwater.evaluate import reading as evaluate_reading

    rules = lexicon.load(LEXICONS / "expansion_retreat.yaml")
    figures = []
    files = list(gold)
    if what == "sentences" or record:
        figures.append(evaluate_reading.sentences(files.pop(0), rules))
    if what == "corpora" or files:
        if not files:
            raise InputError("evaluate --record: the labels of the corpora are missing. Name them after the sentences.")
        folder = files[1] if len(files) > 1 else files[0].parent / "corpora"
        figures.append(evaluate_reading.corpora(files[0], folder, rules, seen=seen or ()))
    for figure in figures:
        print("\n".join(evaluate_reading.lines(figure)))
    if record:
        evaluate_reading.record(figures, rules, date=time.strftime("%Y-%m-%d", time.gmtime()))
        print(f"recorded: {evaluate_reading.ACCURACY.name}")
    return 0
