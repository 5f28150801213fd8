"""Letters that bring no article, in the words of many programs and people: none is answered as a refused one."""

from __future__ import annotations

import pytest

from tests.support.office_letters import CIVIL, file_part, letter, mixed, read, text_part
from values.letter import Verdict

AUTOMATIC = [
    ("自动回复: 【收稿】《社区食堂》", "您好，您的邮件我已收到，会尽快回复。", ""),
    ("来自张三的自动回复：【收稿】社区食堂", "我已收到您的来信。", ""),
    ("自动回复 Re: 【收稿】社区食堂", "您好！", ""),
    ("休假通知", "本人于11月28日至12月3日休年假，有急事请联系李四8190000。", ""),
    ("代为回复：【收稿】社区食堂", "张三同志外出学习，邮件由本邮箱代收。", ""),
    ("答复: 【收稿】社区食堂", "您好，您的来信已收到，我会尽快处理。", ""),
    ("Re: 社区食堂", "【自动回复】您好，我现在不在办公室，邮件将在返岗后处理。", ""),
    ("回复：收稿", "我目前无法查看邮件，回来后会尽快与您联系。如有紧急事务请联系同事王五（8190001）。", ""),
    ("收件确认", "系统已收到您的邮件，编号 20261130001，我们会在3个工作日内处理。", ""),
    ("回复: 收稿", "您好，本邮箱仅用于系统发信，请勿直接回复。", ""),
    ("张三 不在办公室: 收稿", "我从 2026/11/28 至 2026/12/3 休假。", ""),
    ("Out of Office: 收稿", "I will be out of the office until 5 December.", ""),
    ("Réponse automatique : 收稿", "Je suis absent.", ""),
    ("收稿", "谢谢", "X-Autoresponder: yes\r\n"),
    ("收稿", "您好，我正在休假", "X-AUTO-REPLY: 1\r\n"),
    ("收稿", "在外学习", "X-Autoreply: yes\r\nPrecedence: bulk\r\n"),
    ("收稿", "已收到", "Auto-Submitted: auto-replied (vacation)\r\n"),
]
REPORTS = [
    ("邮件延迟通知", "您发送的邮件暂未送达，系统将继续尝试。"),
    ("Warning: message 1rxyz-0001 delayed 24 hours", "A message that you sent has not yet been delivered."),
    ("来自qq.com的退信", "很抱歉您发送的邮件被退回。"),
    ("邮件被退回：收稿", "用户不存在。"),
    ("无法投递：收稿", "收件人邮箱已满。"),
    ("failure notice", "Hi. This is the qmail-send program."),
    ("未读: 收稿", "您的邮件未读即被删除。"),
    ("收条：收稿", "邮件已由收件人打开。"),
    ("【邮件回执】收稿", "您发送的邮件已于11月30日阅读。"),
    ("您的邮件“收稿”已被阅读", "收件人已阅读。"),
    ("【日程邀请】信息工作例会", "张三邀请您参加日程：信息工作例会\n时间：12月2日 9:00"),
    ("接受: 信息工作例会", "张三 接受了您的会议邀请"),
]
THANKS = [
    "收到，谢谢！",
    "感谢编辑部采用我局稿件，我们将继续努力，多报好稿。",
    "好的，收到[抱拳]",
    "👍",
    "已阅。谢谢老师。\n\n发自我的iPhone",
    "谢谢编辑老师的肯定和鼓励！",
    "Thanks a lot!",
    "已收到回执，多谢！",
    "知道了",
    "收到，我们会及时跟进。谢谢",
    "收到。\n\n张三\n区民政局办公室\n8190000",
]
FOR_EDITOR = [
    ("咨询投稿", "编辑老师，本期截稿是哪天", True),
    ("请教", "贵刊稿件一般要求多少字？配图要几张？", True),
    ("Re: 收稿", "这篇能上本期吗", True),
    ("稿件", "稿子收到没", True),
    ("投稿邮箱", "请问投稿发这个邮箱对吗？谢谢！", True),
    ("请示", "我局拟报送专题调研稿件一篇，约3000字，不知可否刊用，请予答复。", True),
    ("Re: 收稿", "我这几天出差无法查看邮件,稿件能不能周五再交?", True),
    ("Re: 收稿", "昨天的邮件已收到。我现在出差，周五再交可以吗。", True),
    ("信息报送", "终端发出的短信请勿回复这一句，请从稿件里删去。", False),
    ("关于表彰", "请将《第3期简报.pdf》发给我们一份存档。\n\n区民政局\nhttps://mzj.civil.example/", False),
    ("关于用稿", "想了解一下我局上月稿件的采用情况。", False),
    ("稿件修改", "上次的稿件第二段“1576人”请改为“1567人”，谢谢。", False),
    ("通讯员变更", "我局信息员由张三变更为李四，联系电话8190000，特此告知。", False),
]
RECALLS = [
    ("撤回：社区食堂送温暖", "区民政局 将撤回邮件“社区食堂送温暖”。"),
    ("Recall: 社区食堂送温暖", 'MZJ would like to recall the message, "社区食堂送温暖".'),
    ("撤回邮件通知", "发件人已撤回邮件《社区食堂送温暖》"),
    ("邮件撤回提醒", "mzj@civil.example 撤回了一封发给您的邮件，主题：社区食堂送温暖"),
    ("【撤回】社区食堂送温暖", "对方撤回了主题为“社区食堂送温暖”的邮件"),
    ("召回: 社区食堂送温暖", "发件人希望召回邮件“社区食堂送温暖”"),
]
LINKS = [
    "https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE",
    "https://dashi.163.com/html/cloud-attachment-download/?key=abc",
    "https://wx.mail.qq.com/ftn/download?func=3&key=abc",
    "https://exmail.qq.com/cgi-bin/ftnExs_download?t=exs",
    "http://mail.10086.cn/largeattach/abc",
    "https://share.weiyun.com/abc",
    "https://pan.quark.cn/s/abc",
    "https://1drv.ms/w/s!abc",
    "https://contoso-my.sharepoint.com/:w:/g/personal/abc",
    "https://pan.baidu.com/s/1abc?pwd=1234",
    "https://www.alipan.com/s/abc",
    "https://kdocs.cn/l/abc",
    "https://www.123pan.com/s/abc",
    "https://mail.civil.example/coremail/s?func=nf:download&fid=abc",
    "https://files.nobody-knows.example/d/abc",
]


