"""The words, regenerated for invented corpora: they are true of each, and read well in each."""

import json
import re
from types import SimpleNamespace

import pandas as pd
import pytest

import invented
from slackwater import findings, tables
from slackwater.findings import blocks, judgement, words

SUBJECT = SimpleNamespace(company=invented.COMPANY, place=invented.PLACE)
FACTS = {"versions": {"slackwater": "0.1", "python": "3.11"}, "lexicon": "tides", "lexicon_hash": "abc" * 20}
PARTS = [
    findings.accuracy, findings.agreement, findings.analyst, findings.bottom_line, findings.claims_table,
    findings.cleaned, findings.cleaning, findings.faults, findings.firmness, findings.glossary, findings.likelihoods,
    findings.limits, findings.making, findings.method, findings.pages, findings.reasons, findings.sites,
    findings.sources, findings.sources_summary, findings.themes, findings.tone, findings.turning_point,
    findings.voices, findings.what_would_change_it,
]


@pytest.fixture(scope="module")
def told():
    """Name → the story of an invented corpus, made once."""
    stories = {}

    def story(name, **knobs):
        key = (name, *sorted(knobs.items()))
        if key not in stories:
            stories[key] = findings.open_story(invented.corpus(name), SUBJECT, facts=FACTS, **knobs)
        return stories[key]

    return story


def shown(part) -> str:
    """What a reader sees of a part, as text."""
    parts = part.parts if isinstance(part, blocks.Blocks) else [part]
    return "\n".join(str(p) if isinstance(p, str) else p._repr_mimebundle_()["text/plain"] for p in parts)


BAD = [
    r"\bnan\b", r"\bNone\b(?! of\b| has\b| gives\b)", r"<NA>", r"\b(?:1|one) (?:pages|sentences)\b", r"\bno of\b",
    r"\(\s*\)", r"\[\]", r"“”", r"[^\n ] {2,}[^ ]", r"\.\.", r",,", r" [,.;:]", r"\{", r"\bof no (?:pages|sentences)\b",
    r"\bnull\b", r"0001-01-01", r"9999-12-31", r"'",
]


@pytest.mark.parametrize("name", invented.NAMES)
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_part_reads_well_for_every_corpus(told, name, part):
    text = shown(part(told(name)))
    assert text.strip()
    prose = re.sub(r"\{#[\w-]+\}", "", text)  # ids of headings
    for fault in BAD:
        assert not re.search(fault, prose), f"{fault}: {prose[max(0, re.search(fault, prose).start() - 60):][:160]!r}"


@pytest.mark.parametrize("name", invented.NAMES)
def test_the_headline_is_one_plain_sentence(told, name):
    line = findings.headline(told(name))
    assert re.fullmatch(r"[^\n*\[\]]+\.", line)
    assert "Halcyon Tidal" in line


@pytest.mark.parametrize(("name", "course", "direction"), [
    ("only expansion", "growing", "expansion"),
    ("only retreat", "shrinking", "retreat"),
    ("one page", "growing", "expansion"),
    ("one neutral page", "silent", "neutral"),
    ("undated", "contested", "retreat"),
    ("no signal", "silent", "neutral"),
    ("nothing read", "silent", "neutral"),
    ("mixed", "contested", "retreat"),
    ("turned", "turned", "retreat"),
    ("40 pages", "turned", "retreat"),
    ("400 pages", "turned", "retreat"),
])
def test_the_course_of_each_corpus(told, name, course, direction):
    found = told(name).judgement
    assert (found.course, found.direction) == (course, direction)


@pytest.mark.parametrize(("name", "never"), [
    ("only expansion", ["turned", "wound down", "conflict"]),
    ("only retreat", ["turned", "is growing", "likely (55–80 %) growing"]),
    ("one page", ["turned", "very likely", "pages tell"]),
    ("undated", ["turned", "The first page"]),
    ("no signal", ["turned", "likely"]),
    ("one neutral page", ["turned", "likely"]),
    ("nothing read", ["turned", "likely"]),
    ("mixed", ["turned", "likely"]),
    ("turned", ["upper yard and", "very likely"]),
])
def test_the_bottom_line_never_says_what_is_not_so(told, name, never):
    line = findings.bottom_line(told(name))
    assert not [phrase for phrase in never if phrase in line]


