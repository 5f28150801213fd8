"""Links to files of mail services and cloud drives."""

from __future__ import annotations

import pytest

from intake.classify.cloud import cloud_attachment
from intake.parse.message import parse_message
from tests.support.submissions import raw_letter

LINKS = [
    ("QQ 邮箱", "https://wx.mail.qq.com/ftn/download?func=3&key=abc"),
    ("QQ 邮箱", "http://mail.qq.com/cgi-bin/ftnExs_download?k=1"),
    ("腾讯微云", "https://share.weiyun.com/AbCdEf12"),
    ("腾讯文档", "https://docs.qq.com/doc/DAbc"),
    ("网易邮箱", "https://mail.163.com/large-attachment-download/index.html?p=1"),
    ("网易邮箱", "http://u.163.com/abc"),
    ("139 邮箱（和彩云）", "https://yun.139.com/link/w/i/abc"),
    ("189 邮箱（天翼云盘）", "https://cloud.189.cn/t/abc"),
    ("夸克网盘", "https://pan.quark.cn/s/abc"),
    ("百度网盘", "https://pan.baidu.com/s/1abc"),
    ("阿里云盘", "https://www.alipan.com/s/abc"),
    ("钉钉文档", "https://alidocs.dingtalk.com/i/nodes/abc"),
    ("飞书", "https://abc.feishu.cn/docx/abc"),
    ("WPS 云文档", "https://kdocs.cn/l/abc"),
    ("OneDrive", "https://1drv.ms/w/s!abc"),
    ("OneDrive", "https://office.sharepoint.cn/:w:/g/abc"),
]


@pytest.mark.parametrize(("service", "link"), LINKS)
def test_link_to_a_file_is_named_by_its_service(service: str, link: str) -> None:
    found = cloud_attachment(parse_message(raw_letter(text=f"稿件见：{link} 提取码: 1234")))
    assert found is not None
    assert found.for_sender == (
        f"信中的超大附件（云附件）只是一个{service}上的会过期的下载链接，系统不会去下载。请以普通附件重发 .docx。"
    )


def test_link_behind_a_word_of_a_page_counts() -> None:
    page = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<a href='https://pan.baidu.com/s/1'>gao.docx</a>"
    assert cloud_attachment(parse_message(page.encode())) is not None


@pytest.mark.parametrize("text", ["详见 https://www.gov.cn/zhengce/1.htm", "请问可以用超大附件吗", "百度网盘免费开放"])
def test_other_links_and_talk_about_drives_are_none(text: str) -> None:
    assert cloud_attachment(parse_message(raw_letter(text=text))) is None
