"""Characters that look out of place, and what fits better."""

from __future__ import annotations

from intake.check.language.confusion import confusion
from intake.check.language.model import language_model
from intake.check.language.suspicions import FEATURES, Suspicion, is_official_prose, suspicions_in
from intake.check.language.symbols import symbols_of


def suspicions(text: str) -> list[Suspicion]:
    return list(suspicions_in(symbols_of(text), language_model(), confusion(), lambda _: False))


def test_misspelt_character_is_compared_with_the_one_that_fits_best() -> None:
    found = [
        (suspicion.place, suspicion.wrong, suspicion.right) for suspicion in suspicions("完善工作机智，压实责任。")
    ]
    assert (5, "智", "制") in found


def test_only_what_was_counted_in_the_place_is_compared() -> None:
    """正 is read like 政 and stands often before 府; no three symbols with it were counted here."""
    assert "正" in confusion().alternatives("振")
    assert [(found.wrong, found.right) for found in suspicions("区人民振府")] == [("振", "政")]


def test_every_feature_has_its_value() -> None:
    [suspicion] = [suspicion for suspicion in suspicions("完善工作机智，压实责任。") if suspicion.wrong == "智"]
    values = dict(zip(FEATURES, suspicion.features, strict=True))
    assert values["gain"] > 3
    assert values["same_sound"] == 1.0
    assert values["right_word_2"] == 1.0


def test_what_is_usual_is_not_looked_at() -> None:
    assert suspicions("县级以上人民政府应当加强组织领导。") == []


def test_character_that_is_meant_is_not_looked_at() -> None:
    line = symbols_of("完善工作机智，压实责任。")
    found = suspicions_in(line, language_model(), confusion(), lambda place: place == 5)
    assert "智" not in [suspicion.wrong for suspicion in found]


def test_prose_is_distinguished_from_names_and_random_characters() -> None:
    model = language_model()
    prose = "全区各级各部门要压实工作责任，加强组织领导，确保各项措施落到实处。"
    assert is_official_prose([symbols_of(prose)], model)
    assert not is_official_prose([symbols_of("谢桂芳钟辉邱荣华蓝天佑赖凤娇温馨宁")], model)
    assert not is_official_prose([symbols_of("".join(chr(code) for code in range(0x4E00, 0x9FA5, 7)))], model)
