"""What a line looks like on its own, where no stock phrase says so: dates, bylines, captions, counters.

Each pattern is anchored and bounded, and only short lines are tried, so that no
line can make it slow.
"""

from __future__ import annotations

import re

from slackwater.cleaning import phrases
from slackwater.cleaning.phrases import Hint

NAME = r"[A-Z][\w.'’\-]*(?: (?:de|van|von|der|la|bin|al|du|di|da|le)| [A-Z][\w.'’\-]*){1,3}"
_AND = r"(?:(?:, | and | & |, and )" + NAME + r"){0,3}"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
ROLE = (
    r"(?:staff writer|staff|senior|chief|contributing|contributor|correspondent|reporter|editor|columnist"
    r"|writer|journalist|author|bureau chief|producer|analyst|freelance|guest|special to)"
)

BYLINE = re.compile(rf"(?:By|BY|by)[: ]\s*(?P<names>{NAME}{_AND}|[A-Z][\w'’.-]+)(?P<rest>.{{0,80}})$")
_NAME_ROLE = re.compile(rf"(?P<names>{NAME}{_AND})(?: ?[,|–—·-] ?| )(?i:{ROLE})\b.{{0,60}}$")
_NAME_IN = re.compile(rf"{NAME} in (?!{MONTH}\b)[A-Z][\w.'’-]+(?:[ ,]+[A-Z][\w.'’-]+){{0,3}}$")
CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?"
_DATE = re.compile(
    rf"(?:\w+[ :,]+){{0,5}}?(?:{MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|{MONTH},? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}年\d{1,2}月)"
)
_AGO = re.compile(r"(?:\w+ )?(?:\d+|an?|one|two|three) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b", re.I)
_CLOCK_LINE = re.compile(rf"(?:at |@ )?{CLOCK}(?: [A-Z]{{2,4}})?(?: [|·•-].{{0,30}})?$")
_READING = re.compile(r"(?:(?:reading|read) time\b.{0,20}|\d+ ?[-–]?(?:\d+ )?(?:min|minute)s?(?: read)?\.?)$", re.I)
_COUNT = re.compile(
    r"[\d.,]+ ?[kKmM]?\+?(?: ?(?:shares?|comments?|likes?|views?|reads?|replies|followers?|votes?"
    r"|retweets?|reactions?|responses?|wpm|x|%))?$",
    re.I,
)
_COMMENTS = re.compile(
    r"(?i)\W*(?:\(?\d[\d,.]* |(?:top|best|reader|user|latest|recent|newest|all|view|show|see|hide|post|your)\b.{0,20})?"
    r"(?:comments?|replies|responses|reactions)\W*(?:\(?\d+\)?)?\W*$|\W*\d+ thoughts? on\b"
)
_FAQ = re.compile(r"(?:Q|A)\d{1,2}\s?[:.)]\s")
_CREDIT = re.compile(
    r"(?:\b(?:[Pp]hoto(?:graph)?s?|PHOTO|[Ii]mages?|IMAGE|[Pp]icture|Illustration|Credit|Graphic|Video)"
    rf"(?: [Cc]redit)?(?: by|:| via| courtesy of)\s?(?:{NAME}|[A-Z][\w./&-]+).{{0,60}}"
    r"|\((?:[A-Z][\w.'’-]+ ){1,3}/ ?[A-Z][\w .,'’-]{2,40}\)\.?"
    r"|(?:Getty Images|Getty|AFP|Shutterstock|Unsplash|iStock|Pixabay|Pexels|Alamy)\)?\.?)$"
)
_BIO = re.compile(
    rf"(?P<name>{NAME})(?:, .{{0,60}},| \([^()]{{1,60}}\))? (?:is|was|has been|covers|writes|reports|tells|works|serves"
    r"|leads|joined|received|holds|specializes|specialises|graduated|earned|spent|lives|founded|co-founded)\b"
)
_BIO_SIGNS = re.compile(
    r"(?i)\b(?:(?:s?he|they) (?:covers?|writes?|reports?|joined|previously|attended|graduated|holds?|lives?|has written"
    r"|received|earned|also|currently|is also)|based in|-based (?:\w+ ){0,3}(?:reporter|writer|journalist|editor)"
    r"|before joining|follow (?:him|her|them)|e-?mail(?: (?:him|her|them))?\b|twitter|linkedin|contributed to"
    r"|(?:reporter|writer|journalist|editor|correspondent|columnist|author|blogger|(?:co-)?founder|instructor"
    r"|freelance\w*)\b|degree|university|school of|passionate|(?:years|decades?) of (?:\w+ )?(?:experience|expertise)"
    r"|where s?he (?:lives|writes)|in (?:his|her|their) (?:free|spare) time)"
)
_RELATED = re.compile(
    r"(?:RELATED|READ MORE|READ ALSO|ALSO READ|SEE ALSO|MORE|WATCH|Read more|Related|READ)(?: ?[:|>»]| -) ?\S"
)
_RELATED_KIND = re.compile(r"(?:Related|Recommended|Similar|Suggested|More) (?:\w+ ){1,3}?\w+:")
_OTHERS = re.compile(  # More Great Courier Stories
    r"(?:more|other|related|recommended|similar|suggested|latest|recent|top|popular|trending|featured|read)"
    r" (?:[\w'’&-]+ ){0,2}?(?:stories|articles|news|posts|headlines|coverage|videos?|topics)$",
    re.I,
)
_MAIL_HEADER = re.compile(r"(?:From|To|Cc|CC|Bcc): ")
_TEASER = re.compile(  # Pay Bill At Troy SteakhouseA party of six
    r"[ATIOBWYFH](?<=[a-z]{3}.)(?<!LinkedI)(?:(?<=A)(?:n|s|t|fter|)|(?<=T)(?:he|his|hat|hese|here)|(?<=I)[tfn]|(?<=O)n"
    r"|(?<=B)efore|(?<=W)(?:hen|ith|e|hat|hy)|(?<=Y)ou|(?<=F)or|(?<=H)ow) [a-z0-9]"
)
_DIGIT = re.compile(r"\d|[¹²³]")
_HANDLE = re.compile(r"@\w{2,30}$|#\w+(?: #\w+)*$|https?://\S+$|www\.\S+$|[\w.+-]+@[\w-]+\.[\w.]+$")
_DATED = re.compile(r"\d[-/.]\d|年")
_FILE = re.compile(r"\S{1,80}\.(?:svg|png|jpe?g|gif|webp|pdf)$", re.I)


