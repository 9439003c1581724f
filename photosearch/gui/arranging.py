"""In which order photos stand, in which groups, and how large: the controls over the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QSlider, QWidget

from photosearch.gui import settings
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconLabel


class Arranging(QWidget):
    """`changed(order, group)`: see `Results.arrange`; `side_wished(side)`: of thumbnails, in
    pixels."""

    changed = Signal(str, str)
    side_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order, self.group = QComboBox(), QComboBox()
        for text, value in (
            (self.tr("Best first"), ""),
            (self.tr("Newest first"), "date"),
            (self.tr("Oldest first"), "oldest"),
            (self.tr("By name"), "name"),
        ):
            self.order.addItem(text, value)
        for text, value in (
            (self.tr("No groups"), ""),
            (self.tr("By day"), "day"),
            (self.tr("By month"), "month"),
            (self.tr("By folder"), "folder"),
        ):
            self.group.addItem(text, value)
        self.order.setAccessibleName(self.tr("Order of the photos"))
        self.order.setToolTip(self.order.accessibleName())
        self.group.setAccessibleName(self.tr("Groups of photos"))
        self.group.setToolTip(self.group.accessibleName())
        for box in (self.order, self.group):
            box.activated.connect(lambda _: self.changed.emit(*self.arrangement))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(settings.SMALLEST, settings.LARGEST)
        self.slider.setSingleStep(8)
        self.slider.setPageStep(32)
        self.slider.setFixedWidth(110)
        self.slider.setAccessibleName(self.tr("Size of the thumbnails"))
        self.slider.setToolTip(self.slider.accessibleName())
        self.slider.valueChanged.connect(self.side_wished)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        for widget in (self.order, self.group, IconLabel("photo", 14), self.slider):
            line.addWidget(widget)
        line.addWidget(IconLabel("photo", 20))

    @property
    def arrangement(self) -> tuple[str, str]:
        """Order and group."""
        return str(self.order.currentData()), str(self.group.currentData())

    def set_arrangement(self, order: str, group: str) -> None:
        """Show an order and a group as chosen; unknown ones are the first."""
        self.order.setCurrentIndex(max(0, self.order.findData(order)))
        self.group.setCurrentIndex(max(0, self.group.findData(group)))

    def show_side(self, side: int) -> None:
        """Thumbnails have so many pixels now."""
        self.slider.blockSignals(True)
        self.slider.setValue(side)
        self.slider.blockSignals(False)

    def show_ranked(self, ranked: bool) -> None:
        """Whether some photos fit better than others: else what comes first are the newest."""
        view = self.order.view()
        assert isinstance(view, QListView)
        view.setRowHidden(1, not ranked)
        self.order.setItemText(0, self.tr("Best first") if ranked else self.tr("Newest first"))
        if not ranked and self.order.currentIndex() == 1:
            self.order.setCurrentIndex(0)
