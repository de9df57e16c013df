"""What the engine said of one version of a post, kept as it was that day."""
