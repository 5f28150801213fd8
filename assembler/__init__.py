"""From articles to the numbered issue: plan, then typeset into the office's Word template."""
