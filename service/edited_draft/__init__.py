"""Taking over what somebody has changed in a draft with Word: read, compared article by article, shown, written."""
