"""The plain values that the rooms hand to each other. This package imports nothing of ours."""
