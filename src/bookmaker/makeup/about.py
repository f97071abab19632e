"""What the file says about the book, as document information and as XMP (ISO 32000-1 §14.3, ISO 14289-1 §5)."""

from datetime import date

from lxml import etree
from lxml.builder import ElementMaker

from bookmaker.makeup.book import About
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.values import text_string

_DC = "http://purl.org/dc/elements/1.1/"
_PDF = "http://ns.adobe.com/pdf/1.3/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_X = "adobe:ns:meta/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_NAMES = {"dc": _DC, "pdf": _PDF, "pdfuaid": _UA, "rdf": _RDF, "x": _X, "xmp": _XMP}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: The packet wrapper of XMP (ISO 16684-1 §7.3.2): its byte order mark and id are fixed, "r" is for read only.
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="r"?>'


def write_information(objects: Objects, about: About) -> int:
    """The number of the document information dictionary."""
    stamp = f"(D:{about.day:%Y%m%d}000000Z)"
    texts = {
        "Title": about.title,
        "Author": ", ".join(about.authors),
        "Subject": about.description,
        "Keywords": _keywords(about),
        "Creator": about.generator,
        "Producer": about.generator,
    }
    rows = "".join([f"/{key}{text_string(text)}" for key, text in texts.items() if text])
    return objects.put(f"<<{rows}/CreationDate{stamp}/ModDate{stamp}>>")


def write_metadata(objects: Objects, about: About) -> int:
    """The number of the XMP packet; it is not compressed, so that a program that knows no PDF finds it."""
    packet = etree.tostring(_xmp(about), encoding="unicode")
    return objects.stream("/Type/Metadata/Subtype/XML", f"{_BEGIN}{packet}{_END}".encode())


def _xmp(about: About) -> etree._Element:
    dc, pdf, rdf, ua, x, xmp = (ElementMaker(namespace=name, nsmap=_NAMES) for name in (_DC, _PDF, _RDF, _UA, _X, _XMP))

    def by_language(text: str) -> etree._Element:
        return rdf.Alt(rdf.li(text, {_LANG: "x-default"}))

    stamp = _stamp(about.day)
    said = [ua.part("1"), dc.title(by_language(about.title)), dc.language(rdf.Bag(rdf.li(about.language)))]
    if about.authors:
        said.append(dc.creator(rdf.Seq(*map(rdf.li, about.authors))))
    if about.description:
        said.append(dc.description(by_language(about.description)))
    if about.keywords:
        said.append(pdf.Keywords(_keywords(about)))
    said += [xmp.CreatorTool(about.generator), pdf.Producer(about.generator)]
    said += [xmp.CreateDate(stamp), xmp.ModifyDate(stamp)]
    return x.xmpmeta(rdf.RDF(rdf.Description(*said, {f"{{{_RDF}}}about": ""})))


def _keywords(about: About) -> str:
    return ", ".join(about.keywords)


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
