import time
from pathlib import Path

import pytest

from slackwater import lexicon, themes
from slackwater.evaluate.reading import macro

OWN = [
    line.rstrip("\n").split(" | ", 1)
    for line in (Path(__file__).parent / "fixtures" / "readings.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def rules():
    return lexicon.load()


@pytest.fixture(scope="module")
def anyone(rules):
    return themes.Reader(rules)


@pytest.fixture(scope="module")
def acme(rules):
    return themes.Reader(rules, company=("Acme", "the pump maker"), place=("Lyon", "France"))


def test_the_own_gold_is_answered(anyone):
    assert len(OWN) >= 200
    pairs = [(label.split()[0], themes.read(text, anyone).direction) for label, text in OWN]
    assert macro(pairs) >= 0.97
    assert not [p for p in pairs if set(p) == {"expansion", "retreat"}]


def test_the_own_gold_is_as_certain_as_labelled(anyone):
    pairs = [
        (label.split()[1], r.certainty)
        for label, text in OWN
        if label[:7] != "neutral" and (r := themes.read(text, anyone)).direction != "neutral"
    ]
    assert macro(pairs, {c for c, _ in pairs}) >= 0.9


def test_denials_say_nothing(anyone):
    denied = [themes.read(text, anyone) for label, text in OWN if label.endswith("denied")]
    assert {(r.direction, r.certainty) for r in denied} == {("neutral", "denied")}


@pytest.mark.parametrize(
    ("sentence", "direction", "about"),
    [
        ("Acme closed its Lyon plant.", "retreat", "company"),
        ("The pump maker closed its plant.", "retreat", "company"),
        ("It closed its plant.", "retreat", "company"),
        ("Brookmont closed its Lyon plant.", "neutral", "other"),
        ("Brookmont, a rival of Acme's, will close its Lyon plant.", "neutral", "other"),
        ("Acme's rival Brookmont cut 300 jobs in Lyon.", "neutral", "other"),
        ("Unlike Acme, Brookmont opens a plant in Lyon.", "neutral", "other"),
        ("Acme's Fern & Field closed its Lyon store.", "retreat", "company"),
        ("Ann Lee, Acme's chief executive, opened the plant in Lyon.", "expansion", "company"),
        ("Acme, which makes pumps, closed its plant.", "retreat", "company"),
        ("Rival Brookmont will open a store in Lyon.", "neutral", "other"),
        ("Acme opened a plant in Ohio.", "neutral", "place"),
        ("Acme opened a plant in Lyon, after one in Ohio.", "expansion", "company"),
        ("Acme will move 40 jobs from Lyon to Turin.", "retreat", "company"),
        ("Acme is to open design sites away from Lyon.", "retreat", "company"),
        ("Acme, Britain's biggest pump maker, opened a lab.", "expansion", "company"),
        ("Brookmont, a supplier to Acme, Norvik and a unit of Holt, last week closed its plant.", "neutral", "other"),
        ("Jobs were lost, with the Swedish arm of Brookmont closing its Lyon plant in 2008.", "neutral", "other"),
        ("The Lyon arm of Acme closed its plant.", "retreat", "company"),
        ("Brookmont Corp said last week it was closing its Lyon plant.", "neutral", "other"),
        ("After the fire, BKM Holt said it will cut 300 jobs in Lyon.", "neutral", "other"),
        ("Brookmont, the Swedish unit of Holt, said last month it was cutting 500 jobs in Lyon.", "neutral", "other"),
        ("Ann Lee said it will close its Lyon plant.", "retreat", "company"),
        ("Ann Lee, the chief executive, said it was closing its Lyon plant.", "retreat", "company"),
        ("Brookmont Corp said Acme was closing its Lyon plant.", "retreat", "company"),
        ("Acme.com Inc. is scrapping its plan to build a plant in Lyon.", "retreat", "company"),
        ("Brown.com Inc. closed its Lyon plant.", "neutral", "other"),
        ("Shares fell after Acme.com closed its Lyon plant.", "retreat", "company"),
    ],
)
def test_whose_act_and_where(acme, sentence, direction, about):
    reading = themes.read(sentence, acme)
    assert (reading.direction, reading.about) == (direction, about)


def test_evidence_leads_back_to_the_sentence(anyone):
    text = "On Monday, 🙂 Norvik said it had closed its Pune lab."
    reading = themes.read(text, anyone)
    assert [text[h.start : h.end] for h in reading.evidence] == [h.matched for h in reading.evidence]
    assert {"rule", "start", "end", "matched", "outcome"} == set(reading.as_dict()["evidence"][0])


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme did not confirm that the lab had closed.",
        "Acme would not say if the lab had closed.",
        "Acme did not say whether the plant would close.",
        "Acme declined to comment on whether it would close its plant.",
        "Acme refused to discuss the closure of its plant.",
        "Acme did not respond to questions about whether it had shut its lab.",
        "Acme neither confirmed nor denied that it would close the plant.",
        "Acme had no comment on reports that it had closed its lab.",
        "Acme has yet to confirm the closure of its plant.",
        "Asked whether it would close the plant, Acme declined to comment.",
        "Acme could not be reached for comment on the closing of its lab.",
        "Acme did not say whether it would open a plant in Lyon.",
    ],
)
def test_who_does_not_answer_claims_nothing(acme, sentence):
    reading = themes.read(sentence, acme)
    assert (reading.direction, reading.certainty, reading.theme) == ("neutral", "none", None)
    assert all(hit.outcome.startswith("not answered: “") for hit in reading.evidence)


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Acme did not say when it would close the plant.", "planned"),
        ("Acme declined to comment on the reasons for the closure of its lab.", "asserted"),
        ("Acme will close the plant but did not say whether it would open another.", "planned"),
        ("Acme, which has not confirmed the report, closed its lab.", "asserted"),
        ("Acme did not respond to questions, but workers said the lab closed in May.", "reported"),
        ("Acme closed its lab and declined to comment.", "asserted"),
    ],
)
def test_a_silence_takes_back_nothing_that_others_tell(acme, sentence, certainty):
    reading = themes.read(sentence, acme)
    assert (reading.direction, reading.certainty) == ("retreat", certainty)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Norvik opened its stores after the storm.", "vetoed by"),
        ("Norvik will not close its lab.", "denied by “not”"),
        ("Norvik scrapped its plans to build a lab in Oslo.", "turned by"),
        ("Norvik may close its lab.", "hedged by “may”"),
        ("Norvik closed its lab.", "counted"),
    ],
)
def test_every_hit_tells_its_outcome(anyone, sentence, outcome):
    assert any(outcome in h.outcome for h in themes.read(sentence, anyone).evidence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01 closed \x1b[31m lab",
        "🙂" * 500,
        "שלום המפעל נסגר",
        "closed its \u202elab",
        "((((((((",
        "))) closed lab (((",
        "<script>closed its lab</script>",
        "# $ % &amp; #39; ``''",
    ],
)
def test_any_text_is_answered(anyone, text):
    assert themes.read(text, anyone).direction in ("expansion", "retreat", "neutral")


