"""Articles kept between two runs: what the reading, the widening and the conversion of one article made.

Pictures are never kept with them: they are the shelf's, which has looked into the files that lie there now.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bookmaker.content.article import Article, article_of
from bookmaker.content.markup import Figure
from bookmaker.content.pictures import Picture, PictureShelf
from bookmaker.content.source import read_bytes
from bookmaker.problems import Place, Problem
from bookmaker.project import Project
from bookmaker.store import Bundle


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article without its pictures; none for a draft.

    `figures` are those that its text does not place, each as file, alternative text, caption and credit; `pictures`
    all that it shows, each as file, name and kind.
    """

    article: Article | None
    figures: tuple[tuple[str, str, str, str], ...] = ()
    pictures: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, article: Article | None) -> "KeptArticle":
        if article is None or not article.pictures:
            return cls(article)
        return cls(
            replace(article, figures=(), pictures=()),
            tuple((figure.picture.file, figure.alt, figure.caption, figure.credit) for figure in article.figures),
            tuple((picture.file, picture.name, picture.media_type) for picture in article.pictures),
        )

    def with_pictures(self, shelf: Mapping[str, Picture]) -> Article | None:
        """The article with pictures by their files."""
        if self.article is None or not self.pictures:
            return self.article
        figures = tuple(Figure(shelf[file], *words) for file, *words in self.figures)
        return replace(self.article, figures=figures, pictures=tuple(shelf[file] for file, _, _ in self.pictures))


def read_or_keep(
    project: Project, path: Path, shelf: PictureShelf, problems: list[Problem], kept: Bundle | None
) -> Article | None:
    """An article as `read_article` reads it, or as it was kept; one with a problem is read each time."""
    data = read_bytes(project, path, problems, shelf.folders)
    if data is None:
        return None
    name = project.name_of(path)
    if kept is None:
        return article_of(name, data, shelf, problems)
    key = kept.key("read", name, hashlib.sha256(data).hexdigest())
    found = kept.find(key)
    if isinstance(found, KeptArticle) and (pictures := _same_pictures(found, shelf)) is not None:
        return found.with_pictures(pictures)
    own: list[Problem] = []
    article = article_of(name, data, shelf, own)
    if article is not None:
        article = replace(article, stamp=kept.key(key, *(picture.name for picture in article.pictures)))
    if not own:
        kept.keep(key, KeptArticle.of(article))
    problems += own
    return article


def make_or_keep(piece: Article, make: Callable[[Article], Article], kept: Bundle | None, *said: str) -> Article:
    """What `make` makes of an article, made or kept; `said` is all else that it depends on.

    An article that stays as it was is not kept a second time.
    """
    if kept is None or not piece.stamp:
        return replace(make(piece), stamp="")
    key = kept.key(piece.stamp, *said)
    found = kept.find(key)
    if isinstance(found, KeptArticle):
        shelf = {picture.file: picture for picture in piece.pictures}
        return found.with_pictures(shelf) or piece
    made = make(piece)
    if made == piece:
        kept.keep(key, KeptArticle(None))
        return piece
    made = replace(made, stamp=key)
    kept.keep(key, KeptArticle.of(made))
    return made


def _same_pictures(found: KeptArticle, shelf: PictureShelf) -> dict[str, Picture] | None:
    """The pictures that an article shows, if they are those that it showed before."""
    pictures: dict[str, Picture] = {}
    for file, name, media_type in found.pictures:
        picture = shelf.find(file, Place(file), [])
        if picture is None or (picture.name, picture.media_type) != (name, media_type):
            return None
        pictures[file] = picture
    return pictures if all(file in pictures for file, *_ in found.figures) else None