@pytest.mark.parametrize(("name", "says"), [
    ("only expansion", ["very likely (80–95 %) growing", "no page tells of retreat"]),
    ("only retreat", ["very likely (80–95 %) being wound down"]),
    ("one page", ["likely (55–80 %) growing", "it rests on one page"]),
    ("turned", ["between 17 January 2019 and 2 April 2025", "January or February 2025", "by workers",
                "None of them is Halcyon Tidal’s own word", "of upper yard these pages tell no retreat"]),
    ("mixed", ["do not settle", "roughly an even chance (45–55 %)"]),
    ("no signal", ["do not say", "not proof that nothing happened"]),
    ("nothing read", ["No page could be read"]),
])
def test_the_bottom_line_says_what_is_so(told, name, says):
    line = findings.bottom_line(told(name))
    assert not [phrase for phrase in says if phrase not in line]


def test_a_finer_time_stands_for_a_coarser_one_that_holds_it():
    report = invented.corpus("turned")
    closing = report.claims[report.claims["event"] == "closing"]
    coarse = closing.assign(when="2025", when_text="earlier this year", certainty="reported", sentence=5)
    both = tables.shaped(pd.concat([report.claims, coarse]), "claims")
    line = findings.bottom_line(findings.open_story(report._replace(claims=both), SUBJECT, facts=FACTS))
    assert "closing at harbour works in [January or February 2025]" in line
    assert " or in [2025]" not in line


def test_agreement_tells_a_plan_from_its_outcome(told):
    text = findings.agreement(told("turned"))
    assert "Opening at harbour works: three pages tell of it." in text
    assert "Their times **agree**, as far as each goes: in May 2019." in text
    assert "It had been planned for April 2019; it came later." in text
    assert "**conflict**: in 2016, in 2018" in findings.agreement(told("40 pages"))
    assert "Closing" not in text, "one page alone agrees with nobody"


def page(direction, low, high=None, publisher="A", clear=True, file=None):
    return judgement.Page(file or f"{direction}-{low}", direction, low, high or low, clear, publisher)


@pytest.mark.parametrize(("pages", "course", "between"), [
    ([], "silent", ("", "")),
    ([page("neutral", "2019-01-01")], "silent", ("", "")),
    ([page("expansion", "2019-01-01"), page("retreat", "2020-01-01")], "turned", ("2019-01-01", "2020-01-01")),
    ([page("retreat", "2019-01-01"), page("expansion", "2020-01-01")], "turned", ("2019-01-01", "2020-01-01")),
    # the same day in one span: no day divides them
    ([page("expansion", "2019-01-01", "2019-12-31"), page("retreat", "2019-06-01")], "contested", ("", "")),
    ([page("expansion", "2019-01-01"), page("retreat", judgement.EARLIEST, judgement.LATEST)], "contested", ("", "")),
    # an undated page after the last of growth is after the turn, whenever it was
    ([page("expansion", "2019-01-01"), page("retreat", "2019-06-01", judgement.LATEST), page("retreat", "2021-01-01")],
     "turned", ("2019-01-01", "2021-01-01")),
    ([page(d, f"20{10 + n}-01-01") for n, d in enumerate(["expansion", "retreat"] * 5)], "contested", ("", "")),
])
def test_a_turn_is_called_only_where_a_day_divides_the_pages(pages, course, between):
    found = judgement.course_of(pages)
    assert (found.course, found.between) == (course, between)


def test_few_pages_do_not_turn_what_more_told_just_before():
    pages = [page("retreat", f"2013-10-0{n}") for n in range(1, 5)]
    pages += [page("expansion", f"2013-11-0{n}") for n in (4, 9)]
    assert judgement.course_of(pages).course == "contested"
    long_after = [page("expansion", f"2015-11-0{n}") for n in (4, 9)]
    assert judgement.course_of([*pages[:4], *long_after]).course == "turned"
    outweighed = judgement.course_of([*pages, *(page("expansion", f"2014-0{n}-01") for n in range(1, 6))])
    assert (outweighed.course, outweighed.hits, outweighed.trials) == ("turned", 7, 11)


def test_one_page_that_does_not_fit_does_not_hide_a_turn():
    pages = [page("expansion", f"20{n}-01-01") for n in range(10, 15)] + [page("retreat", "2012-06-01")]
    pages += [page("retreat", f"20{n}-01-01") for n in range(16, 20)]
    found = judgement.course_of(pages)
    assert found.course == "turned"
    assert [p.low for p in found.against] == ["2012-06-01"]


