"""The story: one verb a file, each one function(session, actor, ...)."""
