"""The properties of a document that a user may define."""

from __future__ import annotations

from intake.read.docx.custom_properties import custom_property
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.docx.package import SourcePackage
from tests.support.drafts import draft_of, typeset_draft
from tests.support.issues import article, issue
from tests.support.manuscripts import plain
from tools.docx_builder import docx
from values.draft_marks import PROPERTY


def test_value_is_read_by_its_name() -> None:
    made = issue(article())
    package = SourcePackage(typeset_draft(made, draft_of(made)), USUAL_DOCUMENT_LIMITS)
    identity, _, content = custom_property(package, PROPERTY).rpartition("/")
    assert (identity, len(content)) == ("wuxing/running/70/2", 12)
    assert custom_property(package, "Other") == ""


def test_document_without_properties_has_none() -> None:
    assert custom_property(SourcePackage(docx(plain("甲。")), USUAL_DOCUMENT_LIMITS), PROPERTY) == ""
