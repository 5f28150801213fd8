"""Every rule that can make a finding, in one table. What other modules ask about a rule is a field of it
(`values.finding.Rule`); lists of rules are queries over `RULES`.

A new rule is one line here. Its check makes findings of the constant, so that a name which is not in the table does not
pass the type checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from values.finding import Audience, Fix, Recheck, Rule, Severity, Subject

_ERROR: Final = Severity.ERROR
_WARNING: Final = Severity.WARNING
_INFO: Final = Severity.INFO


def rule_named(name: str) -> Rule:
    """The rule of this name. A ledger of another version may hold a name that the table lacks: such a finding is kept
    as it is and shown like a report of the reading."""
    return RULES.get(name) or Rule(name, Subject.FILE, _WARNING, Recheck.KEPT, other_severities=tuple(Severity))


def _title(name: str, severity: Severity, fix: Fix | None = None) -> Rule:
    return Rule(name, Subject.TITLE, severity, Recheck.ANEW, fix)


def _byline(name: str, fix: Fix | None = None) -> Rule:
    return Rule(name, Subject.BYLINE, _WARNING, Recheck.ANEW, fix)


def _text(name: str, severity: Severity, label: str = "", *also: Severity, automatic: bool = False) -> Rule:
    """label: of the fix, "" for a rule without one."""
    fix = Fix(label, automatic) if label else None
    return Rule(name, Subject.TEXT, severity, Recheck.ANEW, fix, other_severities=also)


def _reading(name: str, severity: Severity) -> Rule:
    """What the reading of the file reports. WARNING: the letter is flagged for the editor's eye because of it."""
    return Rule(name, Subject.FILE, severity, Recheck.KEPT)


def _title_taken(name: str, severity: Severity) -> Rule:
    return Rule(name, Subject.TITLE, severity, Recheck.WITH_TITLE)


def _letter(name: str, severity: Severity, audience: Audience = Audience.RETURNED) -> Rule:
    return Rule(name, Subject.LETTER, severity, Recheck.KEPT, audience=audience)


def _ledger(name: str, audience: Audience, recheck: Recheck = Recheck.KEPT) -> Rule:
    return Rule(name, Subject.LEDGER, _WARNING, recheck, audience=audience)


def _in_receipts(rule: Rule) -> Rule:
    """The rule's findings go out unasked. Measured or certain: a date that does not exist, a picture that is not there.
    A rule that guesses at what was meant stays with the editor, who mends it with a click."""
    return replace(rule, audience=Audience.RECEIPT)


def _of_word(rule: Rule) -> Rule:
    """The rule's findings are about a word: 总是允许 is offered for it."""
    return replace(rule, concerns_word=True)


_ONE: Final = Fix("")
"""A fix of which an article has one at most."""

# Title and byline
NO_TITLE: Final = _in_receipts(_title("no-title", _ERROR))
TITLE_PUNCTUATION: Final = _title("title-punctuation", _WARNING, _ONE)
TITLE_LENGTH: Final = _title("title-length", _INFO)
TITLE_MARKS: Final = _title("title-marks", _WARNING, _ONE)
TITLE_GUESSED: Final = _title_taken("title-guessed", _INFO)
TITLE_FROM_NAME: Final = _title_taken("title-from-name", _WARNING)
TITLE_MISSING: Final = _in_receipts(_title_taken("title-missing", _WARNING))
NO_BYLINE: Final = _byline("no-byline")
BYLINE_UNKNOWN: Final = _byline("byline-unknown")
BYLINE_NOT_CANONICAL: Final = _byline("byline-not-canonical", _ONE)
BYLINE_OTHER_DEPARTMENT: Final = _byline("byline-other-department")

