"""Letters to the people of a case: written from templates, kept as they were sent."""
