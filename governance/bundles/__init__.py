"""The case bundle: everything in a case that one reader may have, as PDF and as files with their hashes."""