# The body
NO_BODY: Final = _in_receipts(_text("no-body", _ERROR))
PERSONAL_DATA: Final = _in_receipts(_text("personal-data", _ERROR))
CONTACT_DATA: Final = _text("contact-data", _WARNING)
"""What may belong to a person, and may be an office's own: an address, a name."""
UNPRINTABLE: Final = _text("unprintable", _WARNING)
STRAY_BREAK: Final = _text("stray-break", _WARNING)
HEADING_FULL_STOP: Final = _text("heading-full-stop", _INFO, "小标题句号")
REPEATED_WORD: Final = _text("repeated-word", _WARNING, "重复的词")
REPEATED_SENTENCE: Final = _text("repeated-sentence", _WARNING)
REPEATED_CLAUSE: Final = _text("repeated-clause", _WARNING)
CONFUSABLE_WORD: Final = _of_word(_text("confusable-word", _WARNING, "易错词"))
SET_PHRASE: Final = _of_word(_text("set-phrase", _INFO, "固定说法"))
LAW_TITLE: Final = _of_word(_text("law-title", _INFO, "法规名称"))
UNFILLED: Final = _in_receipts(_text("unfilled", _WARNING))
MIXED_WORDS: Final = _text("mixed-words", _INFO)
TYPING_ERROR: Final = _of_word(Rule("typing-error", Subject.TEXT, _INFO, Recheck.ANEW, _ONE, Audience.EDITOR))
"""A classifier's guess: each is decided by itself, and none goes into a receipt."""
DOUBLED_CHARACTERS: Final = _of_word(
    Rule("doubled-characters", Subject.TEXT, _INFO, Recheck.ANEW, _ONE, Audience.EDITOR)
)
MISSING_CHARACTER: Final = _of_word(Rule("missing-character", Subject.TEXT, _INFO, Recheck.ANEW, _ONE, Audience.EDITOR))
"""Guesses by counts, as `TYPING_ERROR`."""
AUTO_FIXED: Final = Rule("auto-fixed", Subject.TEXT, _INFO, Recheck.KEPT, Fix("自动改正"))
"""What `auto_fix` has changed. Its replacement undoes it."""

# The office's word list and register; a forbidden word is an error, a preferred one a warning
OFFICE_WORD: Final = _of_word(_text("office-word", _WARNING, "本单位用词", _ERROR))
LEADER_TITLE: Final = _text("leader-title", _ERROR)
LEADER_ORDER: Final = _text("leader-order", _ERROR)
RENAMED_BODY: Final = _of_word(_text("renamed-body", _WARNING, "更名的机构"))
TWO_SPELLINGS: Final = Rule("two-spellings", Subject.TEXT, _INFO, Recheck.ANEW, audience=Audience.EDITOR)
"""A person written in two ways; there may be two persons."""
NEAR_NAME: Final = _of_word(_text("near-name", _WARNING, "名称"))
DEPARTMENT_NAME: Final = _text("department-name", _INFO, "单位简称")

# Ordinals
ORDINAL_SEQUENCE: Final = _text("ordinal-sequence", _WARNING)
ORDINAL_LEVEL: Final = _text("ordinal-level", _WARNING)
MIXED_ORDINALS: Final = _text("mixed-ordinals", _WARNING)
ORDINAL_PUNCTUATION: Final = _text("ordinal-punctuation", _INFO, "序号标点")

# Dates and numbers; a weekday is an error where the date has its year, else a warning
IMPOSSIBLE_DATE: Final = _in_receipts(_text("impossible-date", _ERROR))
WEEKDAY: Final = _in_receipts(_text("weekday", _ERROR, "星期", _WARNING))
DATE_SPAN: Final = _in_receipts(_text("date-span", _WARNING))
CLOCK_TIME: Final = _text("clock-time", _INFO, "时刻写法")
MIXED_NUMERALS: Final = _text("mixed-numerals", _INFO, "数字写法")
ARITHMETIC: Final = Rule("arithmetic", Subject.TEXT, _INFO, Recheck.ANEW, audience=Audience.EDITOR)
"""Sums that an editor can follow; a writer may have meant another whole."""
YEAR_OMITTED: Final = _text("year-omitted", _INFO)
DATE_FORM: Final = _text("date-form", _INFO, "日期写法")
RELATIVE_DATE: Final = _text("relative-date", _INFO)
WEEKDAY_NUMERAL: Final = _text("weekday-numeral", _INFO, "星期写法")
RANGE_HYPHEN: Final = _text("range-hyphen", _WARNING, "数字范围", _INFO)
RANGE_UNIT: Final = _text("range-unit", _INFO, "范围的单位")
UNIT_NAME: Final = _text("unit-name", _INFO, "单位名称")
AMOUNT_UNIT: Final = _text("amount-unit", _INFO, "金额单位")
APPROXIMATE_NUMBER: Final = _text("approximate-number", _INFO, "概数")
DOUBLY_APPROXIMATE: Final = _text("doubly-approximate", _WARNING)
NUMBERS_DISAGREE: Final = _text("numbers-disagree", _WARNING)

