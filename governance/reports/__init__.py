"""Ways in beside the score: what somebody reports of a post, with what they saw of it."""
