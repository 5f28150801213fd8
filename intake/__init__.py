"""From the mailbox to the draft article: fetch, keep, parse, classify, read, check, draft."""
