"""Concerns raised in the public interest, followed to their end apart from any case about the person who raised them."""
