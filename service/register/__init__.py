"""The register of departments, as config.toml and the desk make it."""
