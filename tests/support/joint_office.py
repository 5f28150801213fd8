"""An office of three departments, and what its ledger says about articles that were split or merged."""

from __future__ import annotations

from archive.articles import ArticleRecord, article_named, articles_for_issue
from archive.changes import changes_of
from intake.check.again import checked_again
from service.office import Office
from service.register.register import register_of
from tests.support.ledger_rows import BULLETIN, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin
from values.manuscript import Block, Manuscript, Paragraph

DEPARTMENTS = ("区民政局", "区教体局", "区城管局")


def joint_office_setup() -> OfficeSetup:
    more = "".join(f'\n[[bulletin.department]]\nname = "{name}"\n' for name in DEPARTMENTS[1:])
    return OfficeSetup(bulletin() + more)


def written(office: Office, name: str, *blocks: Block, department: str = "区民政局") -> int:
    """An article of that title and department, proofread as at its reading; returns its id."""
    manuscript = Manuscript((name,), department, blocks or (Paragraph(f"{name}的正文。"),))
    office.raws.put(f"letter with {name}.docx".encode())
    with office.ledger.writing() as ledger:
        register = register_of(office, ledger, office.bulletin(BULLETIN))
        findings = checked_again(manuscript, manuscript, (), "", department, register)
        new = new_article(name, manuscript=manuscript, department=department, findings=findings)
        return add_article(ledger, new)


def article(office: Office, id: int) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return article_named(ledger, id)


def in_issue(office: Office) -> list[int]:
    """Ids of the articles that the next issue takes."""
    with office.ledger.reading() as ledger:
        return [record.id for record in articles_for_issue(ledger, BULLETIN)]


def recorded(office: Office, id: int) -> list[str]:
    """The record of changes about the article, the latest first."""
    with office.ledger.reading() as ledger:
        return [change.summary for change in changes_of(ledger, "article", id)]
