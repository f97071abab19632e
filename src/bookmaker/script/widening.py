"""Full-width marks for a whole Manuscript: one in, one out, before any conversion (see `punctuation.py`)."""

from dataclasses import replace

from bookmaker.content.article import Article
from bookmaker.content.keeping import make_or_keep
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.punctuation import widen, widen_passage
from bookmaker.script.rewriting import Rewriting
from bookmaker.store import Store


def widen_manuscript(manuscript: Manuscript, store: Store | None = None) -> Manuscript:
    """The manuscript with full-width marks, unless its plan says `full_width_marks = false`.

    What the imprint prints as it was issued (CIP record, permit) stays.
    """
    if not manuscript.plan.entries.text.full_width_marks:
        return manuscript
    rewriting = Rewriting(widen, widen_passage)
    kept = store.bundle("widened", manuscript.plan.slug) if store else None

    def article(piece: Article) -> Article:
        return make_or_keep(piece, rewriting.article, kept, "widened")

    widened = rewriting.manuscript(manuscript, article)
    if kept:
        kept.close()
    issued = manuscript.plan.entries.volume.imprint
    return _with_imprint(widened, {"cip": issued.cip, "permit": issued.permit})


def _with_imprint(manuscript: Manuscript, issued: dict[str, str]) -> Manuscript:
    entries = manuscript.plan.entries
    volume = entries.volume.model_copy(update={"imprint": entries.volume.imprint.model_copy(update=issued)})
    return replace(manuscript, plan=replace(manuscript.plan, entries=entries.model_copy(update={"volume": volume})))
