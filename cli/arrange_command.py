"""`arrange`: where an article stands in the next issue, and whether that is the ordinary one or a supplement; `note`:
its 按语."""

from __future__ import annotations

import getpass
from argparse import Namespace

from archive import articles
from cli import listing
from cli.answers import DONE, Answers
from service.issue.arrange import choose_for_supplement, move_article, section_title
from service.issue.prepare import write_editors_note
from service.office import Office
from values.errors import BadUsage


def arrange_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    """Raises BadUsage when nothing is asked for, as `move_article` would take that for: to the office's own order."""
    who = getpass.getuser()
    wishes = (arguments.section, arguments.place, arguments.before)
    moving = arguments.office_order or any(wish is not None for wish in wishes)
    if arguments.supplement is None and not moving:
        raise BadUsage("请说明怎样安排，例如 --first、--before 12、--section 情况通报、--supplement。")
    if arguments.supplement is not None:
        choose_for_supplement(office, arguments.article, who, chosen=arguments.supplement)
    if moving:
        section, place, before = wishes
        move_article(office, arguments.article, who, section=section, place=place, before=before)
    with office.ledger.reading() as ledger:
        article = articles.article_named(ledger, arguments.article)
    where = "增刊" if article.for_supplement else "普通一期"
    answers.say(
        listing.article_rows(office, [article])[0],
        f"稿件 {article.id}《{article.manuscript.title}》：{where}，“{section_title(article.section)}”。"
        "再次编排后草稿随之更新。",
    )
    return DONE


def note_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    laid_down = write_editors_note(office, bulletin, arguments.text, getpass.getuser(), supplement=arguments.supplement)
    which = "下一期增刊" if arguments.supplement else "本期"
    answers.say(
        {"bulletin": bulletin.id, "supplement": arguments.supplement, "editors_note": list(laid_down.paragraphs)},
        f"{which}的按语已记下，共 {len(laid_down.paragraphs)} 段；再次编排后草稿随之更新。"
        if laid_down.paragraphs
        else f"{which}没有按语。",
    )
    return DONE
