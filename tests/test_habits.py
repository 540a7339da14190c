"""What people who live in shells and notebooks expect of a package."""

import importlib.resources
import inspect
import json
import subprocess
import sys

import pytest

from articles import OPENING
from slackwater import clean, cli, corpus, engine, errors, explain, labels, lexicon, tables, themes, tone, tuning
from slackwater.cli import grammar

SENTENCE = "Acme opened a plant in Ghent."


@pytest.fixture(scope="module")
def desk():
    return engine.open_desk("seeds")


def test_what_a_cell_shows_of_an_object_is_one_short_line(desk):
    pages = engine.clean(desk)
    readings = engine.read(desk, pages)
    reader = themes.Reader(desk.lexicon, company=("Acme",), place=("Ghent",))
    made = engine.finished(desk)
    for shown in (desk, desk.corpus, desk.pages[0], desk.lexicon, reader, pages, readings, made, clean.page(SENTENCE),
                  themes.read(SENTENCE, reader), tuning.open_bench(desk, pages)):
        assert len(repr(shown)) < 200 and "\n" not in repr(shown), type(shown).__name__
    assert repr(pages).startswith("Pages: documents (5 rows × ")
    assert repr(desk.pages[0]).startswith("Page: 000_47a4c4ab5f5c056f.txt, ")
    assert repr(themes.read(SENTENCE, reader)) == (
        "Reading: expansion, asserted, press, about company, opening, 1 hit")
    rules = len(desk.lexicon.rules)
    assert repr(reader) == f"Reader: Lexicon expansion_retreat: {rules} rules, for Acme in Ghent"


@pytest.mark.parametrize("module", [clean, corpus, engine, explain, labels, lexicon, tables, themes, tone, tuning])
def test_help_says_what_a_public_function_does(module):
    public = [value for name, value in vars(module).items() if not name.startswith("_")
              and inspect.isfunction(value) and value.__module__ == module.__name__]
    assert public
    for function in public:
        assert inspect.getdoc(function), f"{module.__name__}.{function.__name__}"
        hints = inspect.signature(function)
        assert hints.return_annotation is not inspect.Signature.empty, function.__name__


@pytest.mark.parametrize(("typed", "offered"), [
    ("tuning.wi", {"with_rule", "without"}), ("desk.", {"corpus", "lexicon", "pages"}), ("labels.as", {"ask"})])
def test_tab_offers_what_is_there(desk, typed, offered):
    from IPython.core.completer import IPCompleter, provisionalcompleter

    completer = IPCompleter(namespace={"desk": desk, "tuning": tuning, "labels": labels})
    with provisionalcompleter():  # as the kernel of a notebook asks
        found = {completion.text.lstrip(".") for completion in completer.completions(typed, len(typed))}
    assert offered <= found and len(found) < 40


def test_an_error_in_a_cell_is_the_one_line_that_says_what_to_do(desk, capsys):
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.user_ns["desk"] = desk
    shell.run_cell("from slackwater import engine\nengine.open_desk('nowhere')")
    said = capsys.readouterr().out.strip()
    assert said == "InputError: nowhere: there is no such folder. Name the folder that holds corpus.yaml and pages."
    assert isinstance(errors.InputError("x"), errors.SlackwaterError)


def run(*arguments, **environment):
    return subprocess.run([sys.executable, "-m", "slackwater", *arguments], capture_output=True, text=True, timeout=60)


def test_python_m_slackwater_is_the_command():
    done = run("--version")
    assert done.returncode == 0 and done.stdout.startswith("slackwater ")


def test_the_help_loads_nothing_heavy():
    code = ("import sys; from slackwater import cli\ntry: cli.main(['report', '--help'])\nexcept SystemExit: pass\n"
            "print(sorted({'pandas', 'numpy', 'yaml', 'slackwater.corpus', 'nbformat'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.endswith("[]\n"), done.stdout[-300:] + done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_verb(shell, capsys):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for verb in grammar.by_name(grammar.parser()):
        assert verb in script


def test_the_completion_for_bash_is_bash_and_completes(capsys, tmp_path):
    cli.main(["completion", "bash"])
    script = tmp_path / "slackwater.bash"
    script.write_text(capsys.readouterr().out)
    ask = (f"source {script}; COMP_WORDS=(slackwater exp); COMP_CWORD=1; "
           "$(complete -p slackwater | sed 's/.*-F \\([^ ]*\\).*/\\1/') slackwater exp slackwater; "
           "echo ${COMPREPLY[*]}")
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, timeout=30)
    assert done.stdout.split() == ["explain"], done.stderr


def test_check_in_json(tmp_path, capsys):
    (tmp_path / "corpus.yaml").write_text("title: A\ncompany: Acme\nplace: Ghent\n")
    (tmp_path / "000.txt").write_text(OPENING)
    (tmp_path / "001.txt").write_text("")
    assert cli.main(["check", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["lexicon"], told["remarks"]) == (2, "expansion_retreat", [])
    assert list(told["faults"]) == ["001.txt"] and told["unnamed"] == {}


def test_a_report_that_fails_is_told_in_json_too(tmp_path, capsys):
    assert cli.main(["report", str(tmp_path / "nowhere"), "--json"]) == 2
    out = capsys.readouterr()
    told = json.loads(out.out)
    assert (told["state"], told["code"]) == ("failed", 2) and told["error"] in out.err


def test_the_package_says_that_it_is_typed():
    assert (importlib.resources.files("slackwater") / "py.typed").is_file()
