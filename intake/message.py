"""Raw bytes → `Message`."""
