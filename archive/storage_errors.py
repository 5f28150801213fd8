"""Errors of the disk as what the clerk is to do about them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from values.errors import StorageFailed

_REMEDIES: Final = {
    errno.ENOSPC: "磁盘空间不足。请腾出空间",
    errno.EDQUOT: "磁盘配额已用完。请腾出空间",
    errno.EROFS: "磁盘是只读的。请检查挂载方式",
    errno.EACCES: "没有权限。请检查目录的属主和权限",
    errno.EPERM: "没有权限。请检查目录的属主和权限",
    errno.EIO: "磁盘读写出错。请检查磁盘",
    errno.ENOENT: "文件不在了。请检查数据目录，或从备份恢复",
    errno.ENOTDIR: "路径中有一段不是目录。请检查 data_dir",
    errno.EEXIST: "该是目录的地方有一个文件。请检查 data_dir",
    errno.EFBIG: "超过了系统允许的文件大小。请检查 ulimit -f 和磁盘格式",
    errno.EMFILE: "打开的文件太多。请调高 ulimit -n（systemd 的 LimitNOFILE）",
}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turns an OSError about the path into StorageFailed, with the remedy."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, f"{error.strerror}。请检查数据目录")
        raise StorageFailed(f"存取 {path} 失败：{remedy}，然后再运行一次；已收到的来信不会丢失。") from error
