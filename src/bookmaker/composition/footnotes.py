"""Notes stay on the page they are called on.

Written for WeasyPrint 70, which moves the notes of a page to the next one where that makes room for the second line
of a paragraph (`orphans`); here the paragraph goes to the next page instead, as it does where there are no notes.
The condition stands in the middle of a long function, so the function is compiled again with another one.
"""

import inspect

from bookmaker.composition.joint import WRITTEN_FOR

#: The only place where notes already set are given up, and what stands there from now on.
_GIVES_UP = "report = not context.in_column and can_break_now and not could_break_before"
_KEEPS = "report = False"


def install() -> bool:
    """Keep notes on their page from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint.layout import block

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    if hasattr(block, "footnotes_of_bookmaker"):
        return True
    source = inspect.getsource(block._linebox_layout)
    if source.count(_GIVES_UP) != 1:
        return False
    block.footnotes_of_bookmaker = True
    exec(source.replace(_GIVES_UP, _KEEPS), block.__dict__)
    return True
