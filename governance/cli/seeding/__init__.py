"""The demo organisation, played through the workflow verbs in the order in which it happened."""