def test_what_would_change_it_is_computed(told):
    found = told("turned").judgement
    assert judgement.contrary_pages(found) == (2, 3)
    assert list(judgement.without_each(told("one page").judgement)) == ["000_page.txt"]
    assert judgement.gap(found) == ("2019-01-17", "2025-03-31")


def test_another_firms_act_is_no_evidence(told):
    report = invented.corpus("one page")
    others = report._replace(sentences=report.sentences.assign(about="other"))
    story = findings.open_story(others, SUBJECT, facts=FACTS)
    assert story.telling.empty
    assert "nobody can be named" in findings.voices(story)


def test_a_copy_is_shown_and_not_counted_again():
    report = invented.corpus("only expansion")
    documents = report.documents.assign(duplicate_of=[None, "000_page.txt", None])
    story = findings.open_story(report._replace(documents=documents), SUBJECT, facts=FACTS)
    assert story.judgement.trials == 2
    assert "The same text as" in shown(findings.pages(story))
    assert "One page repeats the text of another" in findings.sources_summary(story)


def quotes_of(part):
    return [q for p in part.parts if isinstance(p, blocks.Quotes) for q in p.quotes]


def test_quotations_are_limited_and_their_links_lead_somewhere(told):
    story = told("turned", quotes_per_page=2)
    quotes = quotes_of(findings.pages(story))
    assert story.shown and all(len(found) <= 2 for found in story.shown.values())
    ids = {q.id for q in quotes} | {story.anchor(file) for file in story.documents["file"]}
    everything = "\n".join(shown(part(story)) for part in PARTS)
    assert set(re.findall(r"\]\(#([\w-]+)\)", everything)) <= ids
    hrefs = [run["href"][1:] for row in findings.claims_table(story).rows for cell in row
             for run in (cell if isinstance(cell, list) else [cell] if isinstance(cell, dict) else []) if "href" in run]
    assert hrefs and set(hrefs) <= ids


def test_without_quotes_no_sentence_of_a_page_is_shown(told):
    story = told("turned", quotes=False)
    everything = "\n".join(shown(part(story)) for part in PARTS)
    assert not [text for text in set(story.report.sentences["text"]) if text in everything]


def test_the_words_that_counted_are_marked():
    runs = findings.quotes.marked("It shut the works.", [(3, 11, "retreat"), (7, 12, "retreat")])
    assert runs == [{"text": "It "}, {"text": "shut the", "mark": True, "direction": "retreat"},
                    {"text": " ", "mark": True, "direction": "retreat"}, {"text": "works."}]
    assert findings.quotes.marked("Nothing.", []) == [{"text": "Nothing."}]
    assert findings.quotes.marked("x" * 2000, [])[0]["text"].endswith("…")


@pytest.mark.parametrize(("text", "shown_as"), [
    ("a *b* _c_ $d$", r"a \*b\* \_c\_ \$d\$"),
    ("[x](javascript:y)", r"\[x\]\(javascript:y\)"),
    ("<script>\u202e", r"\<script\>"),
    ("a\n# b", r"a \# b"),
])
def test_text_of_a_page_is_never_markup(text, shown_as):
    assert blocks.escaped(text) == shown_as


def test_blocks_show_themselves_structured_and_plain():
    table = blocks.Table("tbl-x", "A caption", ["A", ("B", "right")], [["<b>", {"text": "2", "href": "javascript:x"}]])
    bundle = table._repr_mimebundle_()
    assert bundle[blocks.TABLE]["columns"] == [{"label": "A", "align": "left"}, {"label": "B", "align": "right"}]
    assert "<td>&lt;b&gt;</td>" in bundle["text/html"]
    assert "javascript" not in bundle["text/html"]
    assert "A caption" in bundle["text/plain"]
    assert repr(blocks.Quotes([])) == "Quotes (0)"


