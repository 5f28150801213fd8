"""Fonts and pictures that the pages of a PDF share: each is read once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from programs.ofd.pdf_fonts import PdfFont, font_of
from programs.ofd.pdf_images import ImageFile, UnreadableImage, image_file


@dataclass(slots=True)
class PdfResources:
    """Of one PDF."""

    reader: PdfReader
    fonts: list[PdfFont] = field(default_factory=list)
    """By the index that `GlyphKey.font` has."""
    images: dict[str, ImageFile] = field(default_factory=dict)
    """By their name in the OFD, in the order in which the pages use them."""
    _font_indices: dict[int, int] = field(default_factory=dict)
    _image_names: dict[int, str | None] = field(default_factory=dict)

    def font(self, font: DictionaryObject) -> tuple[int, PdfFont]:
        """The index of the font, and the font."""
        index = self._font_indices.get(id(font))  # pypdf keeps the objects that it has read
        if index is None:
            index = self._font_indices[id(font)] = len(self.fonts)
            self.fonts.append(font_of(font))
        return index, self.fonts[index]

    def image(self, image: StreamObject) -> str:
        """The picture's name in the OFD; the same picture has one file. Raises UnreadableImage."""
        if id(image) not in self._image_names:
            self._image_names[id(image)] = None  # of a picture that cannot be read, which is not tried again
            file = image_file(image)
            name = f"{hashlib.sha256(file.data).hexdigest()[:32]}.{file.extension}"
            self.images[name] = file
            self._image_names[id(image)] = name
        image_name = self._image_names[id(image)]
        if image_name is None:
            raise UnreadableImage("damaged")
        return image_name

    def stream(self, form: StreamObject) -> ContentStream:
        """The operators of a form; its strings stay bytes, since they are codes and no text."""
        return ContentStream(form, self.reader, "bytes")
