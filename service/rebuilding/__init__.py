"""Making a lost ledger again from what is stored beside it."""
