"""Probity: social media governance for organisations that employ health professionals.

Where things are, in the order in which a package may import another (only from left to right):
__main__ > application > web | api | cli > entrance > jobs > intake > workflow | insight > records > bundles > letters
> concerns > reports > cases > assessments > posts > accounts > rulebooks > equality > mail > people > audit > scoring
> guidance > kernel.

kernel       settings, paths, clock, ids, the database: knows nothing of the trade
guidance     the guidance as data: sources, categories, rules, and the loader that checks them
scoring      the engine: facts are drawn from a post once, small rules speak about facts
rulebooks    the organisation's own rules, version by version, and the rulebook in use
equality     what is supplied for the fairness figures, read only to count
mail         the outbox, and mail that says no more than that something waits
people ...   the nouns (accounts, posts, assessments, cases, reports, concerns, letters, bundles, records, audit):
             models, queries, policy
workflow     the story, one verb a file
insight      figures and series; only reads
intake       readers of exports and the import run
entrance     what the doors share; web, api and cli are the doors
"""
