"""审核: a draft issue is put forward, approved step by step or sent back, before it may be signed off."""
