"""Looking through all targets of a run, those that another computer looks through left to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial

from photosearch.catalog.database import Catalog
from photosearch.indexing.leases import ROOT, SCANNED, Leases
from photosearch.indexing.reach import reachable
from photosearch.indexing.scan import Scanned, scan_root
from photosearch.indexing.targets import Target
from photosearch.progress import Event, Note


class Look:
    """What a run has looked through so far."""

    def __init__(
        self,
        catalog: Catalog,
        leases: Leases,
        targets: Sequence[Target],
        looked_after: Sequence[bytes],
    ) -> None:
        """`looked_after`: folders that are not a part of another, because they are roots."""
        self.files = 0
        """Files seen."""
        self._catalog, self._leases = catalog, leases
        self._looked_after = frozenset(looked_after)
        self._left = list(targets)
        self._begun = False
        self._roots = {target.root.id: target.root for target in targets}
        self._away: set[int] = set()

    def root_ids(self) -> list[int]:
        """The roots that can be seen."""
        for target in self._left:
            if not reachable(self._catalog, target.root):
                self._away.add(target.root.id)
        return [root_id for root_id in self._roots if root_id not in self._away]

    def through(self) -> Iterator[Event]:
        """Scan what is left. What another computer scans at this moment stays left, until that has
        done it, or has ended without."""
        again, self._begun = self._begun, True
        for target in list(self._left):
            root = target.root
            if again and self._leases.scanned(root.id):
                self._left.remove(target)
            elif self._leases.begin(ROOT, root.id):
                self._left.remove(target)
                yield from self._scan(target)
                self._leases.end(ROOT, root.id)
                self._leases.begin(SCANNED, root.id)
            elif not again:
                text = "another computer is looking through this folder; its photos are taken up"
                yield Note("waiting", f"{text} as they come", os.fsdecode(root.path))

    def _scan(self, target: Target) -> Iterator[Event]:
        root = target.root
        result = Scanned(before=self.files)
        check = partial(self._leases.check, kind=ROOT, number=root.id)
        others = self._looked_after - {root.path}
        yield from scan_root(
            *(self._catalog, root, others, target.start, result), deep=target.deep, check=check
        )
        self.files += result.files
        if not result.reachable:
            self._away.add(root.id)
        elif result.whole and not result.files and not target.start:
            yield Note("no-photos", "no photos in this folder", os.fsdecode(target.folder))