@pytest.mark.parametrize(
    "words", ["closed its lab and opened ", "will not may could plan to ", "no trigger here ", "( a "]
)
def test_a_sentence_of_100_000_characters_takes_no_time(anyone, words):
    text = (words * (100_000 // len(words) + 1))[:100_000]
    begun = time.perf_counter()
    themes.read(text, anyone)
    assert time.perf_counter() - begun < 8


def page(reader, *texts, **context):
    return themes.read_page([("body", t) for t in texts], reader, **context)


def test_an_open_quotation_keeps_its_speaker(acme):
    first, second, third = page(
        acme,
        "“We closed the Lyon lab in May,” a union official said. “It was a good lab.",
        "It will not be reopened.”",
        "The town is quiet.",
    )
    assert (first.speaker, second.speaker, third.speaker) == ("workers", "workers", "press")


@pytest.mark.parametrize(
    ("lines", "after", "speaker", "certainty"),
    [
        ((1, 1), "Acme closed the Lyon lab in May.", "insiders", "reported"),
        ((1, 2), "Acme closed the Lyon lab in May.", "press", "asserted"),
        (None, "Acme closed the Lyon lab in May.", "press", "asserted"),
        ((1, 1), "The mayor said Acme closed the lab.", "government", "asserted"),
        ((1, 1), "Acme may close the lab.", "insiders", "hedged"),
        ((1, 1), "Acme is rumoured to have closed the lab.", "press", "hedged"),
        ((1, 1), "Reporters found that Acme had closed the lab.", "press", "asserted"),
    ],
)
def test_who_speaks_goes_on_to_the_paragraph_s_end(acme, lines, after, speaker, certainty):
    reading = page(acme, "Several insiders stated that the mood is low.", after, lines=lines)[1]
    assert (reading.speaker, reading.certainty) == (speaker, certainty)


def test_evidence_tells_that_the_speaker_was_named_before(acme):
    reading = page(acme, "Workers said the mood is low.", "Acme closed its lab.", lines=[4, 4])[1]
    assert [hit.outcome for hit in reading.evidence] == ["counted, reported: by workers named before"]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Acme said it would close its lab.", "company"),
        ("A spokeswoman for Acme said the lab had closed.", "company"),
        ("Nearby workers said the lab closed in May.", "workers"),
        ("The lab has closed, according to people familiar with the matter.", "insiders"),
        ("The mayor said Acme would open a lab.", "government"),
        ("The lab closed in May.", "press"),
        ("Analysts said Acme might close its lab.", "other"),
        ("In a statement workers state that the Acme lab closed.", "workers"),
    ],
)
def test_who_says_it(acme, sentence, speaker):
    assert page(acme, sentence)[0].speaker == speaker


