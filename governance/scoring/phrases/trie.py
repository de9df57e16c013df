"""One phrase as a trie: every way to say it, word by word, so that a walk from its first word finds where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from governance.scoring.phrases.language import FEW_WAYS, Way, is_gap

Keys = tuple[str, ...]
"""All that a word of a text may be called in a phrase: itself, its classes, its shape."""

# What every end of a sentence is called: a gap stops at it.
END: Keys = (".",)


class Node:
    """A place in a phrase. `next` leads on by a word, `gaps` by so many words of any kind."""

    __slots__ = ("also", "gaps", "is_end", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        # Most nodes have none of these: they share the empty ones, so that starting stays quick.
        self.gaps: Mapping[int, Node] = _NO_GAPS
        # Where the ways of a phrase meet again: to be followed from here, too.
        self.also: Sequence[Node] = ()
        self.is_end = False

    def behind(self, step: str) -> Node:
        """The node behind a word or a gap, made where it is not there yet."""
        if is_gap(step):
            if int(step[1]) not in self.gaps:
                self.gaps = {**self.gaps, int(step[1]): Node()}
            return self.gaps[int(step[1])]
        node = self.next.get(step)
        if node is None:
            node = self.next[step] = Node()
        return node


_NO_GAPS: Mapping[int, Node] = MappingProxyType({})


def planted(parts: Sequence[Sequence[Way]]) -> Node:
    """The root of a phrase. So many ways of its beginning get branches of their own; what follows them is then kept once."""
    nodes = [Node()]
    root = nodes[0]
    for part in parts:
        if len(nodes) > 1 and len(nodes) * len(part) > FEW_WAYS:
            nodes = [_meeting(nodes)]
        nodes = list(dict.fromkeys(_walked(node, way) for node in nodes for way in part))
    for node in nodes:
        node.is_end = True
    return root


def _walked(node: Node, way: Way) -> Node:
    for step in way:
        node = node.behind(step)
    return node


def _meeting(nodes: list[Node]) -> Node:
    """A new node that is followed from all of these."""
    meeting = Node()
    for node in nodes:
        node.also = (*node.also, meeting)
    return meeting


def longest(node: Node, at: int, keyed: Sequence[Keys]) -> int:
    """The word behind the longest phrase that goes on from a node with the word `at`; 0 for none."""
    most, beyond = 0, len(keyed)
    ahead: list[tuple[Node, int]] = []  # other branches: a node, and the next word to look at
    while True:
        if node.is_end and at > most:
            most = at
        if node.also:
            ahead += [(meeting, at) for meeting in node.also]
        if at < beyond:
            if node.gaps:
                ahead += _across(node, at, keyed)
            after = node.next
            if after:
                ahead += [(after[key], at + 1) for key in keyed[at] if key in after]
        if not ahead:
            return most
        node, at = ahead.pop()


def _across(node: Node, at: int, keyed: Sequence[Keys]) -> list[tuple[Node, int]]:
    """Where the gaps of a node lead to from the word `at` on: a node, and the next word to look at."""
    ahead = []
    for widest, behind in node.gaps.items():
        after, branches = behind.next, bool(behind.gaps or behind.also)
        for place in range(at, min(at + widest + 1, len(keyed))):
            keys = keyed[place]
            if branches:
                ahead.append((behind, place))
            elif keys:
                ahead += [(after[key], place + 1) for key in keys if key in after]
            if keys is END:
                break
    return ahead
