from __future__ import annotations

from typing import Any

from lxml import etree

from programs.ofd.page import Cap, DrawnPath, PageContent, Pen, PlacedImage
from programs.ofd.page_xml import Ids, PageWriter
from programs.ofd.typefaces import Typefaces
from values.matrix import Matrix

POINT = 25.4 / 72


def written(*items: DrawnPath | PlacedImage, picture: str | None = None) -> list[Any]:
    """The objects of a page that is 720 points wide and high: 254 mm."""
    xml = PageWriter(Typefaces([], ()), Ids()).page(PageContent(720, 720, list(items)), picture)
    root = etree.fromstring(xml.encode())
    assert root.xpath("string(//*[local-name()='PhysicalBox'])") == "0 0 254 254"
    [layer] = root.iter("{*}Layer")
    return list(layer)


def box(element: Any) -> list[float]:
    return [round(float(number) / POINT, 1) for number in element.get("Boundary").split()]


def test_line_lies_within_its_boundary_with_its_width() -> None:
    pen = Pen(2, Cap.ROUND, dashes=(3, 1), phase=1)
    [line] = written(DrawnPath((("M", ((72, 648),)), ("L", ((144, 648),))), pen, (255, 0, 0), None))
    assert box(line) == [70, 70, 76, 4]
    assert line.xpath("string(*[local-name()='AbbreviatedData'])") == "M 0.7056 0.7056 L 26.1056 0.7056"
    assert (line.get("Stroke"), line.get("Fill"), line.get("Cap"), line.get("LineWidth")) == (
        "true",
        None,
        "Round",
        "0.7056",
    )
    assert (line.get("DashPattern"), line.get("DashOffset")) == ("1.0583 0.3528", "0.3528")
    assert line.xpath("string(*[local-name()='StrokeColor']/@Value)") == "255 0 0"


def test_area_is_filled_by_its_rule() -> None:
    corners = (("M", ((0, 720),)), ("L", ((72, 720),)), ("L", ((72, 648),)), ("C", ()))
    [area] = written(DrawnPath(corners, Pen(), None, (0, 0, 0), even_odd=True))
    assert box(area) == [0, 0, 72, 72]
    assert (area.get("Stroke"), area.get("Fill"), area.get("Rule")) == ("false", "true", "Even-Odd")


def test_picture_stands_upright_in_its_boundary_and_a_turned_one_has_a_matrix() -> None:
    upright, turned = written(
        PlacedImage("a.png", Matrix(72, 0, 0, 36, 10, 20)), PlacedImage("a.png", Matrix(0, 72, -36, 0, 100, 20))
    )
    assert box(upright) == [10, 664, 72, 36]
    assert upright.get("CTM") == "25.4 0 0 12.7 0 0"
    assert box(turned) == [64, 628, 36, 72]
    assert turned.get("CTM") == "0 -25.4 12.7 0 0 25.4"
    assert upright.get("ResourceID") == turned.get("ResourceID")
    assert upright.get("ID") != turned.get("ID")


def test_picture_of_the_whole_page_covers_what_it_replaces() -> None:
    [covering] = written(PlacedImage("a.png", Matrix(72, 0, 0, 36, 10, 20)), picture="page_0.png")
    assert box(covering) == [0, 0, 720, 720]
