"""config.toml, checked whole and turned into one typed value."""
