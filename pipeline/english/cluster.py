"""What is told of a run on a cluster, its stores and its workers."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CLUSTER"]

CLUSTER: Mapping[str, str] = {
    "--scheduler chỉ dùng cùng với --engine dask.": ("--scheduler is used together with --engine dask only."),
    "Với --engine dask hãy nêu bộ điều phối, ví dụ: --scheduler tcp://10.0.0.1:8786": (
        "With --engine dask name the scheduler, such as: --scheduler tcp://10.0.0.1:8786"
    ),
    "{options} không dùng được với --engine dask.": ("{options} cannot be used with --engine dask."),
    "{scheme}:// chỉ dùng được với --engine dask. Hãy dùng đường dẫn trên máy này, hoặc thêm --engine dask "
    "--scheduler tcp://…": (
        "{scheme}:// is used with --engine dask only. Use a path of this machine, or add --engine dask "
        "--scheduler tcp://…"
    ),
    "Với --engine dask cần một nơi ghi là thư mục mà mọi máy làm việc thấy: ….parquet/ (bảng theo tỉnh và tháng) "
    "hoặc …/ (JSON), ở ổ đĩa chung, s3://… hay sftp://…": (
        "--engine dask needs an output that is a folder which every worker sees: ….parquet/ (a table by province "
        "and month) or …/ (JSON), on a shared disk, s3://… or sftp://…"
    ),
    "{address}: ở địa chỉ này chỉ ghi được thư mục. Hãy viết ….parquet/ hoặc …/ ở cuối.": (
        "{address}: only a folder can be written there. Let it end in ….parquet/ or …/."
    ),
    '--engine dask cần dask.distributed và fsspec. Hãy cài bằng lệnh: pip install "dondoc[cluster]"': (
        '--engine dask needs dask.distributed and fsspec. Install it with: pip install "dondoc[cluster]"'
    ),
    "Không liên lạc được với bộ điều phối {address}. Hãy kiểm tra địa chỉ và tường lửa; trên máy điều phối phải "
    "đang chạy: dask scheduler": (
        "The scheduler {address} does not answer. Check the address and the firewall; on its machine this must "
        "be running: dask scheduler"
    ),
    "Bộ điều phối {address} chưa có máy làm việc nào. Hãy chạy trên mỗi máy làm việc: dask worker {again}": (
        "The scheduler {address} has no worker yet. Run on each worker: dask worker {again}"
    ),
    "Máy làm việc {worker} chưa có dondoc {version} như máy này. Hãy cài cùng phiên bản ở mọi máy.": (
        "The worker {worker} does not have dondoc {version} as this machine has. Install the same version everywhere."
    ),
    "Máy làm việc {worker} không thấy {folder}. Hãy ghi vào ổ đĩa mà mọi máy làm việc thấy dưới cùng một đường "
    "dẫn, hoặc vào s3://…, sftp://…": (
        "The worker {worker} does not see {folder}. Write to a disk that all workers see under the same path, or "
        "to s3://…, sftp://…"
    ),
    "Máy làm việc không thấy {path}. Hãy đặt văn bản ở ổ đĩa mà mọi máy làm việc thấy dưới cùng một đường dẫn, "
    "hoặc ở s3://…, sftp://…": (
        "A worker does not see {path}. Put the documents on a disk that all workers see under the same path, or "
        "on s3://…, sftp://…"
    ),
    "Các máy làm việc không cài như nhau, nên kết quả sẽ khác nhau: {programs} (máy {worker}).": (
        "The workers do not have the same programs, so that results would differ: {programs} (worker {worker})."
    ),
    "Máy làm việc {worker} không cài như các máy khác. Hãy dừng hoặc cài lại máy đó.": (
        "The worker {worker} is not installed like the others. Stop it or install it again."
    ),
    "Mất liên lạc với bộ điều phối hoặc máy làm việc. Hãy chạy lại lệnh này khi chúng hoạt động trở lại: phần đã "
    "xong được giữ lại.": (
        "The scheduler or the workers are gone. Run this again when they are back: what is done is kept."
    ),
    "Máy làm việc gặp lỗi ngoài dự kiến. Hãy chạy lại với --log-json để có chi tiết.": (
        "A worker met an unexpected error. Run again with --log-json for the details."
    ),
    "Để dùng {scheme}:// cần thư viện {library}. Hãy cài bằng lệnh: pip install {again}": (
        "{scheme}:// needs the library {library}. Install it with: pip install {again}"
    ),
    "Không rõ địa chỉ {address}. Hãy dùng đường dẫn, s3://… hoặc sftp://…": (
        "The address {address} is not understood. Use a path, s3://… or sftp://…"
    ),
    "Không dùng được {address}. Hãy kiểm tra địa chỉ, mạng và quyền truy cập của mọi máy làm việc, rồi chạy lại "
    "lệnh này: phần đã xong được giữ lại.": (
        "{address} cannot be used. Check the address, the network and what every worker may do there, then run "
        "this again: what is done is kept."
    ),
    "Không lấy được {address}: tệp đã bị xóa hoặc không có quyền đọc.": (
        "{address} was not fetched: it is gone or may not be read."
    ),
    "Tệp trung gian {key} bị hỏng. Hãy xóa thư mục {folder} rồi chạy lại lệnh này.": (
        "The intermediate file {key} is damaged. Delete the folder {folder} and run this again."
    ),
}
