"""What an office does, a room for each subject; `office.py` is the value that every operation takes."""
