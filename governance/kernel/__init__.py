"""Settings, paths, clock, ids, database, errors: knows nothing of the trade."""
