"""约稿, 催稿: articles are asked for, what comes is matched, departments are reminded and urged."""