@pytest.mark.parametrize(("said", "expected"), [
    (words.count(1, "page"), "one page"),
    (words.count(0, "page"), "no pages"),
    (words.count(1234, "match", "matches"), "1,234 matches"),
    (words.listing(["a", "b", "c", "d"], limit=2), "a, b and two more"),
    (words.listing([]), ""),
    (words.of_them(2, 2, "dated"), "both dated"),
    (words.of_them(0, 5, "dated"), "none of them dated"),
    (words.of_them(1, 2, "dated"), "one of them dated"),
    (words.share(0, 2, "pages"), "neither of the two pages"),
    (words.of_them(1, 1, "dated"), "dated"),
    (words.signed(-0.004), "0.00"),
    (words.signed(-0.02), "−0.02"),
    (words.signed(float("nan")), "–"),
    (words.percent(0.9999), "99 %"),
    (words.percent(0.001), "1 %"),
    (words.percent(1), "100 %"),
    (words.day("2025-01/2025-02"), "January or February 2025"),
    (words.day("2024-12/2025-01"), "December 2024 or January 2025"),
    (words.at("2019-01-17"), "on 17 January 2019"),
    (words.span("2019-01-01", "2019-12-31"), "in 2019"),
    (words.span(None, "2019-12-31"), "on or before 31 December 2019"),
    (words.span("2025-03-31", "2025-04-02"), "between 31 March and 2 April 2025"),
    (words.span("2023-12-05", "2023-12-31"), "between 5 and 31 December 2023"),
    (words.span(None, None), "at an unknown date"),
    (words.saved("2025-04 or later"), "in April 2025 or later"),
    (words.saved("some day"), "some day"),
    (words.likelihood(0.6), "likely"),
    (words.likelihood(0.5), "roughly an even chance"),
    (words.likelihood(0.99), "almost certain"),
    (words.weaker("likely", "very likely"), "likely"),
])
def test_small_words(said, expected):
    assert said == expected


def test_what_changed_tells_news_from_method(told):
    story = told("turned")
    assert "first edition" in findings.what_changed(story, {"first": True})
    news = {"first": False, "judgement": {"from": "A.", "to": "B."}, "method": ["the lexicon"],
            "pages_added": [{"file": "004_page.txt", "title": None}],
            "pages_dropped": [{"file": "gone.txt", "title": "Old"}],
            "verdicts": [{"file": "004_page.txt", "title": None, "from": "neutral", "to": "retreat"}],
            "claims_added": [{"event": "closing", "site": "harbour works", "when": "2025-01/2025-02"}]}
    text = findings.what_changed(story, news)
    for phrase in ("The judgement changed", "One new claim: closing", "New: one page", "Dropped: one page: “Old”",
                   "now tells of retreat",
                   "closing at harbour works in January or February 2025", "method changed too"):
        assert phrase in text
    assert "Nothing that the report counts" in findings.what_changed(story, {"first": False})


def test_accuracy_warns_where_the_lexicon_has_changed(told, tmp_path):
    record = tmp_path / "accuracy.json"
    figure = {"what": "direction of sentences, macro-F1", "value": 0.87, "low": 0.82, "high": 0.91, "n": 343}
    record.write_text(json.dumps({"date": "2026-01-02", "lexicon_hash": "other", "figures": [figure]}))
    text = shown(findings.accuracy(told("turned"), record))
    assert "on 2 January 2026" in text and "The lexicon has changed since" in text
    assert "0.87 | 0.82 to 0.91 | 343" in text


def recalling(n: int = 2):
    """The turned corpus; its last page recalls *n* openings of long ago and tells one under a picture, unanswered."""
    report = invented.corpus("turned")
    file = "004_page.txt"
    last = report.sentences[report.sentences["file"] == file].iloc[-2]
    first = int(last["sentence"]) + 2
    row = {**last, "direction": "expansion", "certainty": "asserted", "theme": "opening", "region": "body"}
    more = [{**row, "sentence": first + i, "line": first + i, "text": "The works first opened ten years ago."}
            for i in range(n)]
    more.append({**row, "sentence": first + n, "line": first + n, "region": "caption", "text": "The new works open."})
    more.append({**row, "sentence": first + n + 1, "line": first + n + 1, "direction": "neutral", "theme": None,
                 "certainty": "none", "text": "Halcyon Tidal did not immediately respond to a letter."})
    sentences = tables.shaped(pd.concat([report.sentences, pd.DataFrame(more)]), "sentences")
    return report._replace(sentences=sentences)


def test_what_is_recalled_or_under_a_picture_is_counted_nowhere(told):
    plain, story = told("turned"), findings.open_story(recalling(), SUBJECT, facts=FACTS)
    assert len(story.telling) == len(plain.telling)
    assert story.judgement == plain.judgement
    for part in (findings.voices, findings.firmness, findings.themes, findings.bottom_line, findings.tone):
        assert part(story) == part(plain)


