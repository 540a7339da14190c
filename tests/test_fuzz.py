"""Whatever is typed or saved, the outcome is a result or a fault told in one line.

2,000 inputs here; `make fuzz` tries more than 100,000 (HYPOTHESIS_PROFILE=long).
"""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from slackwater import clean, corpus, dates, formats, journal, lexicon, parameters, run, sentences, themes
from slackwater.errors import SlackwaterError
from slackwater.reading import patterns

pytestmark = pytest.mark.slow
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def inputs(ci: int, long: int):
    """So many inputs; the same ones each time in CI, new ones in the long profile."""
    return settings(max_examples=long if LONG else ci, deadline=None, derandomize=not LONG, database=None,
                    suppress_health_check=list(HealthCheck))


def told(call, *given, **how):
    """The result of *call*, or None where it raised a documented error of one line."""
    try:
        return call(*given, **how)
    except SlackwaterError as error:
        assert str(error).strip() and str(error).isprintable(), repr(str(error))
        return None


WORDS = ["Acme", "Ghent", "opened", "closed", "a", "plant", "will", "not", "cut", "jobs", "in", "2019",
         "January 5, 2020", "By",
         "said", "“we leave”", "U.S.", "…", "。", "，", "Reuters", "Related:", "Subscribe", "*", "=", "<", ">", "&",
         "]]>", "{{",
         "\n", "\n\n", "\t", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\u2028", "a" * 500, "12%", "$5 billion",
         "http://x.y/z"]
TAGS = ["<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<article>", "<!--", "-->", "<script>", "</script>",
         "<table><tr>",
        "<meta charset=", "<title>", "&nbsp;", "&#0;", "&#xD800;", "<![CDATA[", "<?xml", "<time datetime='2020'>",
        "<a href="]
PROSE = st.lists(st.sampled_from(WORDS) | st.text(max_size=20), max_size=60).map(" ".join)
MARKUP = st.lists(st.sampled_from(WORDS + TAGS) | st.text(max_size=12), max_size=60).map("".join)
HEADS = st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b",
         b"{\\rtf",
                         b"<?xml version='1.0' encoding='utf-7'?>", b"<html><meta charset=utf-16>",
                         b"<meta charset=x>"])
BYTES = st.tuples(HEADS, st.binary(max_size=400) | PROSE.map(lambda t: t.encode("utf-8", "replace"))
                  | PROSE.map(lambda t: t.encode("cp1252", "replace")) | MARKUP.map(lambda t: t.encode("utf-16",
                  "replace"))
                  ).map(b"".join)
ENDINGS = st.sampled_from([".txt", ".html", ".htm", ".md", ".docx", ".pdf", ".mhtml", ".webarchive", "", ".exe",
                           ".TXT"])
KEYS = ["title", "company", "place", "name", "aliases", "sites", "lexicon", "window", "pages", "skip", "feeds",
         "notebooks",
        "contact", "first", "last", "0.txt", "because", "published", "not_before", "not_after", "url", "kind",
        "authors",
        "words", "rules", "mask", "unless", "modes", "speakers", "themes", "id", "theme", "direction", "patterns",
        "catches",
        "spares", "priority", "mode", "scope", "within"]
VALUES = ["Acme", "2019", "2019-02-30", "2020-01", "expansion", "news", "open~ .. <site>", "(a|b", "...99", "^",
         "<nowhere>", "no",
          "~", "", "expansion_retreat", "../x", "http://x.y", "*", "a*b*", "[x]", "denied", "sentence", "-1", "1e999",
          "\x07"]
LEAF = (st.sampled_from(VALUES) | st.text(max_size=12) | st.integers() | st.floats() | st.booleans() | st.none()
        | st.dates())
TREE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=4)
                    | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner, max_size=5), max_leaves=20)
NAMED = st.fixed_dictionaries({"title": LEAF, "company": LEAF, "place": LEAF})
SCRAPS = st.lists(st.sampled_from([*KEYS, *VALUES, ": ", "- ", "\n", "  ", "&a ", "*a", "!!python/x ", "|", ">", "'",
         '"', "#", "---",
                                   "? ", "{", "}", "[", "]", ",", "%", "@", "`", "<<"]), max_size=30).map("".join)


def yamls(start):
    """YAML of the right shape, of the wrong shape, and none at all."""
    import yaml

    shaped = st.tuples(start, st.dictionaries(st.sampled_from(KEYS), TREE, max_size=5)).map(
        lambda parts: yaml.safe_dump(parts[0] | parts[1], allow_unicode=True))
    return shaped | TREE.map(lambda tree: yaml.safe_dump(tree, allow_unicode=True)) | SCRAPS | st.text(max_size=80)


PATTERN = st.lists(st.sampled_from(["open~", "<site>", "<x>", "(", ")", "|", "[", "]", "..", "...7", "^", "$", "lab*",
         "*", "~", "a"])
                   | st.text(max_size=5), max_size=10).map(" ".join)