# Punctuation and width
UNPAIRED: Final = _text("unpaired", _WARNING)
NESTING: Final = _text("nesting", _WARNING)
DOUBLED_MARK: Final = _text("doubled-mark", _WARNING, "重复的标点")
COMMA_BETWEEN_MARKS: Final = _text("comma-between-marks", _INFO, "多余的顿号")
FILE_NUMBER: Final = _text("file-number", _WARNING, "文号")
STRAIGHT_QUOTES: Final = _text("straight-quotes", _WARNING, "英文引号")
DIGIT_SPACE: Final = _text("digit-space", _INFO, "数字旁的空格", automatic=True)
FULL_WIDTH_CHARACTERS: Final = _text("full-width-characters", _INFO, "全角字符", automatic=True)
HALF_WIDTH_PUNCTUATION: Final = _text("half-width-punctuation", _WARNING, "半角标点", automatic=True)
ELLIPSIS: Final = _text("ellipsis", _INFO, "省略号", automatic=True)
DASH: Final = _text("dash", _INFO, "破折号", automatic=True)

# What the reading leaves out of a file or changes
MACRO: Final = _reading("macro", _WARNING)
EMBEDDED_OBJECT: Final = _in_receipts(_reading("embedded-object", _WARNING))
EXTERNAL_LINK: Final = _reading("external-link", _WARNING)
REMOTE_TEMPLATE: Final = _reading("remote-template", _WARNING)
ATTACHED_TEMPLATE: Final = _reading("attached-template", _INFO)
ALT_CHUNK: Final = _in_receipts(_reading("alt-chunk", _WARNING))
CHART: Final = _in_receipts(_reading("chart", _WARNING))
SMART_ART: Final = _in_receipts(_reading("smart-art", _WARNING))
DRAWN: Final = _reading("drawn", _INFO)
HIDDEN_TEXT: Final = _reading("hidden-text", _WARNING)
UNKNOWN_FIELD: Final = _reading("unknown-field", _WARNING)
UNKNOWN_SYMBOL: Final = _reading("unknown-symbol", _WARNING)
BIDI_CONTROL: Final = _reading("bidi-control", _WARNING)
INVISIBLE_CHARACTER: Final = _reading("invisible-character", _INFO)
MISSING_NOTE: Final = _in_receipts(_reading("missing-note", _WARNING))
EQUATION: Final = _reading("equation", _WARNING)
LABEL: Final = _reading("label", _WARNING)
RECOMPUTED_FIELD: Final = _reading("recomputed-field", _ERROR)
PLACEHOLDER: Final = _in_receipts(_reading("placeholder", _WARNING))
PRONUNCIATION: Final = _reading("pronunciation", _INFO)
SCRIPT_IN_TABLE: Final = _reading("script-in-table", _INFO)
TRACKED_DELETION: Final = _reading("tracked-deletion", _INFO)
TRACKED_INSERTION: Final = _reading("tracked-insertion", _INFO)
COMMENT: Final = _reading("comment", _INFO)
ANNOTATION: Final = _reading("annotation", _WARNING)
SEAL: Final = _reading("seal", _INFO)
HEADER_FOOTER: Final = _reading("header-footer", _INFO)
PAGE_NUMBER: Final = _reading("page-number", _INFO)
CONTENTS_LEFT_OUT: Final = _reading("contents-left-out", _INFO)
CONVERTED: Final = _reading("converted", _INFO)
PASTED_TEXT: Final = _reading("pasted-text", _WARNING)
PASTED_DOUBTFUL: Final = _reading("pasted-doubtful", _WARNING)
SEVERAL_ARTICLES: Final = _reading("several-articles", _WARNING)
MORE_DOCUMENTS: Final = _reading("more-documents", _WARNING)
FIXED_LAYOUT: Final = _reading("fixed-layout", _WARNING)
SCAN_WITH_TEXT: Final = _in_receipts(_reading("scan-with-text", _WARNING))
SCAN_WITHOUT_TEXT: Final = _in_receipts(_reading("scan-without-text", _WARNING))
TABLE_AS_TEXT: Final = _in_receipts(_reading("table-as-text", _WARNING))
TURNED_TEXT: Final = _reading("turned-text", _WARNING)

