"""What people do with a case while they work on it: take it, put it aside, ask for help, join two. None of it moves a case."""
