"""The forms of an English verb: open → open, opens, opened, opening."""

from __future__ import annotations

# base: past, participle (where it differs); what follows no rule
_IRREGULAR = {
    "be": "was been were is are", "become": "became", "begin": "began begun", "break": "broke broken",
    "bring": "brought", "build": "built", "buy": "bought", "choose": "chose chosen", "come": "came",
    "cut": "", "do": "did done", "draw": "drew drawn", "drop": "dropped", "fall": "fell fallen",
    "find": "found", "fly": "flew flown", "get": "got gotten", "give": "gave given", "go": "went gone",
    "grow": "grew grown", "halt": "halted", "have": "had has", "hold": "held", "keep": "kept",
    "lay": "laid", "lead": "led", "leave": "left", "let": "", "lose": "lost", "make": "made", "pay": "paid",
    "put": "", "quit": "", "run": "ran", "say": "said", "see": "saw seen", "sell": "sold", "send": "sent",
    "set": "", "shed": "", "shrink": "shrank shrunk", "shut": "", "slash": "slashed", "speak": "spoke spoken",
    "spend": "spent", "spin": "spun", "split": "", "stand": "stood", "take": "took taken", "tell": "told",
    "think": "thought", "throw": "threw thrown", "upset": "", "win": "won", "wind": "wound",
    "withdraw": "withdrew withdrawn", "write": "wrote written", "rebuild": "rebuilt", "offset": "",
    "hit": "", "mean": "meant", "meet": "met",
    "seek": "sought", "grind": "ground", "swell": "swelled swollen", "hang": "hung", "rise": "rose risen",
}  # fmt: skip
_DOUBLED = frozenset(
    "scrap trim axe cancel ship drop plan shut cut set quit stop nab mull swap wrap ramp begin let put get run "
    "win shed split spin hit slim scrub shop shelve pull-in rig tap top unwrap chop dip slip skip step "
    "snap thin grab snub defer transfer refer prefer commit submit admit permit ban bar plug strip clip flag lag "
    "map".split()
) - {"axe", "mull", "shelve", "pull-in", "ramp", "cancel"}


def forms(verb: str) -> tuple[str, ...]:
    """The forms of *verb*, base first: `forms("shut")` gives shut, shuts, shutting.

    Spelling follows the common rules; British doubled l is given beside the American form.
    """
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        stem, past = verb[:-1], verb + "d"
    elif verb.endswith("e"):
        stem, past = verb, verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        stem, past = verb, verb[:-1] + "ied"
    elif verb in _DOUBLED:
        stem, past = verb + verb[-1], verb + verb[-1] + "ed"
    else:
        stem, past = verb, verb + "ed"
    if verb == "be":
        return ("be", "being", *_IRREGULAR["be"].split())
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        third = verb[:-1] + "ies"
    elif verb.endswith(("s", "x", "z", "ch", "sh")) or verb in ("go", "do", "undergo"):
        third = verb + "es"
    else:
        third = verb + "s"
    pasts = _IRREGULAR[verb].split() if verb in _IRREGULAR else [past]
    found = [verb, third, *pasts, stem + "ing"]
    if verb == "have":
        found.remove("haves")
    if verb.endswith("l") and verb not in _DOUBLED and verb[-2:-1] in "aeiou" and verb[-3:-2] not in "aeiou":
        found += [verb + "led", verb + "ling"]  # cancelled, signalling; harmless where unused
    return tuple(dict.fromkeys(found))