def hint(line: str, words: int, signs: int, digit: bool) -> Hint | None:
    """The label a line's own shape suggests, or None.

    *words* is its number of words, *signs* its `phrases.SIGNS`, *digit* whether it holds one, as `str.isdigit` says.
    """
    return (_short(line, words, signs, digit) if words <= 14 else None) or _shape(line, words, signs)


def _shape(line: str, words: int, signs: int) -> Hint | None:
    if signs & phrases.CREDIT and words <= 80 and _CREDIT.search(line[-120:]):
        return Hint("caption", "ends in a photo credit")
    first = line[0]
    if first in "QA" and _FAQ.match(line):
        return Hint("faq", "question or answer of a numbered list")
    if 5 <= words <= 160 and "A" <= first <= "Z" and _BIO.match(line) and len(_BIO_SIGNS.findall(line)) >= 2:
        return Hint("bio", "introduces a person as the author")
    if 8 <= words <= 60 and _TEASER.search(line):
        return Hint("related", "a headline glued to its teaser")
    if words <= 30 and first in "RASMW" and (_RELATED.match(line) or (words <= 12 and _RELATED_KIND.match(line))):
        return Hint("related", "points to another story")
    return None


def _short(line: str, words: int, signs: int, digit: bool) -> Hint | None:
    first = line[0]
    if signs & phrases.COMMENT and words <= 6 and _COMMENTS.match(line):
        return Hint("widget", "comment form")
    if digit and first.isdigit() and (_COUNT.match(line) or _CLOCK_LINE.match(line) or _READING.match(line)):
        return Hint("widget", "a counter, a clock or a reading time")
    if words == 1:
        if first in "@#hw" and _HANDLE.match(line):
            return Hint("widget", "a handle, tag or address")
        if _FILE.match(line):
            return Hint("widget", "name of a file")
    if first in "FTCB" and "@" in line and _MAIL_HEADER.match(line):
        return Hint("boilerplate", "head of a mail")
    if words <= 5 and first in "MORSLTPFmorsltpf" and _OTHERS.match(line):
        return Hint("related", "list of other stories")
    if first in "Bb" and BYLINE.match(line):
        return Hint("byline", "author line")
    if first in "Rr" and _READING.match(line):
        return Hint("widget", "reading time")
    if digit and _DIGIT.search(line):
        if (signs & phrases.MONTH or _DATED.search(line)) and _DATE.match(line):
            return Hint("dateline", "a date on its own line")
        if signs & phrases.AGO and _AGO.match(line):
            return Hint("dateline", "an age on its own line")
    elif first.isupper() and words >= 3 and (
        (signs & phrases.ROLE and _NAME_ROLE.match(line)) or (" in " in line and _NAME_IN.match(line))
    ):
        return Hint("byline", "a name with a role or a place")
    return None
