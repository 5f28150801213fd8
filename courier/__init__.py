"""Letters out: whether one may be written, its words, the plan of its delivery, and the door to SMTP."""
