"""Signed-off issues for other systems: a feed that they read, and a folder or a portal that they are copied to."""
