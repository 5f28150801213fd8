"""The register of departments: that of config.toml, as changed at the desk."""
