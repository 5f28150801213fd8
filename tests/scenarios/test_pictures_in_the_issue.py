"""What the issue's own file holds of the pictures that departments sent, by the real command line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from PIL import Image

from intake.parse.message import parse_message
from tests.support.docx_reading import inline, p
from tests.support.docx_rules import violations
from tests.support.photographs import BLACK, BLUE, GREEN, SECRET, colours, jpeg_of, landscape, png_of, quarters, saved
from tests.support.scenario import DATED, PRINTED, ROOT, Installation, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from tools.sample_photograph import CAMERA

_CENTRED = '<w:jc w:val="center"/>'
_HEAD = paragraph("金融服务站开到家门口", properties=_CENTRED, run='<w:sz w:val="44"/>')
_TEXT = _HEAD + paragraph("区教体局", properties=_CENTRED) + paragraph("一是把柜台搬进村，存取款当场办好。")


def pictures_of_issue(office: Installation) -> list[bytes]:
    """The bytes of the pictures in the issue that is made now."""
    made = office.run("assemble", "--date", DATED)
    assert made.status == 0, made.complaints
    issue = (office.data / made.document["files"][0]).read_bytes()
    assert violations(issue) == []
    with zipfile.ZipFile(io.BytesIO(issue)) as package:
        return [package.read(name) for name in package.namelist() if name.startswith("word/media/")]


def office_with(tmp_path: Path, *files: File) -> Installation:
    office = installation_of(PRINTED, tmp_path)
    letter = tmp_path / "letter.eml"
    letter.write_bytes(raw_letter(*files))
    taken = office.run("import", str(letter))
    assert (taken.status, taken.complaints) == (0, "")
    return office


def test_photographs_of_the_sample_letters_tell_neither_camera_nor_author(tmp_path: Path) -> None:
    scenario = ROOT / "tests" / "scenarios" / "02-other-ways"
    letter = scenario / "inbox" / "20-photographs.eml"
    sent = parse_message(letter.read_bytes()).parts
    assert sum(CAMERA in part.data for part in sent) == 3
    office = installation_of(scenario, tmp_path)
    assert office.run("import", str(letter)).status == 0
    assert len(pictures := pictures_of_issue(office)) == 2
    assert CAMERA not in b"".join(pictures)


def test_cropped_part_of_a_picture_is_not_in_the_issue(tmp_path: Path) -> None:
    crop = '<a:srcRect l="50000" b="50000"/>'
    body = _TEXT + p(inline("rId9", crop=crop))
    office = office_with(tmp_path, File("稿.docx", docx(body, pictures={"rId9": png_of(quarters(400, 300))})))
    [picture] = pictures_of_issue(office)
    assert colours(Image.open(io.BytesIO(picture))) == {GREEN}
    assert [row["verdict"] for row in office.run("messages").document] == ["article"]


def test_every_format_is_printed_as_png_or_jpeg(tmp_path: Path) -> None:
    files = [
        File("图1.webp", saved(landscape(300, 200), "WEBP"), "image/webp"),
        File("图2.tif", saved(landscape(300, 201).convert("CMYK"), "TIFF"), "image/tiff"),
        File("图3.gif", saved(quarters(300, 200), "GIF"), "image/gif"),
        File("图4.jpg", jpeg_of(landscape(3_000, 2_000), orientation=8), "image/jpeg"),
    ]
    office = office_with(tmp_path, File("稿.docx", docx(_TEXT)), *files)
    pictures = pictures_of_issue(office)
    seen = sorted((Image.open(io.BytesIO(picture)) for picture in pictures), key=lambda picture: picture.size)
    assert [(picture.format, picture.size) for picture in seen] == [
        ("JPEG", (300, 200)),
        ("PNG", (300, 200)),
        ("JPEG", (300, 201)),
        ("JPEG", (827, 1_240)),
    ]
    assert SECRET not in b"".join(pictures)
    assert {BLACK, BLUE} <= colours(seen[1])


def test_the_same_manuscript_sent_again_with_pictures_says_that_they_are_not_placed(tmp_path: Path) -> None:
    document = File("稿.docx", docx(_TEXT))
    office = office_with(tmp_path, document)
    again = tmp_path / "again.eml"
    again.write_bytes(raw_letter(document, File("图1.png", png_of(quarters(90, 60)), "image/png")))
    office.run("import", str(again))
    [first, second] = office.run("messages").document
    assert {first["verdict"], second["verdict"]} == {"article", "duplicate"}
    assert any("另有 1 张图片，没有放入" in row["reason"] for row in (first, second))
