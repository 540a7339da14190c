# ruff: noqa: E501 - paragraphs stay on one line, as pages have them
"""Where sentences end: news paragraphs written for this test, a bar (¦) at every end that a reader would mark."""

import pytest
import sentencex
from hypothesis import given, settings
from hypothesis import strategies as st

from slackwater import sentences
from slackwater.clean import Line

PARAGRAPHS = {
    "abbreviated month": "The bank said on Jan.10 that it would stay.¦ The branch on Dec. 3 had already lost its sign.",
    "country": "The firm left the U.S. market in 2019.¦ It now sells to the U.K. and to the U.N. agency in Geneva.",
    "country ends a sentence": "Few of the plants are in the U.S.¦ The rest are in Mexico.¦ None is in the U.K.¦ That may change.",
    "number": "Its No. 1 plant is in Leeds.¦ Plant No. 2 closed last May, and Nos. 3 and 4 will follow.",
    "number ends": "Asked whether it would reopen, the mayor said no.¦ Workers had hoped for more.",
    "titles": "Mr. Osei met Dr. Lindqvist and Gov. Tate in St. Louis.¦ Sen. R. J. Maddox did not attend.",
    "firms": "Halden Corp. said it would close.¦ Orsted & Bros. Co. Ltd. has bought the site from Marrow Inc. for $4.5 million.",
    "firm ends": "The site belongs to Marrow Inc.¦ The company was founded in 1904.",
    "decimals": "Sales fell 3.5 percent to $1.2 billion.¦ Shares lost 0.4 percent.",
    "curly quote, said": "“We are not leaving,” said Ana Ruiz, the plant’s director.¦ “We are growing.”",
    "quote ends inside": "“We are not leaving.¦ We are growing,” Ruiz said.¦ Nobody believed her.",
    "quote closes the sentence": "The robot is called “Hetty.”¦ It lifts pallets.¦ A larger one is called “Boris.”¦ Both are for sale.",
    "straight quotes": 'Kim said: "The lease ends in May."¦ "After that we go," he added.',
    "question and exclamation": "Will it stay?¦ Nobody knows!¦ The city wants an answer by Friday.",
    "question in a quote": "“Will it stay?” asked a welder.¦ “Who knows?” said another.",
    "exclamation name": "Yahoo! opened an office in Dublin.¦ It has 40 desks.",
    "ellipsis": "The plant… may close, a manager said.¦ He paused…¦ Then he left the room.",
    "ellipsis in a quote": "“I thought … we had more time,” said Bello.¦ She had worked there since 1998.",
    "initials": "J. P. Rourke founded the mill.¦ J.D. Vann sold it.¦ W. E. B. Holt tore it down.",
    "agency in brackets": "The dam failed (see p. 4).¦ (The owner denies it.)¦ An inquiry starts on Monday.",
    "glued stop": "The lab closed in March.¦The sign is gone.¦ Its staff moved to Suzhou.",
    "time of day": "Doors open at 9 a.m. on Tuesday.¦ They close at 5 p.m.¦ The night shift starts at 10 p.m. sharp.",
    "versus": "The case, Arden vs. Holm, was settled.¦ Terms, fees etc. were not disclosed.",
    "colon and list": "It runs three sites: Lyon, Turin and Ghent.¦ A fourth is planned.",
    "dash": "The factory — its oldest — will shut in April.¦ 300 jobs go.",
    "number opens": "The firm cut its staff.¦ 1,200 people left.¦ Another 300 will follow in June.",
    "small brand opens": "The chain said so on Friday.¦ eBay and iRobot declined to comment.",
    "rank": "Gen. Oduya and Lt. Col. Marsh inspected the yard.¦ Capt. Reyes was absent.",
    "street": "The shop on Elm St. was the first.¦ It stands at 40 Oak Ave. and pays no rent.",
    "junior": "Thomas Bell Jr. runs the firm.¦ His father, Thomas Bell Sr., died in 2011.",
    "address on the web": "Details are at example.org.¦ Write to press@example.org by noon.",
    "file and version": "Version 2.0 ships in June.¦ Node.js is not needed.",
    "quote over paragraphs, opens": "Director Lena Voss said: “We came here in 1998.¦ We have built a good team.",
    "quote over paragraphs, closes": "We will stay as long as we are welcome.”",
    "one fragment": "Not so fast",
    "single quotes": "‘It is over,’ said one worker.¦ ‘We were told by e-mail.’",
    "two speakers": "“No,” he said.¦ “Yes,” she said.¦ They laughed.",
    "said between": "“The plant will close,” she said, “and nobody will be moved.”¦ The union was told at noon.",
    "sentence in a quote, then attribution": "“It’s finished.”¦ That is how Ode put it.",
    "degree": "Nadia Rahman, Ph.D., leads the lab.¦ She holds a B.Sc. from Leeds.",
    "article number": "Under Art. 12 of the law, Sec. 3 applies.¦ The court agreed.",
    "approximately": "It covers approx. 40 acres.¦ The lease runs to 2031.",
    "days": "Shops were shut on Thurs. and Fri. last week.¦ They open on Mon. morning.",
    "Washington": "The office in Washington, D.C., is smaller.¦ Its D.C. staff moved to Reston, Va., in May.",
    "state ends": "It moved to Reston, Va.¦ The old office is empty.",
    "currency": "It paid Rs. 40 million and 3 million kr. for the land.¦ Taxes come on top.",
    "dateline kept": "LAGOS (Reuters) - Two banks will merge.¦ They employ 9,000.",
    "chinese": "这家工厂将于五月关闭。¦公司表示，员工将获得补偿。¦“我们很遗憾。”经理说。¦还会有新的工厂吗？",
    "japanese": "同社は上海の研究所を閉鎖した。¦「残念だ。」と社員は話した。¦新しい拠点は未定だ。",
    "percent and capital": "Exports rose 12%.¦ Imports fell.¦ The gap is now 4%.",
    "semicolon": "Some stayed; others left.¦ All were paid.",
    "closing bracket": "The mill shut in 1999 (it had opened in 1904).¦ The land is for sale.",
}


