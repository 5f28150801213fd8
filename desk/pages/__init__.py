"""The pages of the desk: each module says its addresses in ROUTES."""
