"""What is told of documents that are compared: which of them belong together, and which do not."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMPARISONS"]

COMPARISONS: Mapping[str, str] = {
    "Kết quả so sánh chưa ghi được ra “{path}”. Hãy nêu với -o một tệp có đuôi {suffixes}.": "A comparison cannot be "
    "written to “{path}”. Name a file with -o that ends in {suffixes}.",
    "{name}: được nêu {count} lần; chỉ tính một lần.": "{name}: named {count} times; it counts once.",
    "{name}: cùng nội dung với {other}; chỉ tính một lần.": "{name}: the same file as {other}; it counts once.",
    "{name}: chính là văn bản cấp trên đã nêu; không đối chiếu với chính nó.": "{name}: is the parent that was named; "
    "it is not compared with itself.",
    "{name}: là bản mới hơn của {others}; chỉ so sánh bản này.": "{name}: a newer version of {others}; this one alone "
    "is compared.",
    "{name}: không thấy dẫn văn bản cấp trên nào nên không xếp được vào họ văn bản; nếu biết, hãy nêu với --parent.":
    "{name}: cites no document of a higher level and so belongs to no family; if you know it, name it with --parent.",
    "{name}: thực hiện {cited}, không cùng họ với văn bản nào khác và không có {cited} để so sánh.": "{name}: carries "
    "out {cited}, of no other document's family, and {cited} is not there to be compared with.",
    "{name}: văn bản cấp trên không có nhiệm vụ nào để đối chiếu. Hãy kiểm tra lại tệp.": "{name}: this document of "
    "the higher level has no tasks to compare with. Check the file.",
    "{name}: dẫn {other}, không dẫn {parent}; vẫn so sánh vì được yêu cầu.": "{name}: cites {other} and not {parent}; "
    "compared all the same, as asked.",
    "{name}: không dẫn văn bản cấp trên nào; vẫn so sánh với {parent} vì được yêu cầu.": "{name}: cites no document of "
    "a higher level; compared with {parent} all the same, as asked.",
    'Máy này chưa cài {name}. Hãy chạy: pip install "dondoc[{extra}]" rồi thử lại.': '{name} is not installed here. '
    'Run: pip install "dondoc[{extra}]" and try again.',
    "Kết quả so sánh đã có văn bản cấp trên. Hãy bỏ parent, hoặc đưa vào các văn bản thay cho kết quả.": "A result "
    "has its parent already. Leave parent out, or give the documents instead of the result.",
    "Thư mục {folder} có {count} tệp kết quả so sánh .json, cần đúng một. Hãy nêu tên tệp mà dondoc compare đã ghi ra.":
    "The folder {folder} has {count} .json files of comparisons and must have one. Name the file that dondoc compare "
    "wrote.",
    "Không có tệp hoặc thư mục {path}. Hãy nêu tệp .json mà dondoc compare đã ghi ra.": "There is no file or folder "
    "{path}. Name the .json that dondoc compare wrote.",
    "Tệp {path} không phải kết quả so sánh. Hãy tạo bằng: dondoc compare VĂN_BẢN -o {path}": "The file {path} is no "
    "comparison. Make it: dondoc compare DOCUMENT -o {path}",
    "Đáp án sai ở {path}, dòng {line}: {why}.": "The right answers are wrong in {path}, line {line}: {why:en}.",
    "“{name}” không có trong {table}": "“{name}” is not in {table}",
    "văn bản cấp trên của “{name}” không có trong {table}": "the parent of “{name}” is not in {table}",
    "không có loại phát hiện “{kind}”": "there is no kind of finding “{kind}”",
    "“{days}” không phải số ngày": "“{days}” is no number of days",
    "cột {column} để trống": "the column {column} is empty",
    "không phải UTF-8": "it is not UTF-8",
    "thiếu cột {column}": "the column {column} is missing",
    "Bảng có {count} họ văn bản ({names}). Hãy chọn một họ rồi vẽ.": "The frame holds {count} families ({names}). "
    "Choose one and draw it.",
    "Bảng không có dòng nào để vẽ. Hãy kiểm tra phép lọc hoặc các văn bản đưa vào.": "The frame has no rows to draw. "
    "Check how it was filtered, or the documents.",
    "{name}: cùng họ với {others}, nhưng không cùng văn bản cấp trên trực tiếp nên không so sánh.": "{name}: of the "
    "family of {others}, but not by the same document directly above, and so not compared.",
    "{name}: là văn bản mà {head} thực hiện, không phải kế hoạch để đối chiếu.": "{name}: is what {head} carries out, "
    "and no plan to compare.",
    "Không đọc được văn bản cấp trên {parent}: {reasons}": "The document of the higher level {parent} cannot be read: "
    "{reasons:en}",
}  # fmt: skip
