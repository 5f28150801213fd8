"""After the sign-off: the issue is mailed to a list (印发), and departments are told what is printed (采用通知)."""
