"""`check --dengbao`: how the installation stands to the items of GB/T 22239-2019 8.1.4 (等保 2.0)."""
