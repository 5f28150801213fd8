"""统一登录: the office's OpenID Connect provider logs people in (OpenID Connect Core 1.0, code flow with PKCE)."""
