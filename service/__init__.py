"""The parts of the running service: commands, clock, demo, and what connects the rooms."""
