"""The pages of cases: the queue, the case, and one page for each thing that can be done in it."""
