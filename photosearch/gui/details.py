"""The panel beside the photos: all that is known of the one that is picked, and why it is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import About, Match, Reply, TagOf
from photosearch.engine.requests import GetPhoto
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.engine_words import in_window
from photosearch.gui.flow import Flow
from photosearch.gui.marks import Marks
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import label_of
from photosearch.paths import printable

_KIND = "about"
_SOON_MS = 80  # after another photo was picked, until it is asked for
_TAGS = 24  # at most


class Details(QScrollArea):
    """`rated(stars)`, `favoured()`: a person says so of what is picked; `searched(query)`: by a
    tag, a place, a day; `tags_wanted()`: they want to change the tags."""

    rated = Signal(int)
    favoured = Signal()
    searched = Signal(str)
    tags_wanted = Signal()

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._photos: tuple[int, ...] = ()
        self._match: Match | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.about: About | None = None
        self.setObjectName("details")
        self.setAccessibleName(self.tr("About this photo"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title, self.folder, self.caption = (
            label_of("title-small"),
            label_of("quiet"),
            label_of(),
        )
        self.marks = Marks()
        self.marks.rated.connect(self.rated)
        self.marks.favoured.connect(self.favoured)
        self.facts = QGridLayout()
        self.why_title, self.why = label_of("section"), label_of()
        self.why_title.setText(self.tr("Why it is here"))
        self.tags_title = label_of("section")
        self.tags_title.setText(self.tr("Tags"))
        self.tags = QWidget()
        self._flow = Flow(self.tags)
        self.change_tags = QPushButton(self.tr("Change tags…"))
        self.change_tags.setObjectName("small")
        self.change_tags.clicked.connect(self.tags_wanted)
        self.setWidget(self._inside())
        self._show()

    def _inside(self) -> QWidget:
        self.facts.setColumnStretch(1, 1)
        self.facts.setHorizontalSpacing(2 * SPACE)
        self.facts.setVerticalSpacing(SPACE // 2 + 2)
        inner = QWidget()
        inner.setObjectName("details-inside")
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (self.title, self.folder, self.marks, self.caption):
            column.addWidget(widget)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.why_title)
        column.addWidget(self.why)
        column.addSpacing(SPACE // 2)
        column.addLayout(self.facts)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.tags_title)
        column.addWidget(self.tags)
        column.addWidget(self.change_tags, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return inner

    def show_photos(self, photo_ids: Sequence[int], match: Match | None) -> None:
        """Show what is known of these (of several: what they have in common is their number);
        `match`: why the one of them is in the answer."""
        same = self.about is not None and tuple(photo_ids) == (self.about.photo_id,)
        anew = same and match != self._match
        self._photos, self._match = tuple(photo_ids), match
        if len(self._photos) == 1:
            self._soon.start()
            if anew:
                self._show()
        else:
            self._soon.stop()
            self.about = None
            self._show()

    def stop(self) -> None:
        """The window closes."""
        self._soon.stop()
        self._engine.drop(_KIND)

    def _ask(self) -> None:
        if self.isVisible() and len(self._photos) == 1:
            self._engine.ask(GetPhoto(self._photos[0]), self._came, newest=_KIND)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def _came(self, reply: Reply) -> None:
        self.about = reply if isinstance(reply, About) else None
        self._show()

    def _show(self) -> None:
        about = self.about
        self._show_head(about)
        self._show_facts(list(_facts(about)) if about else [])
        reasons = self._reasons()
        self.why.setText("\n".join(reasons))
        for part in (self.why_title, self.why):
            part.setVisible(about is not None and bool(reasons))
        self._show_tags(_once(about.tags) if about else [])
        for widget in (self.tags_title, self.tags):
            widget.setVisible(about is not None and bool(about.tags))
        self.change_tags.setVisible(bool(self._photos))

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        while (item := self.facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, (name, value) in enumerate(facts):
            label, field = label_of("quiet"), label_of()
            label.setText(name)
            label.setWordWrap(False)
            field.setText(value)
            field.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.facts.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(field, line, 1)

    def _show_head(self, about: About | None) -> None:
        many = len(self._photos)
        if about is not None:
            first = about.files[0].path if about.files else ""
            self.title.setText(words.file_name(first))
            self.folder.setText(words.folder_name(first))
            self.folder.setToolTip(printable(first))
            self.caption.setText("\n".join(t for t in (about.title, about.caption) if t))
        else:
            self.title.setText(words.photos(many) if many else self.tr("No photo is picked"))
            hint = self.tr("Stars, favourites and tags are given to all of them.")
            none = self.tr("Pick a photo to see what is known of it.")
            self.folder.setText(hint if many > 1 else "" if many else none)
            self.caption.clear()
        self.caption.setVisible(bool(self.caption.text()))
        self.folder.setVisible(bool(self.folder.text()))
        self.marks.setVisible(bool(many))
        self.marks.show_marks(about.rating if about else 0, bool(about and about.favourite))

    def _reasons(self) -> list[str]:
        if self._match is None:
            return []
        reasons = map(in_window, self._match.reasons)
        said = [f"{reason[:1].upper()}{reason[1:]}" for reason in reasons]
        if self._match.relevance is not None:
            said.append(words.fits(self._match.relevance))
        return said

    def _show_tags(self, tags: Sequence[TagOf]) -> None:
        self._flow.clear()
        for tag in tags[:_TAGS]:
            button = QPushButton(_shown(tag))
            button.setObjectName("chip")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setToolTip(self._told(tag))
            button.setAccessibleName(f"{tag.name}, {self._told(tag)}")
            query = words.tag_query(tag.name)
            button.clicked.connect(lambda _=False, query=query: self.searched.emit(query))
            self._flow.add(button)

    def _told(self, tag: TagOf) -> str:
        if tag.source == "user":
            return self.tr("You gave it this tag")
        if tag.source == "file":
            return self.tr("It is written in the file")
        if tag.confidence is None:
            return self.tr("Found by the program")
        sure = round(100 * tag.confidence)
        return self.tr("Found by the program, {n} % sure").format(n=sure)


def _once(tags: Sequence[TagOf]) -> list[TagOf]:
    """Each name once: the first source is the best."""
    return list({tag.name: tag for tag in reversed(tags)}.values())[::-1]


def _shown(tag: TagOf) -> str:
    name = printable(tag.name).replace("&", "&&")
    return name if tag.confidence is None else f"{name}  {round(100 * tag.confidence)} %"


def _facts(about: About) -> Iterator[tuple[str, str]]:
    """What is known, with its names."""
    if about.taken_at:
        yield words.translate("facts", "Taken"), words.date(about.taken_at) or about.taken_at
    if about.places:
        yield (
            words.translate("facts", "Place"),
            ", ".join(dict.fromkeys(map(printable, about.places))),
        )
    if about.latitude is not None and about.longitude is not None:
        yield words.translate("facts", "Position"), f"{about.latitude:.4f}, {about.longitude:.4f}"
    if about.camera:
        yield words.translate("facts", "Camera"), words.camera(about.camera)
    if about.lens:
        yield words.translate("facts", "Lens"), printable(about.lens)
    if exposure := _exposure(about):
        yield words.translate("facts", "Exposure"), exposure
    yield (
        words.translate("facts", "Size"),
        words.translate("facts", "{width} × {height} pixels").format(
            width=about.width, height=about.height
        ),
    )
    kind = " · ".join(part for part in (about.format, words.size(about.bytes)) if part)
    yield words.translate("facts", "File"), kind
    others = [printable(file.path) for file in about.files[1:]]
    if others:
        yield words.translate("facts", "Also at"), "\n".join(others)
    if about.beside:
        beside = [words.file_name(path) for path in about.beside]
        yield words.translate("facts", "Belongs to it"), "\n".join(dict.fromkeys(beside))


def _exposure(about: About) -> str:
    number = words.locale()
    parts = [
        words.exposure(about.exposure_time) if about.exposure_time else "",
        f"f/{number.toString(about.f_number, 'g', 3)}" if about.f_number else "",
        f"ISO {about.iso}" if about.iso else "",
        f"{number.toString(about.focal_length, 'g', 3)} mm" if about.focal_length else "",
    ]
    return " · ".join(part.replace(" ", "\u00a0") for part in parts if part)  # stay together
