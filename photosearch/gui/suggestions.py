"""How a search could go on, under the search field while a person types."""

from __future__ import annotations

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from photosearch.engine.replies import Reply
from photosearch.engine.replies import Suggestions as Suggested
from photosearch.engine.requests import Suggest
from photosearch.gui.engine import Engine

_KIND = "suggest"


class Suggestions(QObject):
    """Asks for suggestions with every key, and shows those to the newest."""

    def __init__(self, field: QLineEdit, engine: Engine) -> None:
        super().__init__(field)
        self._field, self._engine = field, engine
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = self.completer.popup()
        assert popup is not None
        self._popup = popup
        self._popup.setAccessibleName(self.tr("Suggestions"))
        field.setCompleter(self.completer)
        field.textEdited.connect(self._edited)
        field.returnPressed.connect(self._done)

    def _edited(self, text: str) -> None:
        # What was suggested for other words must not come up again by itself.
        self._model.setStringList([])
        self._popup.hide()
        if text.strip():
            request = Suggest(text, self._field.cursorPosition())
            self._engine.ask(request, lambda reply: self._came(text, reply), newest=_KIND)
        else:
            self._engine.drop(_KIND)

    def _done(self) -> None:
        self._engine.drop(_KIND)
        self._popup.hide()

    def _came(self, text: str, reply: Reply) -> None:
        if not isinstance(reply, Suggested) or self._field.text() != text:
            return
        self._model.setStringList(list(reply.queries))
        if reply.queries and self._field.hasFocus():
            self.completer.complete()
