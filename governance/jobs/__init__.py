"""Background work: the tasks, and the runners that claim them."""