RULE = st.fixed_dictionaries({
    "id": st.sampled_from(["r1", "r2", ""]), "theme": st.sampled_from(["opening", ""]),
    "direction": st.sampled_from(["expansion", "retreat", "up"]), "patterns": st.lists(PATTERN, max_size=3)},
    optional={"unless": PATTERN, "priority": LEAF, "catches": st.lists(PROSE, max_size=1), "note": LEAF})
LEXICON = st.fixed_dictionaries({"rules": st.lists(RULE, max_size=3)},
                                optional={"words": st.dictionaries(st.sampled_from(["site", "x y"]), TREE, max_size=2)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("fuzz")
    (made / "0.txt").write_text("Acme opens a plant in Ghent.")
    return made


@cache
def reader():
    return themes.Reader(lexicon.load(), company=("Acme",), place=("Ghent",))


@inputs(500, 30_000)
@given(BYTES, ENDINGS)
def test_a_file_of_any_bytes_is_read_or_refused(data, ending):
    loaded = formats.read(f"page{ending}", data)
    assert isinstance(loaded.text, str) and (loaded.fault is None or "\n" not in loaded.fault)


@inputs(300, 20_000)
@given(PROSE | MARKUP, st.booleans())
def test_a_page_of_any_text_is_cleaned_split_and_read(text, html):
    page = clean.page(text, html=html)
    found = sentences.of_page(page.lines)
    assert all(sentence.text.strip() for sentence in found)
    themes.read_page([(sentence.region, sentence.text) for sentence in found], reader())
    if page.published:
        low, high = dates.bounds(page.published)
        assert low <= high


@inputs(400, 20_000)
@given(yamls(NAMED))
def test_a_corpus_yaml_is_read_or_refused(folder, text):
    (folder / corpus.FILE).write_text(text, "utf-8", errors="surrogatepass")
    found = told(corpus.load, folder)
    if found:
        assert re.fullmatch(r"[\w.-]+", found.name) and corpus.pages(found)
        assert found.lexicon.resolve().is_file()


@inputs(300, 10_000)
@given(yamls(LEXICON))
@example("rules: []\nwords:\n  site: '~'\n")
@example("rules: []\nwords:\n  site: '...99'\n")
def test_a_lexicon_is_read_or_refused(folder, text):
    path = folder / "lexicon.yaml"
    path.write_text(text, "utf-8", errors="surrogatepass")
    if found := told(lexicon.load, path):
        told(lexicon.lint, found)
        if found.rules:
            made = told(themes.Reader, found, company=("Acme",), place=("Ghent",))
            if made:
                themes.read("Acme opened a lab in Ghent and closed it in 2019.", made)


@inputs(200, 10_000)
@given(PATTERN | st.text(max_size=40))
def test_a_pattern_is_read_or_refused(pattern):
    try:
        patterns.parse(pattern, ["site", *patterns.BUILT_IN])
    except patterns.PatternError as error:
        assert str(error)


@inputs(300, 20_000)
@given(st.lists(st.tuples(st.sampled_from(["level", "quotes", "resamples", "corpus", "work", "x",
         ""]) | st.text(max_size=5),
                          st.sampled_from(["=", "", "=="]),
                          st.sampled_from(["1", "true", "-1", "1e9", "nan", "inf", "9" * 5000, "١", "1_0", " 2 ",
                          "'; x"])
                          | st.text(max_size=8)).map("".join), max_size=3))
def test_a_parameter_is_taken_or_refused(given_):
    chosen = told(parameters.checked, given_, run.in_folder(run.NOTEBOOKS))
    if chosen:
        assert all(isinstance(value, bool | int | float | str) for cell in chosen.values() for value in cell.values())
        json.dumps(chosen, allow_nan=False)


@inputs(100, 5_000)
@given(st.text(max_size=12) | st.sampled_from(["14d", "2w", "0d", "99999d", "-1d", "d", "١d"]))
def test_an_age_is_read_or_refused(text):
    assert told(journal.days, text) in {None, *range(70_000)}


@inputs(100, 5_000)
@given(st.lists(st.dictionaries(st.sampled_from(["file", "url", "retrieved", "published", "replaces", "authors", "x"]),
         TREE, max_size=4)
                .map(lambda row: json.dumps(row, default=str)) | st.text(max_size=20), max_size=4).map("\n".join))
def test_the_record_of_sources_is_read_or_refused(tmp_path_factory, text):
    made = Path(tmp_path_factory.getbasetemp()) / "sources"
    made.mkdir(exist_ok=True)
    (made / "0.txt").write_text("x")
    (made / corpus.FILE).write_text("title: T\ncompany: C\nplace: P\n")
    (made / "sources.jsonl").write_text(text, "utf-8", errors="surrogatepass")
    told(corpus.load, made)
