"""Small parts that all of the window is put together from."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui import icons
from photosearch.gui.style import SPACE


class IconButton(QToolButton):
    """A button with an icon only; its name is told by a tool tip and to screen readers."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        ink: tuple[QColor, QColor] | None = None,
    ) -> None:
        """`ink`: the icon's colours while it can be clicked and while not (None: the palette's)."""
        super().__init__(parent)
        self._icon = icon
        self._ink = ink
        self.setIconSize(QSize(20, 20))
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set(icon, name)

    def set(self, icon: str, name: str) -> None:
        """Another icon, another name."""
        self._icon = icon
        self.setToolTip(name)
        self.setAccessibleName(name)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colours, role = self.palette(), QPalette.ColorRole.WindowText
        ink = self._ink or (colours.color(role), colours.color(QPalette.ColorGroup.Disabled, role))
        self.setIcon(icons.icon(self._icon, *ink))


class IconLabel(QLabel):
    """An icon that says nothing by itself."""

    def __init__(
        self, icon: str, side: int, role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText
    ) -> None:
        super().__init__()
        self._icon, self._side, self._role = icon, side, role
        self.setFixedSize(side, side)
        self._draw()

    def set(self, icon: str) -> None:
        """Another icon."""
        self._icon = icon
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().color(self._role).name()
        self.setPixmap(icons.pixmap(self._icon, colour, self._side, self.devicePixelRatioF()))


class Line(QLabel):
    """A line of text that ends in “…” where there is too little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            cut = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(self.text(), cut, self.width())
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), left, text)


class SearchField(QLineEdit):
    """Where a person says what they look for. `left()`: they want to go to the photos."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText(self.tr("Search: the kids at the beach"))
        self.setAccessibleName(self.tr("Search"))
        self.setAccessibleDescription(self.tr("Say what is in the photos you look for"))
        self.setAcceptDrops(False)  # a photo dropped on it is for the window: `like:` that one
        position = QLineEdit.ActionPosition
        self._glass = self.addAction(icons.app_icon(), position.LeadingPosition)
        self._clear = self.addAction(icons.app_icon(), position.TrailingPosition)
        self._clear.setText(self.tr("Clear the search"))
        self._clear.setToolTip(self._clear.text())
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self.show_clear)
        self._draw()

    def show_clear(self) -> None:
        """The button that clears it is there where there is something to clear."""
        self._clear.setVisible(bool(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self._glass.setIcon(icons.icon("search", colour))
        self._clear.setIcon(icons.icon("close", colour))


_AGAIN_SECONDS = 60.0  # that a message stays away which a person has put away


class Banner(QFrame):
    """A line over the photos that says what went wrong, or right, and what to do about it. It takes
    no focus; what a person put away does not come back at once. `closed()`: it was put away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._icon = IconLabel("note", 20, QPalette.ColorRole.WindowText)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._action: Callable[[], None] | None = None
        close = IconButton("close", self.tr("Close this message"))
        close.clicked.connect(self._close)
        self._put_away_at: dict[str, float] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        line.setSpacing(SPACE + 4)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        line.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" where it is not there."""
        return "" if self.isHidden() else self._text.text()

    @property
    def button(self) -> QPushButton:
        """What can be done about it."""
        return self._button

    def say(
        self,
        text: str,
        *,
        warning: bool = False,
        button: str = "",
        action: Callable[[], None] | None = None,
    ) -> bool:
        """Say something, in the place of what was said before; False, and nothing, where a person
        has just put the same away."""
        if time.monotonic() - self._put_away_at.get(text, -_AGAIN_SECONDS) < _AGAIN_SECONDS:
            return False
        self._icon.set("warning" if warning else "note")
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._action = action
        self.setProperty("warning", warning)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        return True

    def _close(self) -> None:
        self._put_away_at[self._text.text()] = time.monotonic()
        self._put_away()

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    def _act(self) -> None:
        self._put_away()
        if self._action is not None:
            self._action()


class StatePage(QWidget):
    """What is shown where no photos are: what is the matter, and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("photos", 72)
        self._title, self._text = QLabel(), QLabel()
        self._title.setObjectName("title")
        self._text.setObjectName("text")
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.setObjectName("main")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self._act)
        self._action: Callable[[], None] | None = None
        middle = QWidget()
        middle.setMaximumWidth(680)
        column = QVBoxLayout(middle)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(SPACE)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        line = QHBoxLayout(self)
        line.addStretch(1)
        line.addWidget(middle, 100)
        line.addStretch(1)

    @property
    def title(self) -> str:
        """What is the matter."""
        return self._title.text()

    @property
    def text(self) -> str:
        """What to do next."""
        return self._text.text()

    def say(
        self,
        icon: str,
        title: str,
        text: str,
        button: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show another state."""
        self._icon.set(icon)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._action = action
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def _act(self) -> None:
        if self._action is not None:
            self._action()


def action_of(panel: QWidget, text: str, key: str, slot: Callable[[], None]) -> QAction:
    """An action of a panel, with its key, which its tip names."""
    action = QAction(text, panel)
    action.setShortcut(QKeySequence(key))
    action.setToolTip(f"{text} ({action.shortcut().toString()})")
    action.triggered.connect(lambda _=False: slot())
    panel.addAction(action)
    return action


def button_of(action: QAction, *, main: bool = False) -> QPushButton:
    """A framed button that does what an action does, while it can be done. `main`: what a person
    most likely wants here. Enter in a field presses none of them."""
    button = QPushButton()
    button.setObjectName("primary" if main else "")
    button.setAutoDefault(False)
    button.setCheckable(action.isCheckable())

    def follow() -> None:
        button.setText(action.text())
        button.setAccessibleName(action.text())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())

    action.changed.connect(follow)
    button.clicked.connect(lambda _=False: action.trigger())
    follow()
    return button


def icon_button_of(icon: str, action: QAction) -> IconButton:
    """A button with an icon only that does what an action does."""
    button = IconButton(icon, action.toolTip())
    button.setAccessibleName(action.text())
    button.clicked.connect(lambda _=False: action.trigger())
    return button


def row_of(*actions: QAction, main: QAction | None = None) -> QHBoxLayout:
    """A line of buttons, from the left; `main`: the one of them a person most likely wants."""
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for action in actions:
        row.addWidget(button_of(action, main=action is main))
    row.addStretch(1)
    return row


def column_of(panel: QWidget) -> QVBoxLayout:
    """The layout of a panel, with the margins that all panels have."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    column.setSpacing(SPACE)
    return column


def label_of(name: str = "") -> QLabel:
    """Plain text over as many lines as it takes; `name`: what of, as the style sheet knows it."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


class News(QLabel):
    """What has just happened, quietly; it takes no room while nothing has."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setVisible(bool(text))

    def clear(self) -> None:
        self.setText("")
