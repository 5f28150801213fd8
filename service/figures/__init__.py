"""Statistics: articles sent and printed, by department."""
