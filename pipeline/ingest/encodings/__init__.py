"""Old Vietnamese encodings, recognised by the name of a font or by what the bytes would say.

    decode(bytes)      a whole text file: Unicode, Windows-1258, TCVN3, VNI, VIQR
    encoding_of(font)  the encoding that the name of a font promises; `OldText` reads the runs of a document in it
    repair(text)       text whose fonts are not known and that reads as rubbish; `repaired` does a document

No library reads TCVN3, VNI or VIQR; the tables are small (134 letters).
"""

from pipeline.ingest.encodings.documents import repaired
from pipeline.ingest.encodings.files import BYTES, LOST, Decoded, decode, narrow, wide
from pipeline.ingest.encodings.fonts import encoding_of
from pipeline.ingest.encodings.texts import SIGNS, OldText, old_encoding, public, recognise, repair
from pipeline.ingest.encodings.vni import is_mark

__all__ = [
    "BYTES",
    "LOST",
    "SIGNS",
    "Decoded",
    "OldText",
    "decode",
    "encoding_of",
    "is_mark",
    "narrow",
    "old_encoding",
    "public",
    "recognise",
    "repair",
    "repaired",
    "wide",
]
