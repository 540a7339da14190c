# ruff: noqa: E501 - texts stay as files hold them
"""Bytes to text: every encoding a saved page comes in, and the files that are refused."""

import plistlib
import time
from email.message import EmailMessage

import pytest

from slackwater import formats

ENGLISH = "Corvane will close its works in Tidewell. “Yes,” it said — we’ll see.\n" * 10
PLAIN = "Corvane will close its works in Tidewell, the company said on Tuesday.\n" * 10
CHINESE = "公司计划在上海开设最大的实验室。\n该实验室位于张江。\n" * 10
GERMAN = "Die Länder prüfen die Schließung der Fabrik in Köln. „Möglich“, sagte der Sprecher über die Größe.\n" * 5
POLISH = "Przedsiębiorstwo zamknęło swoją fabrykę w Łodzi. Źródła mówią, że to możliwe.\n" * 5
FRENCH = "La société a fermé son usine à Orléans, où l'été dernier elle avait déjà licencié.\n" * 5
RUSSIAN = "Компания закрыла свой завод в Петербурге. Представитель сообщил об этом в понедельник.\n" * 5
JAPANESE = "同社は上海の研究所を閉鎖した。関係者が語った。\n" * 10


@pytest.mark.parametrize(("text", "encoding", "said"), [
    (ENGLISH, "utf-8", "utf-8"), (ENGLISH, "utf-8-sig", "utf-8-sig"), (ENGLISH, "utf-16", "utf-16"),
    (ENGLISH, "utf-32", "utf-32"), (ENGLISH, "cp1252", "cp1252"),
    (PLAIN, "utf-16-le", "utf-16-le"), (PLAIN, "utf-16-be", "utf-16-be"),
    (ENGLISH, "utf-16-le", "utf-16-le"), (CHINESE, "utf-16-le", "utf-16-le"), (CHINESE, "utf-16-be", "utf-16-be"),
    (CHINESE, "gb18030", "gb18030"), (GERMAN, "cp1252", "cp1252"), (FRENCH, "cp1252", "cp1252"),
    (POLISH, "cp1250", "cp1250"), (POLISH, "iso8859-2", "iso8859-2"), (RUSSIAN, "cp1251", "cp1251"),
    (JAPANESE, "shift_jis", "cp932"),
])  # fmt: skip
def test_text_comes_back_whole_and_the_guess_is_said(text, encoding, said):
    assert formats.decode(text.encode(encoding)) == (text, said, None)


@pytest.mark.parametrize(("data", "fault"), [
    (b"", "is empty"), (b" \n\t", "is empty"), (b"\x00" * 9, "is empty"), (b"%PDF-1.7\n...", "a PDF file"),
    (b"PK\x03\x04....", "a ZIP archive"), (b"\x1f\x8b\x08\x00", "a gzip archive"),
    (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
    (bytes(range(256)) * 20, "binary data"),
])  # fmt: skip
def test_what_is_no_text_is_refused_by_name(data, fault):
    text, _, said = formats.decode(data)
    assert text == ""
    assert fault in said


def test_a_few_stray_nuls_do_not_make_a_text_binary():
    assert formats.decode(PLAIN.encode() + b"\x00")[0] == PLAIN


@pytest.mark.parametrize(("name", "fault"), [("a.epub", ".epub files are not read"), ("a.docx", "not a readable .docx"),
                                             ("a.pdf", "not a readable .pdf")])  # fmt: skip
def test_other_files_are_refused_by_name(name, fault):
    said = formats.read(name, b"no such thing").fault
    assert fault in said or "need the package" in said


def test_markdown_becomes_paragraphs_on_their_lines():
    text = "# Mill to *close*\n\nThe [mill](https://example.org) shuts\nin May.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert formats.read("a.md", text.encode()).text == "Mill to close\n\nThe mill shuts in May.\n\n\none\ntwo\n\na b\n\nc d"


def test_a_front_matter_heads_its_page():
    text = '---\ntitle: "Mill to close"\nsource: https://example.org/1\nauthor: "[[Ann Lee]]"\npublished: 2024-05-02\ntags:\n  - news\n---\nThe mill shuts.\n'
    for ending in ("\n", "\r\n"):
        said = formats.read("a.md", text.replace("\n", ending).encode()).text
        assert said.split("\n") == ["", "Mill to close", "", "By Ann Lee", "2024-05-02", "", "", "", "The mill shuts."]


@pytest.mark.parametrize(("front", "head"), [
    ('author:\n  - "[[Ann Lee]]"\n  - "[[Bo Ray]]"\ntags:\n  - news', ["", "", "By Ann Lee, Bo Ray"]),  # as Obsidian writes it
    ("author: [[Ann Lee]], [[Bo Ray]]", ["", "By Ann Lee, Bo Ray"]),
    ("author: By Ann Lee\ndate: 2024-05-02", ["", "By Ann Lee", "2024-05-02"]),
    ("title: >-\n  Mill to\n  close", ["", "", "Mill to close"]),
    ("title: \"Mill: 'to close'\"", ["", "Mill: 'to close'"]),
    ("author:\n  name: Ann Lee\n  url: https://example.org", []),
])
def test_a_front_matter_says_title_authors_and_date_on_their_lines(front, head):
    said = formats.read("a.md", f"---\n{front}\n---\nThe mill shuts.\n".encode()).text.split("\n")
    assert (head + [""] * 9)[: len(said) - 1] == said[:-1] and said[-1] == "The mill shuts."


def test_tags_within_markdown_are_no_words():
    text = "The <b>mill</b><br>shuts &amp; is <!-- not --> sold.\n\n<div class=x>\nIn May &mdash; or June.\n</div>\n\n<style>\np {}\n</style>\n\nLast.\n"
    assert formats.read("a.md", text.encode()).text == "The mill shuts & is sold.\n\nIn May — or June.\n\n\n\n\n\n\n\nLast."


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_keep_their_numbers_however_often_an_address_is_broken(ending):
    text = "One [mill](https://example.org/a-\nb-\nc-\nd) shuts.\n- item [two](/x-\ny-\nz)\n- three\n\nLast.\n"
    said = formats.read("a.md", text.replace("\n", ending).encode()).text.split("\n")
    assert {number: line for number, line in enumerate(said, 1) if line} == {1: "One mill shuts.", 5: "item two", 8: "three", 10: "Last."}


def test_a_txt_with_many_links_of_markdown_is_read_as_markdown():
    link, wrapped = "[{}](https://example.org/{})", "[mill](https://example.org/a-\nb)"
    menu = "\n".join(f"- {link.format(name, name)}" for name in ("Home", "News", "Sport", "Jobs", "Cars"))
    said = formats.read("a.txt", f"{menu}\n\nThe {wrapped} shuts.\nIn May.\n\nLast.\n".encode()).text
    assert said == "Home\nNews\nSport\nJobs\nCars\n\nThe mill shuts. In May.\n\n\n\nLast."


PAGE = "<html><head><meta charset='iso-8859-15'></head><body><p>The mill’s café shuts in May.</p></body></html>"


def mhtml() -> bytes:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://news.example/mill"
    message.set_content("body {}", subtype="css")
    message.make_mixed()
    message.add_attachment(PAGE, subtype="html", cte="quoted-printable")
    return message.as_bytes()


@pytest.mark.parametrize(("name", "data"), [
    ("a.mhtml", mhtml()),
    ("a.mht", mhtml()),
    ("a.webarchive", plistlib.dumps({"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceTextEncodingName": "UTF-8"}}, fmt=plistlib.FMT_BINARY)),
])
def test_a_page_saved_whole_in_one_file_is_its_html(name, data):
    loaded = formats.read(name, data)
    assert loaded.html and loaded.fault is None and "The mill’s café shuts in May." in loaded.text


