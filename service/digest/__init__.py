"""近况: what the editors are mailed each week."""
