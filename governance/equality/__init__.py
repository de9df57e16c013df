"""What the organisation supplies for fairness figures: grade, place of qualification and ethnicity. Read only as aggregates."""
