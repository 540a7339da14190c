"""The pages of documentation: their commands are run, their outputs are true, and none repeats another."""

import re
import shlex
from pathlib import Path

import pytest

import transcript
from slackwater import corpus, lexicon
from slackwater.cli import grammar

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_its_commands_print(page):
    shown, told = page.read_text("utf-8"), transcript.told(page)
    assert told == shown, f"`python tests/transcript.py {page.relative_to(ROOT)}` writes what is printed now"


def commands() -> list[tuple[str, str]]:
    """(page, command) of every `slackwater …` in running text, and of every line of an ```sh block."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            found += [(page.name, part.strip()) for line in block.splitlines() for part in line.split("&&")]
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        found += [(page.name, " ".join(code.split())) for code in re.findall(r"`([^`]+)`", prose)]
    return [(page, command.replace("\\|", " ").replace("…", "")) for page, command in found
            if command.startswith("slackwater ")]


@pytest.mark.parametrize(("page", "command"), sorted(set(commands())))
def test_a_command_in_running_text_is_one_that_there_is(page, command):
    words = shlex.split(command)[1:]
    words = words[:words.index("<")] if "<" in words else words
    verbs = grammar.by_name(grammar.parser())
    assert words[0] in verbs or words[0] == "--help"
    if len(words) > 1 and words[0] in verbs:
        options = {option for action in verbs[words[0]]._actions for option in action.option_strings}
        assert {word for word in words if word.startswith("--")} <= options
        grammar.parser().parse_args(words)


def test_a_make_target_in_running_text_is_one_that_there_is():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([\w-]+)", page.read_text("utf-8"))) <= targets, page.name


def test_the_windows_lines_do_what_the_makefile_does():
    made = re.sub(r" --(quiet|disable-pip-version-check)\b", "", (ROOT / "Makefile").read_text())
    made = made.replace("$(BIN)/", "").replace("$(PYTHON)", "python")
    for line in re.findall(r"^> (.+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE):
        assert re.sub(r"^\.venv\\Scripts\\|^py\b", lambda m: "python" if m[0] == "py" else "", line) in made, line


def test_a_corpus_yaml_in_running_text_is_one_that_loads(tmp_path):
    shown = [block for page in PAGES for block in re.findall(r"^```yaml\n(title:.*?)^```$", page.read_text("utf-8"),
                                                             re.DOTALL | re.MULTILINE)]
    assert shown
    for number, block in enumerate(shown):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "corpus.yaml").write_text(block, "utf-8")
        for name in re.findall(r"^  (\S+\.txt):$", block, re.MULTILINE):
            (folder / name).write_text("Acme opened a plant in Ghent.", "utf-8")
        assert corpus.load(folder).facts


def test_a_lexicon_in_running_text_is_one_that_loads(tmp_path):
    shown = [block for page in PAGES for block in re.findall(r"^```yaml\n(rules:.*?)^```$", page.read_text("utf-8"),
                                                             re.DOTALL | re.MULTILINE)]
    assert shown
    for block in shown:
        (tmp_path / "lexicon.yaml").write_text(block + "words:\n  site: [lab, plant]\n", "utf-8")
        assert not [line for line in lexicon.lint(lexicon.load(tmp_path / "lexicon.yaml")) if "catch" in line]


def test_what_a_hook_is_told_sets_no_option():
    """A hook that runs Slackwater again must not hand it the words of the change as options."""
    options = {option for sub in grammar.by_name(grammar.parser()).values() for action in sub._actions
               for option in action.option_strings}
    shown = set(re.findall(r"SLACKWATER_([A-Z_]+)", (ROOT / "docs" / "scheduling.md").read_text("utf-8")))
    told = {"EVENT", "OLD", "NAME", "EDITION", "CHANGE", "NEWEST", "FOLDER", "HTML", "PDF"}
    assert shown <= told and not {f"--{name.lower().replace('_', '-')}" for name in told} & options


def test_links_lead_somewhere():
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_repeats_another():
    said: dict[str, str] = {}
    for page in PAGES:
        text = re.sub(r"^```.*?^```$|[`*_|>]", " ", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for sentence in re.split(r"(?<=[.!?:;])\s|\n\s*\n|\n(?=- |#)", text):
            words = re.findall(r"[\w'’-]+", sentence.lower())
            for run in {" ".join(words[i:i + 10]) for i in range(len(words) - 9)}:
                assert said.setdefault(run, page.name) == page.name, f"{page.name} repeats {said[run]}: {run}"


def test_every_page_is_named_in_the_readme():
    readme = PAGES[0].read_text("utf-8")
    assert [page.name for page in PAGES[1:] if f"docs/{page.name}" not in readme] == []
