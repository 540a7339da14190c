import pandas as pd
import pytest

from slackwater import claims, tables

PAGES = pd.DataFrame(
    [
        {
            "file": "a",
            "published": "2019-01-17",
            "published_low": "2019-01-17",
            "published_high": "2019-01-17",
        },
        {"file": "b", "published": "2025", "published_low": "2025-03-31", "published_high": "2025-04-02"},
        {"file": "c", "published": None, "published_low": None, "published_high": None},
    ]
)


def found(*rows, site="Gerland", named=""):
    """Claims of rows (file, text, theme, direction, certainty), all of one *site*, by the words *named* of each."""
    sentences = [
        {
            "file": f,
            "sentence": n,
            "text": t,
            "theme": theme,
            "direction": d,
            "certainty": c,
            "site": site,
            "speaker": "press",
            "about": "company",
            "region": "body",
            "line": n,
        }
        for n, (f, t, theme, d, c) in enumerate(rows, 1)
    ]
    evidence = [
        {**{k: s[k] for k in ("file", "sentence", "theme", "direction")}, "rule": "r", "matched": named,
         "start": s["text"].index(named), "end": s["text"].index(named) + len(named), "outcome": "counted"}
        for s in sentences
    ]
    return claims.find(tables.frame(sentences, "sentences"), PAGES, tables.frame(evidence, "evidence"))


PLAN = ("a", "The lab is expected to open in April.", "opening", "expansion", "planned")
LAUNCH = ("c", "The lab was launched in May 2019.", "opening", "expansion", "reported")
CAPTION = ("b", "It opened the lab in 2019.", "opening", "expansion", "asserted")
CLOSED = ("b", "The lab closed in January or February.", "closure", "retreat", "reported")
RUMOUR = ("c", "The lab is rumoured to have closed.", "closure", "retreat", "hedged")
OTHER = ("c", "The lab closed in June 2021.", "closure", "retreat", "asserted")
YEAR = ("b", "The lab closed in 2025.", "closure", "retreat", "asserted")
JUNE = ("c", "The lab closed in June 2025.", "closure", "retreat", "asserted")
DENIAL = ("c", "The firm denied closing the lab.", "closure", "neutral", "denied")


@pytest.mark.parametrize(
    ("row", "event", "when"),
    [
        (PLAN, "opening", "2019-04"),
        (LAUNCH, "opening", "2019-05"),
        (CAPTION, "opening", "2019"),
        (CLOSED, "closing", "2025-01/2025-02"),
        (RUMOUR, "closing", None),
        (DENIAL, "closing", None),
    ],
)
def test_a_claim_is_as_partial_as_its_sentence(row, event, when):
    claim = found(row).iloc[0]
    assert claim["event"] == event
    assert claim["when"] == when if when else pd.isna(claim["when"])


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        (LAUNCH, CAPTION, "agrees_with"),
        (CLOSED, YEAR, "agrees_with"),
        (CLOSED, OTHER, "conflicts_with"),
        (YEAR, JUNE, "conflicts_with"),  # "in 2025" of a page of 2 April or before is not June
        (DENIAL, CLOSED, "conflicts_with"),
    ],
)
def test_sources_agree_or_conflict(one, other, column):
    table = found(one, other)
    assert list(table[column]) == [f"{other[0]}:2", f"{one[0]}:1"]


@pytest.mark.parametrize(("one", "other"), [(RUMOUR, CLOSED), (RUMOUR, RUMOUR), (DENIAL, DENIAL)])
def test_a_claim_without_a_time_confirms_none(one, other):
    assert found(one, other)["agrees_with"].isna().all()


def test_claims_without_a_site_are_not_of_one_place():
    table = found(LAUNCH, CAPTION, CLOSED, OTHER, DENIAL, site=None)
    assert table[["site", "agrees_with", "conflicts_with"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("row", "span"),
    [
        (YEAR, ("2025-01-01", "2025-04-02")),
        (CLOSED, ("2025-01-01", "2025-02-28")),
        (PLAN, ("2019-04-01", "2019-04-30")),
        (OTHER, ("2021-06-01", "2021-06-30")),
        (("a", "The lab opened in 2020.", "opening", "expansion", "asserted"), ("2020-01-01", "2020-12-31")),
        (("b", "The lab will open in 2025.", "opening", "expansion", "planned"), ("2025-01-01", "2025-12-31")),
        (RUMOUR, None),
    ],
)
def test_what_is_told_as_done_was_done_when_its_page_was_published(row, span):
    assert claims.spans(found(row), PAGES) == [span]


def test_a_plan_does_not_conflict_with_what_came_of_it():
    assert found(PLAN, LAUNCH)["conflicts_with"].isna().all()


@pytest.mark.parametrize(("file", "certainty"), [("a", "planned"), ("b", "asserted"), ("c", "asserted")])
def test_what_lies_ahead_of_its_page_is_a_plan(file, certainty):
    claim = found((file, "It is closing its lab in March 2025.", "closure", "retreat", "asserted")).iloc[0]
    assert (claim["when"], claim["certainty"]) == ("2025-03", certainty)


def test_what_is_under_way_is_dated_ahead():
    claim = found(("a", "It is closing the lab in October.", "closure", "retreat", "asserted"), named="closing").iloc[0]
    assert (claim["when"], claim["certainty"]) == ("2019-10", "planned")


@pytest.mark.parametrize(
    ("text", "named", "when"),
    [
        ("The lab, which opened in May 2019, closed in June 2021.", "closed", "2021-06"),
        ("The lab, which opened in May 2019, closed in June 2021.", "opened", "2019-05"),
        ("In May 2019, the firm closed the lab that it had bought in 2004.", "closed", "2019-05"),
        ("The firm - third behind Kar-Mol until a warning in January 2012 - abandoned its lab.", "abandoned", None),
        ("The firm (founded in 1975) closed the lab in 2021.", "closed", "2021"),
        ("The firm said in May 2021 that it had closed the lab.", "closed", None),
        ("Shares fell in May 2021 when it said that it would close the lab.", "close the lab", None),
        ("In June 2019, when sales fell, the firm closed the lab.", "closed", "2019-06"),
        ("On Monday (May 4, 2020) the firm closed the lab.", "closed", "2020-05-04"),
        ("It closed the lab.", "closed", None),
    ],
)
def test_of_several_times_the_one_in_the_events_clause_is_taken(text, named, when):
    claim = found(("c", text, "closure", "retreat", "asserted"), named=named).iloc[0]
    assert (None if pd.isna(claim["when"]) else claim["when"]) == when


def test_an_endless_sentence_with_many_times_is_answered():
    text = "It closed the lab in 2019 (once), " * 3000
    assert found(("c", text, "closure", "retreat", "asserted"), named="closed").iloc[0]["when"] == "2019"


def test_acts_of_others_and_what_is_neutral_make_no_claim():
    assert found(("a", "Shares closed higher.", None, "neutral", "none")).empty


def test_the_day_of_a_photograph_is_not_the_event():
    claim = found(
        ("b", "The now-closed lab seen in Lyon on March 31.", "closure", "retreat", "asserted")
    ).iloc[0]
    assert pd.isna(claim["when"])
