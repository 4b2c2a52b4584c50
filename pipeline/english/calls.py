"""What is told of a call itself: its options, the office's settings, the rules and profiles it brings along."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CALLS"]

_OPTIONS: Mapping[str, str] = {
    "{option} “{text}” không phải ngày dạng YYYY-MM-DD, ví dụ 2026-01-31.": "{option} “{text}” is no date of the form "
    "YYYY-MM-DD, such as 2026-01-31.",
    "Không có thư mục quy tắc {folder}. Hãy kiểm tra --rules.": "There is no folder of rules {folder}. Check --rules.",
    "--codes chỉ dùng cùng với --profile.": "--codes is used together with --profile only.",
    "Hãy nêu nơi ghi, ví dụ: --profile {name} -o {file}": "Name the output, such as: --profile {name} -o {file}",
    "{file} là thư mục; show đọc từng tệp; với thư mục hãy dùng dondoc convert.": "{file} is a folder; show reads one "
    "file; for a folder use dondoc convert.",
    "--mail và --json không dùng cùng nhau. Hãy chọn một: --mail in lời thư, --json in số liệu.": "--mail and --json "
    "cannot go together. Choose one: --mail prints the mail, --json the figures.",
    "Máy này chưa cài spaCy. Hãy chạy {command} rồi thử lại. / {english}": "{english}",
    "Thư mục {gold} không có tệp đáp án .json nào. Hãy kiểm tra đường dẫn.": "The folder {gold} has no .json with "
    "right answers. Check the path.",
    "Không có thư mục {folder}. Hãy kiểm tra đường dẫn.": "There is no folder {folder}. Check the path.",
    "Tệp {path} không có dạng đáp án hoặc kết quả: cần danh sách “tasks” mà mỗi nhiệm vụ có “text”.": "The file {path} "
    "is neither answers nor results: it needs a list “tasks”, each with its “text”.",
    "Không đọc được {path}: tệp không phải JSON UTF-8. Hãy tạo lại tệp này.": "{path} cannot be read: it is no JSON in "
    "UTF-8. Make it again.",
}

_WRONG_CALLS: Mapping[str, str] = {
    "thiếu {name}.": "{name} is missing.",
    "không có tùy chọn {option}.": "there is no option {option}.",
    "không có tùy chọn {option}. Có phải {others}?": "there is no option {option}. Did you mean {others}?",
    "tùy chọn {option} cần một giá trị đi sau.": "the option {option} needs a value behind it.",
    "tùy chọn {option} không nhận giá trị.": "the option {option} takes no value.",
    "giá trị “{value}” không hợp lệ cho {name}: {wanted}.": "“{value}” is not a value of {name}: {wanted:en}.",
    "giá trị không hợp lệ cho {name}: {wanted}.": "the value of {name} is not one: {wanted:en}.",
    "cần một trong: {choices}": "it must be one of: {choices}",
    "cần số nguyên": "it must be a whole number",
    "cần số nguyên từ {least} trở lên": "it must be a whole number from {least} on",
    "thiếu lệnh.": "a command is missing.",
    "không có lệnh {name}.": "there is no command {name}.",
    "không có lệnh {name}. Có phải {others}?": "there is no command {name}. Did you mean {others}?",
    "thừa {words}. Tên tệp có dấu cách phải đặt trong ngoặc kép.": "too much was given: {words}. A file name with "
    "blanks stands in quotes.",
    "gọi lệnh chưa đúng.": "the call is wrong.",
    "Lỗi: {why}\nXem cách dùng: {command} --help": "Error: {why:en}\nFor help: {command} --help",
    "Đã dừng theo yêu cầu.": "Stopped as asked.",
}

_SETTINGS: Mapping[str, str] = {
    "Không đọc được {path}. Hãy kiểm tra tệp: văn bản UTF-8, mỗi dòng một mục dạng tên = giá trị.": "{path} cannot be "
    "read. Check it: text in UTF-8, on each line an entry of the form name = value.",
    "Tệp {path}: {what}; {hint}.": "The file {path}: {what:en}; {hint:en}.",
    "không có phần [{section}]": "there is no section [{section}]",
    "các phần có thể dùng: {names}": "sections that can be used: {names}",
    "phần [{section}] không có mục “{key}”": "the section [{section}] has no entry “{key}”",
    "các mục có thể dùng: {names}": "entries that can be used: {names}",
    "giá trị của “{key}” không hợp lệ": "“{key}” has a value that it cannot have",
    "cần {expected}": "it must be {expected:en}",
    "chữ trong ngoặc kép, dài nhất {most} ký tự": "words in quotes, at most {most} characters",
    "số ngày từ {least} đến {most}": "a number of days from {least} to {most}",
    '"{one}" hoặc "{other}"': '"{one}" or "{other}"',
    '"{one}" hoặc "{other}" hoặc "{third}"': '"{one}" or "{other}" or "{third}"',
    "năm từ {least} đến {most}": "a year from {least} to {most}",
}

_RULES: Mapping[str, str] = {
    "Không đọc được tệp quy tắc {name}: kiểm tra lại tệp.": "The file of rules {name} cannot be read: check it.",
    "Không đọc được {name}: hãy chạy lại corpus/calibrate.py --write.": "{name} cannot be read: run "
    "corpus/calibrate.py --write again.",
    "Quy tắc sai ở {name}, dòng {line}: {why}.": "A rule is wrong in {name}, line {line}: {why:en}.",
    "mỗi quy tắc phải là một nhóm khóa: giá trị": "each rule must be a group of key: value",
    "khóa lạ “{key}”": "the key “{key}” is not known",
    "thiếu khóa “{key}”": "the key “{key}” is missing",
    "khóa “{key}” phải là {shape}": "the key “{key}” must be {shape:en}",
    "danh sách trong ngoặc vuông": "a list in square brackets",
    "ngày, ví dụ 2025-07-01": "a date such as 2025-07-01",
    "mẫu không hợp lệ: {error}": "the pattern is no regular expression: {error}",
    "không đọc được ví dụ “{example}”{taken}": "the example “{example}” is not read{taken:en}",
    "; quy tắc {other} đọc trước": "; the rule {other} reads it first",
    "vẫn đọc phản ví dụ “{counter}”": "the counter-example “{counter}” is read too",
    "ví dụ “{example}” được đọc là “{read}”, không phải “{wanted}”": "the example “{example}” is read as “{read}”, not "
    "“{wanted}”",
    "ví dụ “{example}” được đọc là {read}, không phải {wanted}": "the example “{example}” is read as {read}, not "
    "{wanted}",
    "phản ví dụ “{counter}” cũng được đọc là “{read}”": "the counter-example “{counter}” is read as “{read}” too",
    "phản ví dụ “{counter}” cũng được đọc là {read}": "the counter-example “{counter}” is read as {read} too",
    "ví dụ “{example}” không chứa từ nào của danh sách": "the example “{example}” holds no word of the list",
    "ví dụ “{example}” phải không có thời gian, nhưng đọc được {shown}": "the example “{example}” must have no time, "
    "but {shown} is read",
    "ví dụ “{example}” phải là {wanted}, nhưng đọc được {read}": "the example “{example}” must be {wanted}, but {read} "
    "is read",
    "ví dụ “{example}” phải không có chu kỳ, nhưng đọc được {codes}": "the example “{example}” must have no cadence, "
    "but {codes} is read",
}

_PROFILE_FILES: Mapping[str, str] = {
    "Không đọc được mẫu xuất {name}: kiểm tra lại tệp.": "The profile {name} cannot be read: check the file.",
    "Mẫu xuất sai ở {name}, dòng {line}: {why}.": "The profile is wrong in {name}, line {line}: {why:en}.",
    "phải là một nhóm khóa: giá trị": "it must be a group of key: value",
    "khóa “{key}” viết hai lần": "the key “{key}” stands twice",
    "“{key}” phải là {what}": "“{key}” must be {what:en}",
    "chữ": "words",
    "true hoặc false": "true or false",
    "số": "a number",
    "số nguyên dương": "a whole number above 0",
    "chữ hoặc số": "words or a number",
    "một trong: {among}": "one of: {among}",
    "một hay nhiều trong: {among}": "one or more of: {among}",
    "chữ hoặc danh sách chữ": "words or a list of words",
    "danh sách": "a list",
    "tên trang: 1 đến 31 ký tự, không có [ ] : * ? / \\": "the name of a sheet: 1 to 31 characters without [ ] : * ? / "
    "\\",
    "danh sách các nhóm tên cột có trong mẫu": "a list of groups of columns of the profile",
    "dạng ngày, ví dụ dd/mm/yyyy HH:MM": "a form of dates such as dd/mm/yyyy HH:MM",
    'giờ trong ngoặc kép, ví dụ "17:00"': 'an hour in quotes such as "17:00"',
    "nhóm “giá trị của hệ thống: [chữ trong văn bản, …]”": "a group “value of the target: [words of documents, …]”",
    "“header” là {header} mà “above” có {above} dòng phía trên": "“header” is {header} and “above” has {above} lines "
    "over it",
    "hai cột cùng tên “{title}”": "two columns are named “{title}”",
    "chỉ một cột được có “rest: true”": "only one column may have “rest: true”",
    "một cột chỉ có “value” hoặc “fixed”": "a column has either “value” or “fixed”",
    "“codes” chỉ dùng cho tên đơn vị: {names}": "“codes” is for names of units only: {names}",
    "“map” không dùng cho tên đơn vị; hãy dùng “codes”": "“map” is not for names of units; use “codes”",
}

CALLS: Mapping[str, str] = {**_OPTIONS, **_WRONG_CALLS, **_SETTINGS, **_RULES, **_PROFILE_FILES}
