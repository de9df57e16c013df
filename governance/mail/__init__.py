"""E-mail that says no more than that something waits: the outbox, its wording and the way to a mail server."""
