"""The query language: what a person types, as a value and back.

    the kids at the beach              words: one phrase, ranked by how like it a photo looks
    dog + beach                        two phrases, both wanted
    2:dog + beach                      the first counts twice
    dog -snow -"a red car"             less of this
    dog 2019                           a year by itself is a filter: on:2019
    dog OR cat                         either
    like:/album/1.jpg at night         like that photo, and the words
    camera:canon rating:>3 -in:work    filters (see `catalog.fields.FIELDS`)
    (tag:kids OR is:favourite) NOT in:work after:2019-06

Words and filters side by side are all wanted. A mistake costs what is mistaken, no more: `parse`
says where it is and what was expected, and the rest is a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from lark import Lark, Token, Tree

from photosearch.catalog.fields import FIELDS
from photosearch.catalog.filters import AllOf, AnyOf, Condition, Filter, Not


@dataclass(frozen=True)
class Phrase:
    """Words that a photo should look like (`weight` above 0) or not (below)."""

    words: str
    weight: float = 1.0


@dataclass(frozen=True)
class Like:
    """A photo (its path) that others should look like, or not."""

    path: str
    weight: float = 1.0


Term = Phrase | Like


@dataclass(frozen=True)
class Either:
    """Any one of these will do; their weights are above 0."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Query:
    """What is wanted: terms that rank, and conditions that must all be true."""

    terms: tuple[Term | Either, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """Something that was not understood: `start` and `end` in the query's text, and what was
    expected, as a sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Parsed:
    """The query, and the mistakes that are left out of it."""

    query: Query
    mistakes: tuple[Mistake, ...] = ()


LONGEST = 2000
"""Characters of a query that are read."""

_DEEPEST = 20  # brackets and NOTs inside each other
_WEIGHT = r"\d{1,3}(?:\.\d{1,3})?:"
_NAMES = "|".join(FIELDS)
_GRAMMAR = rf"""
start: any?
any: all (_OR all)*
all: (_AND? _item)+
_item: negated | group | WORD | NEXT | SIGNED | QUOTED | LIKE | FILTER | YEAR | PLUS | STRAY
negated: _NOT _item
group: _OPEN any _CLOSE

YEAR.7: /(?:19|20)\d\d(?:-[01]?\d(?:-[0-3]?\d)?)?(?![^\s()"])/
FILTER.6: /-?(?:{_NAMES}):(?:"[^"]*"|[^\s()"]*)/i
LIKE.5: /-?(?:{_WEIGHT})?like:(?:"[^"]*"|[^\s"]*)/i
QUOTED.4: /-?(?:{_WEIGHT})?"[^"]*"/
SIGNED.3: /(?:-(?:{_WEIGHT})?|{_WEIGHT})(?![-\s:])[^\s()"]+/
_OR.2: /OR(?![^\s()"])/
_AND.2: /AND(?![^\s()"])/
_NOT.2: /NOT(?![^\s()"])/
_OPEN: "("
_CLOSE: ")"
PLUS.1: "+"
STRAY: "\""
WORD: /[^\s()"+][^\s()"]*/
%declare NEXT
%ignore /\s+/
"""
_OPERATORS = {"_OR": "OR", "_AND": "AND", "_NOT": "NOT"}


@cache
def _lark() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", propagate_positions=True)


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query's text, as they stand in it."""
    return list(_lark().lex(text[:LONGEST]))


def parse(text: str) -> Parsed:
    """The query that a text means, and what in it was not understood. Never fails."""
    mistakes: list[Mistake] = []
    if len(text) > LONGEST:
        mistakes.append(Mistake(LONGEST, len(text), f"A query has up to {LONGEST} characters."))
    tokens = _mended(tokens_of(text), mistakes)
    parser = _lark().parse_interactive()
    for token in tokens:
        parser.feed_token(token)
    tree = parser.feed_eof()  # type: ignore[no-untyped-call]
    reader = _Reader(mistakes)
    part = reader.any(tree.children[0]) if tree.children else _Part()
    found = Query(tuple(part.terms), tuple(part.conditions))
    return Parsed(found, tuple(sorted(mistakes, key=lambda mistake: mistake.start)))


def _mended(tokens: Sequence[Token], mistakes: list[Mistake]) -> list[Token]:
    """The tokens without those that have no place where they stand: what is left has a meaning."""
    kept: list[Token] = []
    opened: list[Token] = []
    next_phrase = False

    def wrong(token: Token, text: str) -> None:
        start = token.start_pos or 0
        mistakes.append(Mistake(start, start + len(token), text))

    def drop_operators() -> None:
        while kept and kept[-1].type in _OPERATORS:
            token = kept.pop()
            wrong(token, f"Words or a filter were expected after {_OPERATORS[token.type]}.")

    def close(closing: Token) -> None:
        drop_operators()
        bracket = opened.pop()
        if kept[-1] is bracket:
            kept.pop()
            if closing.start_pos != closing.end_pos:  # else it is said to be missing already
                wrong(bracket, "Words or a filter were expected between the brackets.")
        else:
            kept.append(closing)

    for token in tokens:
        at_start = not kept or kept[-1].type in _OPERATORS or kept[-1].type == "_OPEN"
        if token.type == "PLUS":
            next_phrase = True
        elif token.type == "STRAY":
            wrong(token, "A second quotation mark was expected.")
        elif token.type in ("_OR", "_AND") and at_start:
            wrong(token, f"Words or a filter were expected before {token}.")
        elif token.type in ("_OPEN", "_NOT") and _depth(kept, opened) >= _DEEPEST:
            wrong(token, "Fewer brackets inside each other were expected.")
        elif token.type == "_OPEN":
            kept.append(token)
            opened.append(token)
        elif token.type == "_CLOSE":
            if opened:
                close(token)
            else:
                wrong(token, "An opening bracket was expected before this one.")
        elif token.type == "WORD":
            kept.append(Token.new_borrow_pos("NEXT", token.value, token) if next_phrase else token)
            next_phrase = False
        else:
            kept.append(token)
    drop_operators()
    end = tokens[-1].end_pos if tokens else 0
    while opened:
        wrong(opened[-1], "A closing bracket was expected.")
        close(Token("_CLOSE", ")", start_pos=end, end_pos=end))
        drop_operators()
    return kept


def _depth(kept: Sequence[Token], opened: Sequence[Token]) -> int:
    negations = 0
    while negations < len(kept) and kept[-1 - negations].type == "_NOT":
        negations += 1
    return len(opened) + negations


@dataclass
class _Part:
    """What a part of a query asks for."""

    terms: list[Term | Either] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)


class _Reader:
    """Makes a tree of tokens into a query."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self._mistakes = mistakes

    def any(self, tree: Tree[Token]) -> _Part:
        """Parts with OR between them."""
        trees = [child for child in tree.children if isinstance(child, Tree)]
        parts = [(child, self._all(child)) for child in trees]
        parts = [(child, part) for child, part in parts if part.terms or part.conditions]
        if len(parts) < 2:
            return parts[0][1] if parts else _Part()
        whole = _Part()
        if all(len(part.terms) == 1 and not part.conditions for _, part in parts):
            terms = flat(part.terms[0] for _, part in parts)
            if all(term.weight > 0 for term in terms):
                return _Part([Either(terms)])
        if all(not part.terms for _, part in parts):
            return _Part([], [_any_of([_all_of(part.conditions) for _, part in parts])])
        for _, part in parts:
            whole.terms += part.terms
            whole.conditions += part.conditions
        start, end = parts[0][0].meta.start_pos, parts[-1][0].meta.end_pos
        text = "OR was expected between single phrases or between filters, not between both."
        self._mistakes.append(Mistake(start, end, text))
        return whole

    def _all(self, tree: Tree[Token]) -> _Part:
        """Parts side by side: bare words between two `+` are one phrase."""
        part = _Part()
        phrase: int | None = None  # where the phrase that bare words belong to stands
        for child in tree.children:
            if isinstance(child, Token):
                if child.type in ("WORD", "NEXT"):
                    if phrase is None or child.type == "NEXT":
                        phrase = len(part.terms)
                        part.terms.append(Phrase(str(child)))
                    else:
                        open_ = part.terms[phrase]
                        assert isinstance(open_, Phrase)
                        part.terms[phrase] = replace(open_, words=f"{open_.words} {child}")
                    continue
                count = len(part.terms)
                self._token(child, part)
                weighted = child.type == "SIGNED" and not child.startswith("-")
                if weighted and len(part.terms) > count:  # 2:golden retriever
                    phrase = count
            else:
                inner = self._tree(child)
                part.terms += inner.terms
                part.conditions += inner.conditions
        return part

    def _tree(self, tree: Tree[Token]) -> _Part:
        if tree.data == "group":
            (inside,) = tree.children
            assert isinstance(inside, Tree)
            return self.any(inside)
        (child,) = tree.children
        part = _Part()
        if isinstance(child, Token):
            if child.type in ("WORD", "NEXT"):
                part.terms.append(Phrase(str(child)))
            else:
                self._token(child, part)
        else:
            part = self._tree(child)
        terms: list[Term | Either] = [
            replace(term, weight=-term.weight) for term in flat(part.terms)
        ]
        negated = _Part(terms)
        if part.conditions:
            negated.conditions.append(Not(_all_of(part.conditions)))
        return negated

    def _token(self, token: Token, part: _Part) -> None:
        """Add what a single token asks for."""
        minus = token.startswith("-")
        text = str(token)[minus:]
        if token.type in ("FILTER", "YEAR"):
            name, _, value = (text if token.type == "FILTER" else f"on:{text}").partition(":")
            name, value = name.lower(), " ".join(value.strip('"').split())
            if not FIELDS[name].is_value(value):
                self._wrong(token, f"After {name}: {FIELDS[name].expected} was expected.")
                return
            condition = Filter(name, value)
            part.conditions.append(Not(condition) if minus else condition)
            return
        weight = 1.0
        if match := re.match(_WEIGHT, text):
            weight, text = float(match[0][:-1]), text[match.end() :]
        if not weight:
            self._wrong(token, "A weight above 0 was expected.")
            return
        weight = -weight if minus else weight
        if token.type == "LIKE":
            path = text[len("like:") :].strip('"')
            if path.strip():
                part.terms.append(Like(path, weight))
            else:
                self._wrong(token, "After like: the path of a photo was expected.")
            return
        words = " ".join(text.strip('"').split())
        if words:
            part.terms.append(Phrase(words, weight))
        else:
            self._wrong(token, "Words were expected between the quotation marks.")

    def _wrong(self, token: Token, text: str) -> None:
        start = token.start_pos or 0
        self._mistakes.append(Mistake(start, start + len(token), text))


def flat(terms: Iterable[Term | Either]) -> tuple[Term, ...]:
    """All terms, alternatives one after the other."""
    found: list[Term] = []
    for term in terms:
        found += term.terms if isinstance(term, Either) else [term]
    return tuple(found)


def _all_of(conditions: Sequence[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))


def _any_of(conditions: Sequence[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AnyOf(tuple(conditions))


def format_query(query: Query) -> str:
    """The text of a query, which `parse` makes into the same query."""
    parts: list[str] = []
    bare = False  # a phrase without quotation marks came before: the next must say that it begins
    for term in query.terms:
        text, is_bare = _term(term)
        parts.append(f"+ {text}" if is_bare and bare else text)
        bare = bare or is_bare
    return " ".join(parts + [format_condition(each) for each in query.conditions])


def _term(term: Term | Either) -> tuple[str, bool]:
    """A term's text, and whether bare words that follow would be taken for a part of it."""
    if isinstance(term, Either):
        return f"({' OR '.join(_term(each)[0] for each in term.terms)})", False
    weight = abs(term.weight)
    head = ("-" if term.weight < 0 else "") + (f"{weight:g}:" if weight != 1 else "")
    if isinstance(term, Like):
        return f'{head}like:"{term.path}"', False
    if not head and all(_is_bare(word) for word in term.words.split(" ")):
        return term.words, True
    return f'{head}"{term.words}"', False


def _is_bare(word: str) -> bool:
    """Whether a word means itself without quotation marks."""
    tokens = list(_lark().lex(word))
    return [(token.type, str(token)) for token in tokens] == [("WORD", word)]


def format_condition(condition: Condition) -> str:
    """The text of a condition."""
    if isinstance(condition, Filter):
        quote = '"' if re.search(r"[\s()]", condition.value) else ""
        return f"{condition.field}:{quote}{condition.value}{quote}"
    if isinstance(condition, Not):
        return f"NOT {format_condition(condition.condition)}"
    between = " OR " if isinstance(condition, AnyOf) else " "
    return f"({between.join(format_condition(each) for each in condition.conditions)})"
