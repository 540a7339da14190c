"""Which words a pattern cannot do without: by the rarest of them it is recognised, the others must be there too."""

from __future__ import annotations

from slackwater.reading.memory import Memory
from slackwater.reading.patterns import Alt, Seq, Word
from slackwater.reading.vocabulary import Vocabulary, choices

# how often a word is met in news, roughly, per 10,000: what it costs to have it for an anchor
_FREQUENT = {
    word: weight
    for weight, words in (
        (400.0, ", . the of to and a in"),
        (
            70.0,
            "for that is with on it as by its said be at this are from was an has will have not or but he they their",
        ),
        (
            25.0,
            "new more than up out about into also all one we you i if which can when would year company time some "
            "over other what do had his been who your her she first two no so after could last how may them there "
            "just where while now only",
        ),
        (
            8.0,
            "people most make made use us use market markets many through week around plan plans because well want "
            "need much open down back next work works home get build long high deal days day south city world three "
            "million billion percent business million sales jobs industry production stores store project workers "
            "set costs cost top service services since end between part take taken based using used global across "
            "great good best top going go off before move being start small states state told report reports under "
            "big value chief look keep second here then any these were our",
        ),
        (
            3.0,
            "building management low create area built quality center employees investment capital space united "
            "largest public without financial less customers close cut price own find pay few products quarter "
            "review plant plants prices place come major lower step growing growth model team teams offer offers site "
            "sites current statement group run running share shares agreement did near likely operations due expected "
            "making option options information design includes including line lines number office risk training "
            "marketing give given found add added help live early late later research right local power control "
            "network network machine data technology staff unit economic economy foreign another four five six some "
            "several early final latest future hours month months years months term act call called see think "
            "general system systems family house money food water game games school board law court case",
        ),
    )
    for word in words.split()
}
_WEIGHT = {
    "<number": 200.0,
    "<name": 1500.0,
    "<company": 20.0,
    "<place": 20.0,
    "any": 1e9,
    "anything": 1e9,
    "phrase": 1e9,
    "<money": 40.0,
}
_RARE = 0.1  # any other word
_COMMON = 300.0  # what is needed but met so often asks too little to be asked
_WAYS = 100  # told apart in one pattern

Need = frozenset[str]  # token tests, one of which must be met
Way = frozenset[Need]
_ANYHOW: set[Way] = {frozenset()}  # no word is needed


class Needs:
    """What patterns over *vocabulary* need; *words* are the entries of its classes."""

    def __init__(self, vocabulary: Vocabulary, words: dict[str, list[str]]) -> None:
        self._vocabulary, self._words = vocabulary, words
        self._rarities: dict[Need, tuple[float, list[str]]] = Memory(self._rarity)
        self._slots: dict[Word, set[Way]] = Memory(self._slot)

    def ways(self, node: Seq | Alt | Word) -> set[Way]:
        """The ways in which *node* may match, few enough; wherever it does, all needs of one of them are met."""
        if isinstance(node, Word):
            gap = node.kind in ("any", "anything", "phrase", "start", "end")
            return _ANYHOW if gap else self._slots[node]
        if isinstance(node, Alt):
            if tests := choices(Seq((node,))):
                return {frozenset([frozenset(map(self._vocabulary.atom, tests))])}
            ways = {way for option in node.options for way in self.ways(option)}
            return _ANYHOW if frozenset() in ways else ways
        found = _ANYHOW
        for item in node.items:
            ways = self.ways(item)
            if len(found) * len(ways) > _WAYS:
                found, ways = self._narrowed(found), self._narrowed(ways)
            found = {one | other for one in found for other in ways}
        return found

    def rarest_first(self, way: Way) -> list[Need]:
        """The needs of *way*, the rarest met first."""
        return sorted(way, key=self._rarities.__getitem__)

    def rarest(self, way: Way) -> Need:
        """The need of *way* that is met most rarely; empty where it has none."""
        return min(way, key=self._rarities.__getitem__, default=frozenset())

    def tells(self, need: Need) -> bool:
        """Whether *need* is met seldom enough to be asked for."""
        return self._rarities[need][0] < _COMMON

    def _slot(self, word: Word) -> set[Way]:
        """The one way of a word, or of a class: one of its words, or the rarest of one of its phrases."""
        phrases = self._vocabulary.phrases.get(word.text, ()) if word.kind == "class" else ()
        rarest = [self.rarest(way) for phrase in phrases for way in self.ways(phrase)]
        return {frozenset([frozenset([self._vocabulary.atom(word)]).union(*rarest)])}

    def _narrowed(self, ways: set[Way]) -> set[Way]:
        """One way in place of many: one of the rarest needs of each is met."""
        rarest = list(map(self.rarest, ways))
        return {frozenset([frozenset().union(*rarest)])} if all(rarest) else _ANYHOW

    def _rarity(self, need: Need) -> tuple[float, list[str]]:
        """How many words in 10,000 meet *need*, roughly; of equals the first by name."""
        return sum(map(self._weight, need)), sorted(need)

    def _weight(self, atom: str) -> float:
        weight = sum(_WEIGHT.get(other, 0.0) for other in self._vocabulary.passing(atom))
        if atom in _WEIGHT:
            return weight + _WEIGHT[atom]
        if atom.startswith("<"):
            return weight + sum(map(self._weight, self._words.get(atom[1:], ())))
        return 10.0 if "*" in atom and len(atom) < 5 else _FREQUENT.get(atom, _RARE)
