"""Programs for developers: locks, the template, the sample letters."""
