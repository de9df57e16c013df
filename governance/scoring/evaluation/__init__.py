"""How well the engine agrees with people: labelled posts, the corpus, figures with intervals, the scoring card. Pure."""