# Pictures. "huge-picture" and "damaged-picture" are of .docx, "picture-huge" and "picture-damaged" of PDF and OFD:
# both names are in ledgers.
MISSING_PICTURE: Final = _in_receipts(_reading("missing-picture", _WARNING))
DAMAGED_PICTURE: Final = _in_receipts(_reading("damaged-picture", _WARNING))
PICTURE_DAMAGED: Final = _in_receipts(_reading("picture-damaged", _WARNING))
HUGE_PICTURE: Final = _in_receipts(_reading("huge-picture", _WARNING))
PICTURE_HUGE: Final = _in_receipts(_reading("picture-huge", _WARNING))
PICTURE_FORMAT: Final = _in_receipts(_reading("picture-format", _WARNING))
PICTURE_OVER_TEXT: Final = _reading("picture-over-text", _WARNING)
PICTURE_RUNNING: Final = _reading("picture-running", _INFO)
PICTURE_SMALL: Final = _reading("picture-small", _INFO)
PICTURE_PAGES: Final = _reading("picture-pages", _WARNING)
CROPPED_PICTURE: Final = _reading("cropped-picture", _WARNING)
TILTED_PICTURE: Final = _reading("tilted-picture", _INFO)
ANIMATED_PICTURE: Final = _reading("animated-picture", _INFO)
PICTURE_IN_TABLE: Final = _reading("picture-in-table", _INFO)
ATTACHED_PICTURE: Final = _reading("attached-picture", _INFO)
PICTURE_IN_LETTER: Final = _reading("picture-in-letter", _INFO)

# The letter
UNKNOWN_SENDER: Final = _letter("unknown-sender", _WARNING, Audience.EDITOR)
NOT_FOR_PUBLIC: Final = _letter("not-for-public", _WARNING, Audience.EDITOR)
UNREAD_COPY: Final = _letter("unread-copy", _INFO)

# Other articles in the ledger
NEAR_DUPLICATE: Final = _ledger("near-duplicate", Audience.EDITOR)
CORRECTION_UNCONFIRMED: Final = _ledger("correction-unconfirmed", Audience.EDITOR)
CORRECTION_UNVERIFIED: Final = _ledger("correction-unverified", Audience.EDITOR, Recheck.UNTIL_SAVED)
CORRECTION_APART: Final = _ledger("correction-apart", Audience.EDITOR)
CORRECTION_UNMATCHED: Final = _ledger("correction-unmatched", Audience.RECEIPT)
REPEATED_PICTURE: Final = _ledger("repeated-picture", Audience.EDITOR)
ADDITION: Final = _ledger("addition", Audience.EDITOR)
"""A text for an article sent before, which is none by itself."""
CORRECTION_ASKED: Final = replace(_ledger("correction-asked", Audience.EDITOR), fix=_ONE)
"""A department's letter calls these words wrong; only an editor puts the right ones in their place."""
ERRATUM: Final = _ledger("erratum", Audience.EDITOR)
CORRECTED_OVER_EDIT: Final = _ledger("corrected-over-edit", Audience.EDITOR, Recheck.UNTIL_SAVED)

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.name: rule for rule in vars().copy().values() if isinstance(rule, Rule)}
)
"""Every rule above, by name, in the order of declaration."""
