"""Which encoding the name of a font promises."""

from __future__ import annotations

import re
from functools import lru_cache

# A PDF puts six letters in front of the name of a font of which it holds a part. The dot of ``.VnTime`` may be lost;
# without it the case tells the ABC fonts from the VNtimes of other makers.
_NAME = re.compile(r"[\s\"']*(?:[A-Z]{6}\+)?(?P<family>[^,\"']*)")
_STYLE = re.compile(r"(?:[-\s]*(?:bold|italic|oblique|regular|normal))+\s*$", re.IGNORECASE)
_ABC = re.compile(r"[._](?i:vn(?!i))|Vn(?=[A-Z])")
_VNI = re.compile(r"(?i:vni[-_ ])|VNI(?=[A-Z])")


@lru_cache(maxsize=1024)
def encoding_of(font: str) -> str | None:
    """``tcvn3``, ``tcvn3-capitals`` or ``vni`` for a font of that encoding, else None.

    `font` may bear what Word, PDF and CSS put around the name: ``ABCDEF+.VnTimeH,Bold``, ``'VNI-Times', serif``.
    """
    name = _NAME.match(font)
    family = _STYLE.sub("", name["family"]).strip() if name else ""
    if _ABC.match(family):
        # No ABC family ends in an h of its own (.VnTime, .VnArial Narrow, .VnTifani Heavy …).
        return "tcvn3-capitals" if family[-1] in "hH" else "tcvn3"
    return "vni" if _VNI.match(family) else None