def test_a_press_release_speaks_for_the_company(acme):
    assert page(acme, "The lab in Lyon opens today.", kind="press release")[0].speaker == "company"


def test_a_site_is_the_quarter_it_stands_in(acme):
    readings = page(
        acme, "Acme closed its lab.", "It stood in the Gerland district.", "The lab had opened in 2011."
    )
    assert {r.site for r in readings} == {"Gerland"}


HEADS = {
    "retreat": (
        "Acme will cut 500 jobs", "Acme closes its Lyon plant", "Acme to shut two stores", "Its Lyon factory closed",
        "Acme laid off 200 workers", "Acme sells its pump unit", "Acme quits the Japanese market",
        "Acme halted production in Turin", "Acme scrapped plans for a plant in Leeds", "Acme delays its Texas factory",
        "Acme files for bankruptcy protection", "Acme will move pump production to Mexico",
    ),
    "expansion": (
        "Acme opens a store in Oslo", "Acme will build a plant in Ohio", "Acme's second plant opened",
        "Acme to invest $200 million in its Ohio plant", "Acme will hire 300 engineers", "Acme buys rival Brown",
        "Acme enters the Indian market", "Acme expands its Ghent factory", "Acme forms a joint venture with Brown",
        "Acme will double capacity in Ohio", "Acme acquires a German pump maker", "Acme is expanding in Asia",
    ),
}  # fmt: skip
TAILS = (
    "to reduce costs", "as sales fall", "after losses", "to boost profit", "this year", "by the end of the quarter",
    "after a deal with the union", "following a merger", "amid weak demand", "in a bid to lift margins", "on Monday",
    "for $50 million", "to raise cash", "with a loan from the bank", "under a new contract", "before Christmas",
    "ahead of the holidays", "as investors press for change", "at a cost of $5 million", "to pay down debt",
    "after the government cut subsidies", "as a trade war looms", "in a stock and cash deal",
    "after talks with investors",
    "for the first time since 2008", "over the next two years", "in a move that analysts welcomed",
)  # fmt: skip


@pytest.mark.parametrize("direction", HEADS)
def test_why_and_when_it_is_done_does_not_undo_it(anyone, direction):
    read = {f"{head} {tail}.": themes.read(f"{head} {tail}.", anyone).direction
            for head in HEADS[direction] for tail in TAILS}
    assert {text: said for text, said in read.items() if said != direction} == {}


@pytest.mark.parametrize(("sentence", "site"), [
    ("Fern & Field's Los Angeles Gerland Park store closed.", "Gerland"),  # whose it is does not name it
    ("Acme's Lyon Gerland District plant opened.", "Gerland"),
    ("Acme opened an office on Long Island.", "Long Island"),
    ("It left the Foreign Trade Zone.", None),
])
def test_a_quarter_is_named_without_whose_it_is_and_what_holds_it(acme, sentence, site):
    assert page(acme, sentence)[0].site == site


def test_sites_of_the_corpus_are_told_apart(rules):
    reader = themes.Reader(
        rules, company=("Acme",), sites={"north lab": ("north lab*",), "mill": ("old mill",)}
    )
    assert [r.site for r in page(reader, "The north lab closed.", "The old mill opened.")] == [
        "north lab",
        "mill",
    ]


@pytest.mark.parametrize(("place", "sentence", "site"), [
    (("USA", "America"), "Acme closed its store in America last year.", None),
    (("Lyon", "Gerland"), "Acme closed its lab in Gerland last year.", "Gerland"),
])
def test_another_name_of_the_whole_place_is_no_site(rules, place, sentence, site):
    assert page(themes.Reader(rules, company=("Acme",), place=place), sentence)[0].site == site
