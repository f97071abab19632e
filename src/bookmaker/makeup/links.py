"""Where links are active: their annotations (ISO 32000-1 §12.5.6.5), page by page."""

from collections.abc import Iterable

from bookmaker.makeup.objects import Objects
from bookmaker.makeup.places import Places
from bookmaker.makeup.structure import PlacedArea
from bookmaker.makeup.values import address, array, figure, reference, text_string


def write_links(objects: Objects, links: Iterable[PlacedArea], places: Places) -> dict[int, list[str]]:
    """The annotations of each page that has some, in reading order."""
    annotations: dict[int, list[str]] = {}
    for link in links:
        corners = array(map(figure, link.area.rectangle))
        objects.put(
            # `/F 4`: it is printed, which only matters to those who ask that nothing on a page is hidden.
            f"<</Type/Annot/Subtype/Link/Rect{corners}/Border[0 0 0]/F 4/StructParent {link.key}"
            f"/Contents{text_string(link.area.words)}{_aim(link.area.target, places)}>>",
            link.annotation,
        )
        annotations.setdefault(link.page, []).append(reference(link.annotation))
    return annotations


def _aim(target: str, places: Places) -> str:
    if target.startswith("#"):
        return f"/Dest{places.destination(target[1:])}"
    return f"/A<</S/URI/URI{address(target)}>>"
