"""Archives: zip, 7z, rar, tar and gz → the files in them, within limits; nothing is written to disk."""