def parts(marked: str) -> list[str]:
    return [part.strip() for part in marked.split("¦")]


def plain(marked: str) -> str:
    return marked.replace("¦", "")


def ends(found: list[str]) -> set[int]:
    """Ends as counts of characters that are no space, so that only the boundaries are compared."""
    at, out = 0, set()
    for sentence in found:
        at += len("".join(sentence.split()))
        out.add(at)
    return out


def test_boundaries_of_all_paragraphs():
    right = wrong = missed = n = 0
    for marked in PARAGRAPHS.values():
        gold, found = ends(parts(marked)), ends(sentences.split(plain(marked)))
        right, wrong, missed, n = (
            right + len(gold & found),
            wrong + len(found - gold),
            missed + len(gold - found),
            n + len(gold),
        )
    assert n >= 110
    assert 2 * right / (2 * right + wrong + missed) >= 0.97


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_nothing_is_lost_or_added(name):
    text = plain(PARAGRAPHS[name])
    assert "".join("".join(sentences.split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " \n ", "\t"])
def test_blank_text_has_no_sentence(text):
    assert sentences.split(text) == []


def test_a_long_line_is_split_as_its_parts_are():
    marked = " ¦".join(
        m
        for name, m in PARAGRAPHS.items()
        if name not in ("chinese", "japanese", "one fragment") and "quote" not in name
    )
    assert sentences.split(" ".join([plain(marked)] * 12)) == sentences.split(plain(marked)) * 12


def line(number: int, label: str, text: str, kept: bool = True) -> Line:
    return Line(number, label, kept, "", text)


def test_regions_and_captions_of_a_page():
    page = [
        line(1, "title", "Mill to close"),
        line(2, "standfirst", "About 40 jobs will go."),
        line(3, "byline", "By Ida March", False),
        line(5, "caption", "The mill at dusk, seen from the bridge. Photo: A. Bo", False),
        line(6, "body", "It closes in May. Talks go on."),
        line(7, "caption", "The mill at dusk, seen from the bridge. Photo: A. Bo", False),
        line(8, "caption", "Mill sign", False),
    ]
    assert [(s.number, s.line, s.region, s.text) for s in sentences.of_page(page)] == [
        (1, 1, "title", "Mill to close"),
        (2, 2, "standfirst", "About 40 jobs will go."),
        (3, 6, "body", "It closes in May."),
        (4, 6, "body", "Talks go on."),
        (5, 5, "caption", "The mill at dusk, seen from the bridge."),
    ]


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from([chr(code) for code in range(32, 127) if chr(code) not in ".!?)"]), min_size=1),
       st.sampled_from(["", ".", "!", "?", ")"]))
def test_a_line_without_marks_before_its_end_is_one_sentence_for_the_library_too(text, mark):
    text = " ".join((text + mark).split())
    assert "".join(sentencex.segment("en", text)) == text
    assert len(list(sentencex.segment("en", text))) == len(sentences.split(text)) == bool(text)