@pytest.mark.parametrize("charset", ["unicode", "x-unknown", "utf-16-le", "zip"])
def test_a_charset_that_is_none_leaves_the_page_to_be_looked_at(charset):
    page = PAGE.replace("iso-8859-15", "utf-8").encode("utf-16-le" if charset in ("unicode", "utf-16-le") else "utf-8")
    head = f"MIME-Version: 1.0\nContent-Type: text/html; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    loaded = formats.read("a.mhtml", head.encode() + page)
    assert loaded.fault is None and "The mill’s café shuts in May." in loaded.text


def archive(**main) -> bytes:
    return plistlib.dumps({"WebMainResource": main})


@pytest.mark.parametrize(("name", "data"), [
    ("a.mhtml", b"Content-Type: text/html; charset=Punycode\n\n<p>x-" + b"ab9" * 300_000),
    ("a.webarchive", archive(WebResourceData=b"<p>x-" + b"ab9" * 300_000, WebResourceTextEncodingName="punycode")),
    ("a.webarchive", archive(WebResourceData=3_000_000_000)),
])
def test_a_hostile_file_costs_neither_time_nor_memory(name, data):
    begun = time.process_time()
    formats.read(name, data)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(("name", "data"), [("a.webarchive", archive(WebResourceData=7)), ("a.mhtml", b"From: x\n\nno page"), ("a.mhtml", b""), ("a.webarchive", b"bplist00")])
def test_one_that_holds_no_page_is_refused(name, data):
    assert "not a readable" in formats.read(name, data).fault


TOWNS = "Tidewell Marsh Eastquay Lowbay Saltham Fenwick Norhaven Hulme Gullpoint Westry Ashford Borth".split()
TOLD = [f"The office in {town} will close in May, the firm said on {town[:3]}day. Workers of {town} find it difficult to follow, and the council has not been asked yet by {town[::-1].title()}." for town in TOWNS]
PRINTED = """#set page(width: 11cm, height: 8cm, header: [3/14/24, 9:05 AM #h(1fr) Mill to close | The Courier], footer: context [https://news.example/mill #h(1fr) #counter(page).display("1/1", both: true)])
#set text(size: 9pt, lang: "en")
= Mill to close

""" + "\n\n".join(TOLD)


def test_a_printed_page_loses_its_running_lines_and_keeps_its_paragraphs():
    import typst

    text = formats.read("a.pdf", typst.compile(PRINTED.encode())).text
    assert "Courier" not in text and "news.example" not in text
    assert [line for line in text.split("\n\n") if line] == ["Mill to close", *TOLD]


def test_a_line_a_paragraph_is_no_markdown_whatever_its_links():
    text = "\n".join(f"The {name} plant [shuts](https://example.org/{name})." for name in TOWNS)
    assert formats.read("a.txt", text.encode()).text == text


def test_letters_printed_as_one_come_apart():
    assert formats.read("a.txt", "The o\ufb03ce of the \ufb01rm closes at ½ past five.".encode()).text == "The office of the firm closes at ½ past five."


def test_html_in_a_txt_is_read_as_html():
    assert formats.read("a.txt", b"<!DOCTYPE html><html><p>x</p></html>").html
