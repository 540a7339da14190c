"""Short news stories about firms that do not exist, written for the tests of what comes into a corpus."""


def saved(text: str) -> str:
    """*text* with each paragraph on one line, as browsers save it."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")) + "\n"


OPENING = saved("""\
Acme opens battery plant in Ghent

Acme has opened a battery plant in the port of Ghent and will hire four hundred people there by the end of next year,
the company said on Tuesday. The plant stands beside the canal, on the ground where a steelworks was taken down.

"We looked at eleven towns and came back to this one every time," said Marie Dupont, who runs the plant for Acme.
She said that the first line had been running since Monday and that a second one would follow in the spring.

The mayor of Ghent welcomed the decision and said that the town would widen the road to the port. Neighbours had asked
for a wall against the noise of the trucks, and Acme has agreed to pay half of what it costs.
""")

CLOSING = saved("""\
Acme to close its research office in Ghent

Acme will close its research office in Ghent in June and move the work to Lyon, two people who know the plan said. The
office opened nine years ago and has sixty people, who were told on Friday that most of them may move with the work.

A spokeswoman for Acme said that the battery plant in the port was not touched by the plan and that the company would
go on hiring there. The union called the closing a surprise and asked to see the figures behind it.

The works council meets the company on Wednesday. It has until the end of May to make a proposal of its own, and in
two other towns such proposals have kept part of an office open.
""")

GERMAN = saved("""\
Acme eröffnet Batteriewerk in Gent

Acme hat im Hafen von Gent ein Batteriewerk eröffnet und will dort bis zum Ende des nächsten Jahres vierhundert
Menschen einstellen, wie das Unternehmen am Dienstag mitteilte. Das Werk steht am Kanal, wo früher ein Stahlwerk war.

„Wir haben uns elf Städte angesehen und sind jedes Mal auf diese zurückgekommen“, sagte Marie Dupont, die das Werk
leitet. Die erste Linie laufe seit Montag, eine zweite werde im Frühjahr folgen.

Der Bürgermeister von Gent begrüßte die Entscheidung und sagte, die Stadt werde die Straße zum Hafen verbreitern. Die
Nachbarn hatten eine Mauer gegen den Lärm der Lastwagen verlangt, und Acme will die Hälfte der Kosten tragen.
""")

ELSEWHERE = saved("""\
Bolt buys a shipyard in Rostock

Bolt has bought a shipyard in Rostock that had stood empty for three years, and will build ferries there from autumn on.
The price was not told. The yard once had two thousand people and built the ferries that still cross to Trelleborg.

The state has promised to dredge the channel, which has silted up since the last ship left. Bolt said that it would
take on the apprentices of the old yard first, and that it had orders for three ferries already.
""")

CORPUS = "title: Acme in Ghent\ncompany: Acme   # the maker of batteries\nplace: Ghent\n"


def html(text: str, furniture: str = "") -> str:
    """*text* as a page of a news site; *furniture* is what changes from one visit to the next."""
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>{title}</h1>
{body}</article>
<footer>{furniture}</footer></body></html>
"""

# a title and five paragraphs that tell neither who wrote them nor when
TITLE = "Corvane opens a dye works in Tidewell after two years of delay"
BODY = """Corvane has opened its new dye works in Tidewell, the company told its partners in the town on Monday.
The works cost 40 million euros and employs 200 people, according to the company's plans for the site.
The town has waited for the dye works for two years, and the mayor said that it would not be the last.
The old works, which stood on the other bank of the river, closed in the year of the great flood and was torn down.
The union said it was glad of the posts, but that it would look at the hours that the company wants to keep there."""
