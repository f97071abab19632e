"""Loading WeasyPrint without a search for its libraries.

Written for WeasyPrint 70. Of each library it asks cffi for several names, first those of Windows. A name that is no
file's cffi (2.1) looks for with `ctypes.util.find_library`, which on Linux runs ldconfig, gcc and ld for every name
that is not there: 54 programs, 0.3 s. The name by which Linux loads the library (libpango-1.0.so.0) is in each row,
too, and needs no search.
"""

import ctypes.util
import sys
from importlib.metadata import version

from bookmaker.composition.joint import WRITTEN_FOR


def load_weasyprint() -> None:
    """Import WeasyPrint; on Linux, in the version this was written for, without a search."""
    search = ctypes.util.find_library
    if sys.platform == "linux" and version("weasyprint") == WRITTEN_FOR:
        ctypes.util.find_library = lambda name: None
    try:
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = search
