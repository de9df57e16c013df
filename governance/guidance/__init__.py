"""The guidance as data (sources, categories, rules) and the loader that checks it. Standard library only."""
