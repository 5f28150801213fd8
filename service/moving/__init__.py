"""Moving an office's ledger to another database."""