@pytest.mark.parametrize(("subject", "text", "fields"), AUTOMATIC)
def test_automatic_answer_is_ignored(subject: str, text: str, fields: str) -> None:
    assert read(letter(text_part(text), subject=subject, fields=fields)).verdict is Verdict.IGNORED


@pytest.mark.parametrize(("subject", "text"), REPORTS)
@pytest.mark.parametrize("sender", [CIVIL, "postmaster@163.example"])
def test_report_of_a_machine_is_ignored(subject: str, text: str, sender: str) -> None:
    assert read(letter(text_part(text), subject=subject, sender=sender)).verdict is Verdict.IGNORED


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "CANCEL", "COUNTER"])
def test_calendar_message_is_ignored(method: str) -> None:
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nSUMMARY:例会\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    parts = (
        f"Content-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n{calendar}",
        file_part("invite.ics", calendar.encode()),
    )
    for part in parts:
        assert read(letter(mixed(text_part("开会"), part), subject="信息工作例会")).verdict is Verdict.IGNORED


@pytest.mark.parametrize("text", THANKS)
def test_thanks_are_ignored(text: str) -> None:
    assert read(letter(text_part(text), subject="Re: 【收稿】社区食堂")).verdict is Verdict.IGNORED


@pytest.mark.parametrize(("subject", "text", "asks"), FOR_EDITOR)
def test_question_or_request_is_for_the_editor(subject: str, text: str, asks: bool) -> None:
    reading = read(letter(text_part(text), subject=subject))
    assert (reading.verdict, reading.asks, reading.articles) == (Verdict.QUESTION, asks, ())


@pytest.mark.parametrize(("subject", "text"), RECALLS)
def test_recall_takes_the_article_back(subject: str, text: str) -> None:
    reading = read(letter(text_part(text), subject=subject))
    assert reading.withdrawal is not None
    assert "社区食堂送温暖" in reading.withdrawal.titles


@pytest.mark.parametrize("link", LINKS)
def test_link_to_a_document_is_named_as_such(link: str) -> None:
    text = text_part(f"稿件请下载：\n社区食堂.docx（12.5M）\n{link}")
    page = text_part(f"<div>稿件见下：</div><div><a href='{link}'>社区食堂.docx</a></div>", "html")
    for body in (text, page):
        reading = read(letter(body))
        assert reading.verdict is Verdict.QUARANTINED
        assert "会过期的下载链接" in reading.reason.for_sender
