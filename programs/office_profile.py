"""The settings of our LibreOffice: what documents may not do to it, and how it breaks lines of Chinese text."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from values.line_ends import NOT_FIRST, NOT_LAST

_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_LINE_ENDS: Final = "/org.openoffice.Office.Common/AsianLayout/StartEndCharacters"

PROFILE: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_SECURITY}">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
<item oor:path="{_LINE_ENDS}"><node oor:name="zh-CN" oor:op="replace">
<prop oor:name="StartCharacters"><value>{escape(NOT_FIRST)}</value></prop>
<prop oor:name="EndCharacters"><value>{escape(NOT_LAST)}</value></prop>
</node></item>
</oor:items>
"""
"""The file registrymodifications.xcu of a profile. Every .docx that is opened gets the lists: LibreOffice (7.4 at
least) reads none in the file, and its own allow …… and —— to be torn apart."""
