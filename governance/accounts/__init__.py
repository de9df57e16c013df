"""The register of accounts that staff use professionally."""
