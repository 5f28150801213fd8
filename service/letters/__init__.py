"""Letters in and letters out, as the office handles them."""
