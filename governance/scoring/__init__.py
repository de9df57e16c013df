"""The engine: `engine.score(post, rulebook)` is a pure function. README.md says how facts, signals and rules are added."""
