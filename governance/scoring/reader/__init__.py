"""The learned reader: weighs every fact, word and pair of words of a post, as readers of the labelled corpus would.

It is a log-linear model: each head (a category, a severity, a guard, a benefit) adds up one weight for everything that
stands in the post. So each answer is a sum that can be shown word by word, and nothing else. scripts/train_reader.py
makes `weights.npz` from seed_data/corpus; README.md of this room's parent tells how.
"""
