"""The pictures of a galley, each made when a section first asks for it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bookmaker.content.pictures import Picture
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley
from bookmaker.makeup.pictures import PictureObject, picture_object
from bookmaker.pdf.engine import PrintError
from bookmaker.problems import Place, Problem, SourceError
from bookmaker.store import Store


class Shelf(Mapping[str, PictureObject]):
    """Pictures by their source; what is kept of a book names them and does not hold them."""

    def __init__(self, galley: Galley, case: TypeCase, cache: Path, store: Store) -> None:
        self._store = store
        self._pictures = {f"images/{picture.name}": picture for picture in galley.pictures}
        self._case = case
        self._cache = cache
        self._made: dict[str, PictureObject] = {}
        store.borrow(lambda source: self[source].shape)

    def __getitem__(self, source: str) -> PictureObject:
        if source not in self._made:
            picture = self._pictures[source]
            key = self._store.key("picture", picture.name)
            kept = self._store.load(key)
            made = kept if isinstance(kept, PictureObject) else self._object(picture)
            if kept is not made:
                self._store.save(key, made)
            self._made[source] = made
            self._store.lend(source, made.shape)
        return self._made[source]

    def _object(self, picture: Picture) -> PictureObject:
        try:
            return picture_object(picture, self._case, self._cache)
        except PrintError as error:
            what = f"the drawing cannot be printed: {str(error).splitlines()[0]}"
            hint = "draw it with fewer effects and with the fonts of fonts/, or save it as PNG"
            raise SourceError(
                [Problem(Place(f"content/images/{picture.file}"), "unreadable-image", what, hint)]
            ) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._pictures)

    def __len__(self) -> int:
        return len(self._pictures)
