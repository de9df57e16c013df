"""What the doors share: session and commit, sign-in, gate, headers, error pages."""
