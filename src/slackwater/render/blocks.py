"""An executed notebook as a `model.Document`: the one reading that HTML and PDF both write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from slackwater.render import markdown, model, outputs
from slackwater.render.model import Block, Document, Run, Runs, visible

_SILENT = {"parameters", "injected-parameters", "hide"}
_ROLES = ("bottom-line", "note")
_HINT = re.compile(r"^#\|\s*(fig-alt|fig-cap|tbl-cap|label):\s*(.*?)\s*$", re.MULTILINE)


def read(notebook: Mapping[str, Any], *, meta: Mapping[str, Any]) -> Document:
    """The document that executed *notebook* (nbformat 4) shows.

    A first heading that repeats meta["title"] is left out: the title is written anyway.
    """
    problems: list[str] = []
    where = [""]

    def problem(what: str) -> None:
        problems.append(f"{where[0]}: {what}")

    reader = markdown.Reader(problem)
    blocks: list[Block] = []
    setup: list[str] = []
    for number, cell in enumerate(notebook.get("cells", []), 1):
        where[0] = f"cell {number}"
        found = _cell(cell, number, reader, problem)
        role = next((tag for tag in _tags(cell) if tag in _ROLES), None)
        shown = [b for b in found if not (isinstance(b, model.Code) and b.cell)]
        if role and shown:
            found = [model.Group(role, shown), *(b for b in found if b not in shown)]
        if _SILENT & set(_tags(cell)):
            setup += [b.text for b in found if isinstance(b, model.Code)]
            continue
        last, first = blocks[-1] if blocks else None, found[0] if len(found) == 1 else None
        if isinstance(last, model.Code) and last.cell and isinstance(first, model.Code) and first.cell:
            last.text += f"\n\n{first.text}"  # cells that show nothing are unfolded together
        else:
            blocks += found
    if setup:  # nobody reads it first
        blocks.append(model.Code("\n\n".join(setup), cell=-1))
    if blocks and isinstance(blocks[0], model.Heading) and \
            model.words(blocks[0].runs).strip() == visible(meta.get("title", "")).strip():
        del blocks[0]
    document = Document(blocks, reader.notes, problems)
    _level(document)
    _name(document)
    _lead(document)
    return document


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else source


def _cell(cell: Mapping[str, Any], number: int, reader: markdown.Reader, problem) -> list[Block]:
    """The blocks of one cell: its words, or what it put out and then its code."""
    source = _source(cell)
    if cell.get("cell_type") == "markdown":
        reader.attachments = {name: f"data:{kind};base64,{''.join(outputs._text(data).split())}"
                              for name, bundle in cell.get("attachments", {}).items()
                              for kind, data in bundle.items()}
        return reader.blocks(source)
    if cell.get("cell_type") != "code":
        return []
    reader.attachments = {}
    hints = dict(_HINT.findall(source))
    one = outputs.Reader(number, {k: v.strip("\"'") for k, v in hints.items()}, reader.blocks, problem)
    silent = _SILENT & set(_tags(cell))
    found = [] if silent else [b for output in cell.get("outputs", []) for b in one.blocks(output)]
    firsts = [item[0] for block in found if isinstance(block, model.Listing) for item in block.items if item]
    for block in [*found, *firsts]:
        if isinstance(block, model.Paragraph):
            block.id = block.id or "?"  # a finding: it is given an id to be cited by
    code = visible(_HINT.sub("", source).strip("\n"))
    return [*found, model.Code(code, cell=number)] if code else found


def walk(blocks: list[Block]) -> Iterator[Block]:
    """All blocks, those inside others too, in order."""
    for block in blocks:
        yield block
        if isinstance(block, (model.Group, model.Quotation)):
            yield from walk(block.blocks)
        elif isinstance(block, model.Listing):
            for item in block.items:
                yield from walk(item)


def _level(document: Document) -> None:
    """Headings start at 2, under the title, and never skip a level."""
    headings = [b for b in walk(document.blocks) if isinstance(b, model.Heading)]
    lift = 2 - min((h.level for h in headings), default=2)
    last = 1
    for heading in headings:
        last = heading.level = max(2, min(heading.level + max(lift, 0), last + 1, 6))


def _name(document: Document) -> None:
    """Unique ids and running numbers."""
    taken: Counter[str] = Counter({"contents": 1, "main": 1, "notes": 1, "about": 1, "top": 1})

    def unique(wanted: object, fallback: str) -> str:
        base = anchor = model.anchor(wanted) or fallback
        while taken[anchor]:
            taken[base] += 1
            anchor = f"{base}-{taken[base]}"
        taken[anchor] += 1
        return anchor

    numbers: Counter[str] = Counter()
    section, findings = "report", Counter[str]()
    every = [b for part in [document.blocks, *document.notes] for b in walk(part)]
    wishes: list[Any] = [b for b in every if getattr(b, "id", "") not in ("", "?")]
    wishes += [q for b in every if isinstance(b, model.Evidence) for q in b.quotes if q.id]
    for block in wishes:  # an id that somebody chose is taken before one made here
        block.id = unique(block.id, "part")
    for block in every:
        if isinstance(block, model.Heading):
            block.id = section = block.id or unique(model.words(block.runs), "section")
        elif isinstance(block, model.Figure) or (isinstance(block, model.Table) and block.caption):
            prefix = "fig" if isinstance(block, model.Figure) else "tbl"
            numbers[prefix] += 1
            block.number = numbers[prefix]
            block.id = block.id or unique(f"{prefix}-{block.number}", prefix)
            if isinstance(block, model.Figure):
                block.svg = block.svg.replace("PREFIX-", f"{block.id}-")
        elif isinstance(block, model.Paragraph) and block.id == "?":
            findings[section] += 1
            block.id = unique(f"{section}-{findings[section]}", "finding")
        elif isinstance(block, model.Evidence):
            for quote in block.quotes:
                quote.id = quote.id or unique("quote-1", "quote")


def _all_runs(document: Document) -> Iterator[Runs]:
    for part in [document.blocks, *document.notes]:
        for block in walk(part):
            if isinstance(block, (model.Heading, model.Paragraph)):
                yield block.runs
            elif isinstance(block, model.Table):
                yield block.caption
                yield from (cell.runs for row in block.head + block.body for cell in row)
            elif isinstance(block, model.Figure):
                yield block.caption


def _lead(document: Document) -> None:
    """Links inside the document get words where they have none, and lose their target where there is none."""
    names: dict[str, str] = {}
    for block in (b for part in [document.blocks, *document.notes] for b in walk(part)):
        if isinstance(block, model.Figure):
            names[block.id] = f"Figure {block.number}"
        elif isinstance(block, model.Table) and block.id:
            names[block.id] = f"Table {block.number}" if block.number else "the table"
        elif isinstance(block, model.Heading):
            names[block.id] = model.words(block.runs)
        elif isinstance(block, model.Paragraph) and block.id:
            names[block.id] = "above"
        elif isinstance(block, model.Evidence):
            names |= {q.id: q.attribution or "the quotation" for q in block.quotes}
    lost: Counter[str] = Counter()
    noted: set[int] = set()
    for runs in _all_runs(document):
        for run in runs:
            if run.note:
                run.again = run.note in noted
                noted.add(run.note)
            if not run.href.startswith("#"):
                continue
            target = run.href[1:] if run.href[1:] in names else model.anchor(run.href[1:])
            if target in names:
                run.href = f"#{target}"
                run.text = run.text or names[target]
            else:
                lost[run.href] += 1
                run.text, run.href = run.text or run.href, ""
        runs[:] = [r for r in runs if r.text or r.formula or r.note or r.newline]
    document.problems += [f"a link leads nowhere in this report: {address}" for address in sorted(lost)]


def title_runs(text: str) -> Runs:
    """Plain text as runs, for titles and captions."""
    return [Run(visible(text))]
