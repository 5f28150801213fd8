"""Classifying: whose letter it is, which parts are manuscripts; or why it is none."""