@pytest.mark.parametrize("name", ["turned", "mixed", "40 pages", "only retreat"])
def test_every_tally_adds_up_to_the_same(told, name):
    from slackwater.charts import tallies

    story = told(name)
    for direction, column in (("expansion", "n_expansion"), ("retreat", "n_retreat")):
        counted = int(story.own[column].sum())
        assert int(story.telling["direction"].isin([direction, "both"]).sum()) == counted
        for by in ("theme", "certainty", "speaker"):
            rows = tallies.tallied(story.telling, by)
            assert sum(row[1 if direction == "expansion" else 2] for row in rows) == counted


def test_the_quotations_of_a_page_are_the_sentences_that_count(told):
    story = findings.open_story(recalling(), SUBJECT, facts=FACTS, quotes_per_page=12)
    numbers = story.shown["004_page.txt"]
    counted = story.telling[story.telling["file"] == "004_page.txt"]["sentence"].tolist()
    assert set(counted) < set(numbers)
    text = shown(findings.pages(story))
    last = text[text.index(r"004\_page.txt"):]
    assert "Six sentences of retreat" in last and "Not quoted" not in last
    past, asked = last.index(findings.quotes.PAST), last.index(findings.quotes.ANSWER)
    assert past < last.index("first opened ten years ago") < asked < last.index("did not immediately respond")
    assert past < last.index("The new works open.") < asked


def test_few_quotations_are_the_decisive_ones_and_the_answer():
    story = findings.open_story(recalling(), SUBJECT, facts=FACTS, quotes_per_page=3)
    numbers = story.shown["004_page.txt"]
    said = story.report.sentences[story.report.sentences["file"] == "004_page.txt"].set_index("sentence")
    assert said.loc[numbers, "direction"].tolist() == ["retreat", "retreat", "neutral"]
    assert "Not quoted here: four of retreat." in shown(findings.pages(story))


@pytest.mark.parametrize(("text", "is_one"), [
    ("The firm did not immediately respond to a request for comment.", True),
    ("Halcyon declined to comment on the works.", True),
    ("The maker would not say whether it had shut the yard.", True),
    ("Nobody at the firm could be reached; it had no comment.", True),
    ("Halcyon did not close the works.", False),
    ("The council commented on the weather.", False),
])
def test_an_answer_or_its_lack_is_recognised(text, is_one):
    assert findings.quoting.answers(text) is is_one


def story_of(name, **changes):
    """Invented corpus *name* with whole columns of its tables replaced: documents={"url": …}, claims={…}."""
    report = invented.corpus(name)
    made = {table: getattr(report, table).assign(**columns) for table, columns in changes.items()}
    return findings.open_story(report._replace(**made), SUBJECT, facts=FACTS)


def test_the_bottom_line_leads_with_the_firmest_fact_of_a_site():
    story = story_of("turned")
    line = findings.bottom_line(story)
    fact = "Halcyon Tidal’s site at harbour works is reported to have closed, in January or February 2025"
    assert line.startswith(f"**{fact}** (reported from others by workers: [Northern Ledger, 2025, sentence 2]")
    assert "of Port Merrow" not in line and "in Port Merrow as a whole is likely" in line
    assert findings.headline(story).startswith(f"{fact} (")
    assert not findings.headline(story_of("mixed")).startswith("Halcyon Tidal’s site")


def test_a_rumoured_closing_is_not_reported_as_a_fact():
    report = invented.corpus("turned")
    told = report.claims.assign(certainty=report.claims["certainty"].replace("reported", "hedged"))
    line = findings.headline(findings.open_story(report._replace(claims=told), SUBJECT, facts=FACTS))
    assert line.startswith("Halcyon Tidal’s site at harbour works is rumoured to have closed")


def test_one_time_is_told_once_however_firmly_it_is_told():
    report = invented.corpus("turned")
    closing = report.claims[report.claims["event"] == "closing"]
    both = tables.shaped(pd.concat([report.claims, closing.assign(certainty="hedged", sentence=5)]), "claims")
    story = findings.open_story(report._replace(claims=both), SUBJECT, facts=FACTS)
    for part in (findings.bottom_line(story).partition("Since when")[2], findings.sites(story)):
        assert part.count("January or February 2025") == 1
    rows = [row for row in findings.claims_table(story).rows if row[0] == "Closing"]
    assert len(rows) == 1 and "reported from others" in rows[0][3] and "hedged" in rows[0][3]


