"""Which characters begin or end no line (GB/T 15834-2011 5.1): for the Word file and for our LibreOffice alike."""

from __future__ import annotations

from typing import Final

NOT_FIRST: Final = "。．，、；：？！”’）】〕〗〉》」』］｝…—–～·／％‰℃°′″!%),.:;?]}~"
"""Closing marks, 省略号, 破折号, 连接号, 间隔号, 分隔号 (5.1.1 to 5.1.10), and signs that belong to the number before
them. …… and —— are two characters each: where neither begins a line, none is torn apart."""
NOT_LAST: Final = "“‘（【〔〖（〈《「『［｛￥＄$([{"
"""Opening marks (5.1.4, 5.1.5), and signs that belong to the number after them."""
