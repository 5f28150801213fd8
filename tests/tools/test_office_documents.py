"""The generated documents: the same seed gives the same bytes, and every form occurs."""

from __future__ import annotations

import random

from tools.office_documents import office_document


def test_same_seed_gives_the_same_documents() -> None:
    first, second = (office_document(random.Random(7)) for _ in range(2))
    assert (first.data, first.truth) == (second.data, second.truth)


def test_every_form_occurs_in_a_set_of_usual_size() -> None:
    random_ = random.Random(14)
    made = [office_document(random_) for _ in range(120)]
    kept = [line for document in made for line in document.house]
    for word in ("文件", "签发人", "一寸照片", "目录", "联系人", "公开", "抄送", "印发", "特急"):
        assert any(word in line for line in kept), word
    assert any(document.byline.count("、") == 2 for document in made)
    assert any("附件" in document.text for document in made)
    assert max(len(document.title) for document in made) > 40
