"""What each department sent and had printed, counted."""
