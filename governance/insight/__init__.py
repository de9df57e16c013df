"""What each figure means, the series, and the charts. Only reads."""
