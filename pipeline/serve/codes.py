"""The table of codes that comes along with an export: kept as a file while the export is made, and no longer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import UploadFile

from pipeline.serve.refusals import Refusal

__all__ = ["MOST", "table_of"]

MOST = 2 * 2**20  # bytes: some 30,000 bodies, more than a province has
_NAME = "don-vi.csv"  # what messages call it: a name from outside is never made a path


@contextmanager
def table_of(sent: UploadFile) -> Iterator[Path]:
    """The file. Raises `Refusal` where it is larger than any table is."""
    data = sent.file.read(MOST + 1)
    if len(data) > MOST:
        message = f"Bảng mã lớn hơn {MOST // 2**20} MB. Hãy chỉ giữ các dòng đơn vị cần dùng rồi gửi lại."
        raise Refusal(413, "codes-too-large", message)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        table = Path(folder) / _NAME
        table.write_bytes(data)
        yield table
