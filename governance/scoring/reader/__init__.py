"""The learned reader: weighs every fact, word and pair of words of a post, as readers of the labelled corpus would.

It works in two steps. Each head (a category, a severity, a guard, a benefit) adds up one weight for everything that stands in
the post: a sum that can be shown word by word. Small trees then weigh the sums against each other, because a concern means
less where the post also teaches or tells of the author's own illness. scripts/train_reader.py
makes `weights.npz` from seed_data/corpus; README.md of this room's parent tells how.
"""
