"""The models: what each can do, and what it costs; to download, use and delete them."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import Error, Model, Models, Reply, Said
from photosearch.engine.requests import GetModels, RemoveModel, UseModel
from photosearch.gui import words
from photosearch.gui.downloads import Downloads
from photosearch.gui.engine import Engine
from photosearch.gui.lines import LineList
from photosearch.gui.style import SPACE
from photosearch.gui.translations import name_of
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News

_STEPS = 1000  # of the bar


class ModelsPanel(QDialog):
    """The panel. `look_wanted()`: the folders are to be looked through, with what is used now."""

    look_wanted = Signal()

    def __init__(self, engine: Engine, downloads: Downloads, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine, self._downloads = engine, downloads
        self._models: dict[str, Model] = {}
        self._searches = self._tags = ""
        self.setWindowTitle(self.tr("Models"))
        self.list = LineList()
        self.list.setAccessibleName(self.tr("Models"))
        self.title, self.does, self.news = QLabel(), QLabel(), News()
        self.title.setObjectName("heading")
        self.bar, self.bar_text = QProgressBar(), QLabel()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Download"))
        self.bar_text.setObjectName("quiet")
        self.download = QPushButton()
        self.cancel = QPushButton(self.tr("Cancel"))
        self.use = QPushButton(self.tr("Use this one"))
        self.remove = QPushButton(self.tr("Delete from this computer"))
        for button in (self.download, self.use):
            button.setObjectName("primary")
        self.facts = {
            name: QLabel() for name in ("languages", "quality", "work", "size", "licence", "place")
        }
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.download.clicked.connect(self._download)
        self.cancel.clicked.connect(downloads.cancel)
        self.use.clicked.connect(self._use)
        self.remove.clicked.connect(self._remove)
        downloads.changed.connect(self._show)
        downloads.ended.connect(self._ended)
        self.resize(860, 560)
        self._show()

    def look(self) -> None:
        """Ask how it stands now."""
        self._engine.ask(GetModels(), self._answered, newest="models")

    def current(self) -> Model | None:
        """The model that is looked at."""
        item = self.list.currentItem()
        name = "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))
        return self._models.get(name)

    def pick(self, name: str) -> None:
        """Look at a model."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    def _lay_out(self) -> None:
        names = {
            "languages": self.tr("Languages"),
            "quality": self.tr("Quality"),
            "work": self.tr("Speed"),
            "size": self.tr("Size"),
            "licence": self.tr("Licence"),
            "place": self.tr("Where"),
        }
        for label in (self.title, self.does, self.bar_text, *self.facts.values()):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._form = form = QFormLayout()
        form.setHorizontalSpacing(2 * SPACE)
        form.setVerticalSpacing(SPACE)
        for name, label in self.facts.items():
            head = QLabel(names[name])
            head.setObjectName("quiet")
            form.addRow(head, label)
            selectable = Qt.TextInteractionFlag.TextSelectableByMouse
            label.setTextInteractionFlags(selectable)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        for button in (self.download, self.cancel, self.use, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(SPACE)
        side.addWidget(self.title)
        side.addWidget(self.does)
        side.addSpacing(SPACE)
        side.addLayout(form)
        side.addStretch(1)
        side.addWidget(self.bar_text)
        side.addWidget(self.bar)
        side.addWidget(self.news)
        side.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        whole.setSpacing(3 * SPACE)
        whole.addWidget(self.list, 2)
        whole.addLayout(side, 3)

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Models):
            before = self.current()
            self._models = {each.name: each for each in reply.models}
            self._searches, self._tags = reply.searches, reply.tags
            self.list.clear()
            for each in reply.models:
                item = QListWidgetItem(self._in_the_list(each), self.list)
                item.setData(Qt.ItemDataRole.UserRole, each.name)
            self.pick(before.name if before else self._searches)
            if self.current() is None and reply.models:
                self.list.setCurrentRow(0)
            self._show()

    def _in_the_list(self, model: Model) -> str:
        if model.name in (self._searches, self._tags):
            state = self.tr("in use")
        elif model.path:
            state = self.tr("on this computer")
        elif model.size is not None:
            state = self.tr("{n} to download").format(n=_bytes(model.size))
        else:
            state = self.tr("to download")
        return f"{model.title}\n{state}"

    # --- the model that is looked at ---

    def _show(self) -> None:
        model = self.current()
        busy = self._downloads.name
        for button in (self.download, self.cancel, self.use, self.remove):
            button.setVisible(model is not None)
        for label in self.facts.values():
            self._form.setRowVisible(label, model is not None)
        if model is None:
            self.title.setText("…")
        else:
            self._show_facts(model)
            self._show_buttons(model, busy)
        mine = bool(busy) and model is not None and busy == model.name
        for widget in (self.bar, self.bar_text):
            widget.setVisible(mine)
        if mine:
            self._show_progress()

    def _show_facts(self, model: Model) -> None:
        self.title.setText(model.title)
        used = [
            *([self.tr("It finds your photos now.")] if model.name == self._searches else []),
            *([self.tr("It tags your photos now.")] if model.name == self._tags else []),
        ]
        does = (
            self.tr("Understands photos and words: photos are found by it.")
            if model.searches
            else self.tr("Knows 1,000 kinds of things: photos are tagged by it, not found.")
        )
        self.does.setText(" ".join([does, *used]))
        said = {
            "languages": ", ".join(name_of(each) for each in model.languages),
            "quality": self._quality(model),
            "work": _work(model.gflops),
            "size": "" if model.size is None else _bytes(model.size),
            "licence": model.licence,
            "place": model.path
            or self.tr(
                "Not on this computer. A download connects to {host}, to nobody else."
            ).format(host=model.host),
        }
        for name, text in said.items():
            self.facts[name].setText(text)
            self._form.setRowVisible(self.facts[name], bool(text))

    def _quality(self, model: Model) -> str:
        parts = []
        if model.imagenet is not None:
            text = self.tr("Names {n} of 100 things right at once.")
            parts.append(text.format(n=words.number(round(model.imagenet))))
        if model.coco is not None:
            text = self.tr("Of 5,000 photos, finds the one described first {n} times of 100.")
            parts.append(text.format(n=words.number(round(model.coco))))
        return " ".join(parts)

    def _show_buttons(self, model: Model, busy: str) -> None:
        text = self.tr("Download")
        if model.partly and busy != model.name:
            text = self.tr("Go on downloading ({n} are here)").format(n=_bytes(model.partly))
        self.download.setText(text)
        self.download.setVisible(not model.path and bool(model.host) and busy != model.name)
        self.download.setEnabled(not busy)
        self.cancel.setVisible(busy == model.name)
        self.cancel.setEnabled(not self._downloads.cancelled)
        used = self._searches if model.searches else self._tags
        self.use.setVisible(bool(model.path) and model.name != used)
        self.use.setEnabled(model.name != used)
        self.remove.setVisible(model.removable or (bool(model.partly) and busy != model.name))
        self.remove.setEnabled(model.name not in (self._searches, self._tags))

    def _show_progress(self) -> None:
        now = self._downloads.progress
        if self._downloads.cancelled:
            self.bar_text.setText(self.tr("Stopping…"))
        elif now is None:
            self.bar.setRange(0, 0)
            self.bar_text.setText(self.tr("Connecting…"))
        elif now.stage != "download":
            self.bar.setRange(0, 0)
            self.bar_text.setText(self.tr("Checking what came…"))
        elif now.total:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(_STEPS * now.done // now.total)
            text = self.tr("{n} of {all}")
            self.bar_text.setText(text.format(n=_bytes(now.done), all=_bytes(now.total)))
        else:
            self.bar.setRange(0, 0)
            self.bar_text.setText(_bytes(now.done))

    # --- what is done with it ---

    def _download(self) -> None:
        if (model := self.current()) is not None:
            self.news.clear()
            self._downloads.start(model.name)

    def _ended(self, name: str, error: Error | None) -> None:
        if error is not None:
            self.news.setText(f"{name}: {sentence(error)}")
        elif self._downloads.cancelled:
            self.news.setText(self.tr("Cancelled. What came so far is kept."))
        else:
            self.news.setText(self.tr("{name} is on this computer now.").format(name=name))
        self.look()

    def _use(self) -> None:
        model = self.current()
        if model is None:
            return

        def said(reply: Reply) -> None:
            if isinstance(reply, Error):
                self.news.setText(sentence(reply))
            elif isinstance(reply, Said):
                text = self.tr(
                    "Your photos are looked through with {name} now; this takes a while."
                )
                self.news.setText(text.format(name=reply.action or ""))
                self.look()
                self.look_wanted.emit()

        self._engine.ask(UseModel(model.name), said)

    def _remove(self) -> None:
        model = self.current()
        if model is None:
            return

        def said(reply: Reply) -> None:
            if isinstance(reply, Error):
                self.news.setText(sentence(reply))
            elif isinstance(reply, Said):
                self.news.setText(self.tr("Deleted. It can be downloaded again."))
                self.look()

        self._engine.ask(RemoveModel(model.name), said)


def _bytes(count: int) -> str:
    return words.locale().formattedDataSize(
        count, 0 if count < 1e9 else 1, QLocale.DataSizeFormat.DataSizeSIFormat
    )


def _work(gflops: float | None) -> str:
    """How quick it is, by the work for one photo."""
    if gflops is None:
        return ""
    names = (
        (6, words.translate("models", "Quick")),
        (13, words.translate("models", "Middling")),
        (50, words.translate("models", "Slow; best with a graphics card")),
    )
    slowest = words.translate("models", "Very slow; only with a graphics card")
    name = next((name for most, name in names if gflops < most), slowest)
    figure = words.locale().toString(gflops, "f", 1)
    return words.translate("models", "{name} ({n} GFLOPs for a photo)").format(name=name, n=figure)
