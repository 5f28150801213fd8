"""The certificate authority of an office's own mail server (`ca_file`), besides those that the system trusts."""

from __future__ import annotations

import ssl
from pathlib import Path


def checked_ca_file(path: Path) -> Path:
    """The path of a file with certificates of authorities in PEM. Raises ValueError with a Chinese sentence."""
    try:
        tls_context(path)
    except ssl.SSLError:
        raise ValueError(
            f"{path} 不是 PEM 格式的 CA 证书（以 -----BEGIN CERTIFICATE----- 开头）；"
            "是 DER 格式的（.cer、.der），可用 openssl x509 -inform der -in 原文件 -out 新文件 转换"
        ) from None
    except OSError as error:
        raise ValueError(f"读不了 {path}（{error.strerror}）；请向邮箱管理员要来 CA 证书放在那里") from None
    return path


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """For connections to a mail server: host names and certificates are checked.

    Raises OSError where the file cannot be read, SSLError where it has no certificate.
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
        # Python 3.13 refuses, by default, authorities without the extensions of RFC 5280, as offices make them.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context