def test_sites_that_are_not_named_are_not_joined():
    text = findings.sites(story_of("turned", claims={"site": None}))
    assert text.count("A site that is not named, in") == 4
    assert "need not be the same place" in text
    line = findings.bottom_line(story_of("turned", sentences={"site": None}, claims={"site": None}))
    assert "No sentence of retreat names its site" in line


def test_few_pages_carry_no_percentage_and_an_unknown_date_is_owned_to(told):
    few, many = findings.bottom.how_sure(told("turned")), findings.bottom.how_sure(told("40 pages"))
    assert "carry no percentage" in few and "the chance" not in few
    assert "the chance that most such pages do is" in many
    assert "Coast & Quay" in few.replace("\\", "") and "though of unknown date" in few


def test_an_event_later_than_the_latest_dated_page_is_told():
    report = invented.corpus("turned")
    told = report.claims.assign(when=report.claims["when"].where(report.claims["file"] != "003_page.txt", "2026-06-30"))
    text = findings.bottom.up_to_when(findings.open_story(report._replace(claims=told), SUBJECT, facts=FACTS))
    assert "is told of on 30 June 2026 by" in text and "later than that" in text


def test_a_claim_without_a_time_agrees_with_none():
    timeless = {"when": None, "when_text": None, "agrees_with": "000_page.txt:2"}
    table = findings.claims_table(story_of("turned", claims=timeless))
    assert {row[6] for row in table.rows} == {"tells it without a time"}


@pytest.mark.parametrize(("because", "said"), [
    ("kind: it praises; not_before: the text; saved_not_before: a list",
     "Kind: it praises; earliest day: the text; earliest day of saving: a list"),
    ("the page: it says so", "The page: it says so"),
])
def test_reasons_are_told_in_words(because, said):
    assert words.reasons(because) == said


@pytest.mark.parametrize(("url", "linked"), [
    ("https://example.org/a(b)?c=1", "[at example.org](https://example.org/a%28b%29?c=1)"),
    ("javascript:alert(1)", ""), ("https://example.org/a b", ""), (None, ""), ("https://example.org/`$x$`", ""),
])
def test_a_page_links_out_where_its_address_is_known(url, linked):
    text = shown(findings.pages(story_of("one page", documents={"url": url})))
    assert linked in text and ("[at " in text) == bool(linked)


def test_a_page_without_publisher_goes_by_its_title(told):
    assert told("turned").name("002_page.txt") == "publisher unknown: “Halcyon in Merrow, part 3”, 2023"


def test_few_sentences_carry_no_coefficient(told):
    assert "alpha" not in findings.tone(told("one page"))
    assert "disagreement" in findings.tone(told("turned"))


@pytest.mark.parametrize("certainty, speaker, teller", [
    ("hedged", "press", "unnamed"), ("hedged", "none", "unnamed"), ("hedged", None, "unnamed"),
    ("hedged", "workers", "workers"), ("asserted", "press", "press"), ("reported", None, "none"),
])
def test_a_rumour_is_not_the_word_of_the_paper_that_passes_it_on(certainty, speaker, teller):
    told = pd.DataFrame({"certainty": [certainty], "speaker": [speaker]}).itertuples()
    assert words.tellers(told) == [teller]


@pytest.mark.parametrize("company, warned, few", [
    (("Halcyon Tidal", "the"), False, False), (("Halcion Tidle", "HTQ"), True, False),
    (("Halcion", "Dockers"), False, True),
])
def test_a_company_that_the_pages_do_not_name_is_told(company, warned, few):
    report = invented.corpus("turned")
    story = findings.open_story(report, SimpleNamespace(company=company, place=invented.PLACE), facts=FACTS)
    assert (f"No page names {company[0]}" in findings.bottom_line(story)) == warned
    assert (f"never name {company[0]}" in findings.sources_summary(story)
            or f"never names {company[0]}" in findings.sources_summary(story)) == few


def test_a_silent_corpus_that_never_names_the_company_says_so():
    subject = SimpleNamespace(company=("Halcion Tidle",), place=invented.PLACE)
    story = findings.open_story(invented.corpus("no signal"), subject, facts=FACTS)
    assert "No page names Halcion Tidle" in findings.bottom_line(story)
