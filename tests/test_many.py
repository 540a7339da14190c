"""Reports of more pages than anybody looks at one by one: what is summed up, what is shown, what is left out."""

import re
from types import SimpleNamespace

import pytest

import invented
from slackwater import findings
from slackwater.findings import featuring, many

SUBJECT = SimpleNamespace(company=invented.COMPANY, place=invented.PLACE)
FEW, MANY = "90 pages", "600 pages"


@pytest.fixture(scope="module")
def told():
    return {name: findings.open_story(invented.corpus(name), SUBJECT) for name in (FEW, MANY)}


def shown(part) -> str:
    parts = getattr(part, "parts", [part])
    return "\n".join(str(p) if isinstance(p, str) else p._repr_mimebundle_()["text/plain"] for p in parts)


def test_up_to_the_number_that_is_stated_every_page_is_shown_and_nothing_summed_up(told):
    story = told[FEW]
    assert not story.many and story.featured == set(story.read["file"])
    assert many.periods(story).parts == many.telling_words(story).parts == []
    assert len(findings.sources(story).rows) == 90
    everything = " ".join(shown(part(story)) for part in (
        findings.turning_point, findings.themes, findings.sources, findings.pages, findings.making))
    assert "clustered" not in everything and "beyond chance" not in everything and featuring.RULE not in everything


def test_above_it_the_rule_of_the_choice_is_stated_and_kept(told):
    story = told[MANY]
    text = shown(findings.pages(story))
    assert text.startswith(featuring.RULE) and len(re.findall(r"^### ", text, re.M)) == featuring.PAGES
    assert len(story.featured) == featuring.PAGES
    assert all(0 < len(found) <= featuring.SENTENCES for found in story.shown.values())
    judged = story.judgement
    assert {judged.last_before, judged.first_after} <= story.featured
    ways = [story.row(file).direction for file in story.featured]
    assert abs(ways.count("expansion") - ways.count("retreat")) <= 3
    publishers = [story.outlets[file] for file in story.featured]
    assert set(publishers) == set(invented.PUBLISHERS)


def test_links_lead_to_what_is_shown_alone(told):
    story = told[MANY]
    parts = [findings.bottom_line, findings.turning_point, findings.sites, findings.agreement, findings.claims_table,
             findings.sources, findings.pages, findings.what_would_change_it, findings.cleaning, findings.analyst]
    text = "\n".join(shown(part(story)) for part in parts)
    ids = {story.anchor(file) for file in story.featured}
    ids |= {story.anchor(file, n) for file, found in story.shown.items() for n in found}
    linked = set(re.findall(r"\]\(#([\w-]+)\)", text))
    linked |= {cell["href"][1:] for row in findings.claims_table(story).rows for cell in row
               if isinstance(cell, dict) and cell["href"]}
    assert linked and linked <= ids


def test_periods_count_every_dated_page_once(told):
    story = told[MANY]
    tide = many.tide(story)
    dated = story.own[story.own["published"].notna()]
    assert sum(map(sum, tide.counts.values())) + tide.unplaced == len(story.own)
    assert sum(e for e, _, _ in tide.counts.values()) == int((dated["direction"] == "expansion").sum())
    assert all(b.low <= b.net <= b.high and b.worth <= b.pages for b in tide.balances.values())
    assert "clustered" not in shown(many.periods(story)) and "likeness within a" in shown(many.periods(story))


def test_a_reprint_counts_nowhere_but_as_a_copy(told):
    report = invented.corpus(MANY)
    files = report.documents["file"]
    copy = report.documents["duplicate_of"].where(files != files.iloc[300], files.iloc[0])
    story = findings.open_story(report._replace(documents=report.documents.assign(duplicate_of=copy)), SUBJECT)
    before, after = many.tide(told[MANY]), many.tide(story)
    total = sum(map(sum, before.counts.values())) + before.unplaced
    assert sum(map(sum, after.counts.values())) + after.unplaced == total - 1
    columns = [row[4] for row in many.outlets(story).rows]
    assert sum(map(int, columns)) == 1


def test_outlets_and_events_are_few_rows_that_add_up(told):
    story = told[MANY]
    rows = many.outlets(story).rows
    assert sum(int(cell.replace(",", "")) for row in rows for cell in row[1:5]) == len(story.read)
    events = many.happenings(story).rows
    assert 0 < len(events) <= many.ROWS
    assert [int(row[4]) for row in events] == sorted((int(row[4]) for row in events), reverse=True)


def test_words_that_a_rule_matched_are_not_news_about_the_rule(told):
    words = {row[0] for part in many.telling_words(told[MANY]).parts[1:] for row in part.rows}
    assert not words & {"opened", "closed", "shut", "hire", "halcyon", "tidal", "merrow"}


def test_pages_of_one_voice_are_worth_few():
    """Every outlet tells one direction alone, so that six hundred pages are as many witnesses as there are outlets."""
    report = invented.corpus(MANY)
    voices = report.documents["direction"].map({"expansion": "Merrow Mercury", "retreat": "Tidal Times"}).fillna("")
    story = findings.open_story(report._replace(documents=report.documents.assign(publisher=voices)), SUBJECT)
    judged = story.judgement
    assert judged.trials > 100 and judged.worth < 4 and judged.probability < 0.95
    assert f"the {judged.trials:,} count as" in findings.bottom.how_sure(story)


def test_few_pages_count_as_many_as_they_are(told):
    judged = told[FEW].judgement
    assert judged.worth == judged.trials > 0


def test_the_inputs_are_one_hash_as_sha256sum_writes_their_list(told):
    import hashlib

    documents = told[MANY].documents
    lines = "".join(f"{sha}  {file}\n" for file, sha in zip(documents["file"], documents["sha256"], strict=True))
    assert hashlib.sha256(lines.encode()).hexdigest()[:16] in shown(findings.making(told[MANY]))


def test_many_faults_are_summed_up_by_their_reason():
    rows = [(f"{n}.txt", f"no article found among {n:,} lines.") for n in range(1, 200)] + [("a.txt", "is empty.")]
    table = many.faults(rows)
    assert [row[:2] for row in table.rows] == [["no article found among … lines.", "199"], ["is empty.", "1"]]
