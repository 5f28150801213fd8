"""From the bytes of a picture, as somebody sent it, to one that prints and carries nothing but what is seen."""
