"""Phrases: the small pattern language of the lexicons (language.py), and how all of them are found in a text.

finder.py  keeps every phrase under its rarest word, and looks closer at those whose words are all there
sieve.py   which words a phrase cannot do without, the rarest first
trie.py    one phrase word by word: where exactly it stands
"""
