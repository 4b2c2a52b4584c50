"""What is told of outputs: files, databases, trackers that are read back, other trackers' profiles."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["OUTPUTS"]

_FILES: Mapping[str, str] = {
    "Hiện ghi được: sổ theo dõi .xlsx; bảng .csv, .jsonl, .parquet; lịch .ics; phụ lục .docx với --profile phu-luc; "
    "trang rà soát .html; thư mục JSON (đường dẫn kết thúc bằng “/”); thư mục Parquet theo tỉnh và tháng (….parquet/); "
    "cơ sở dữ liệu sqlite:///… và postgresql://….": "What can be written: a tracker .xlsx; tables .csv, .jsonl, "
    ".parquet; a calendar .ics; an annex .docx with --profile phu-luc; a review page .html; a folder of JSON (a path "
    "that ends in “/”); a folder of Parquet by province and month (….parquet/); databases sqlite:///… and postgresql://….",
    "Không vẽ được trang {page} của văn bản này. Hãy xem phần chữ, hoặc mở tệp gốc.": "Page {page} of this document "
    "cannot be drawn. Look at its text, or open the file itself.",
    "Không xóa được {path} của lần ghi trước. Hãy đóng chương trình đang mở tệp này rồi chạy lại.": "{path} of an "
    "earlier run could not be deleted. Close the program that has it open and run again.",
    "{text} là tệp, không phải thư mục. {supported}": "{text} is a file, not a folder. {supported:en}",
    "{text} là thư mục, không phải tệp {kind}. Hãy chọn tên tệp khác, hoặc viết “{text}/” để ghi JSON vào thư mục đó.":
    "{text} is a folder, not a {kind} file. Choose another file name, or write “{text}/” for JSON in that folder.",
    "Chưa hỗ trợ ghi ra “{text}”. {supported}": "“{text}” cannot be written yet. {supported:en}",
    "Để ghi {output} cần thư viện {library}. Hãy cài bằng lệnh: {command}": "Writing {output} needs the library "
    "{library}. Install it: {command}",
    "Không ghi được {path}. Hãy kiểm tra quyền ghi và dung lượng đĩa, hoặc chọn nơi khác với -o.": "{path} cannot be "
    "written. Check the right to write and the space on the disk, or choose another place with -o.",
    "Không đọc được sổ theo dõi đã có {path}. Hãy kiểm tra quyền đọc, hoặc chọn nơi ghi khác với -o.": "The tracker "
    "{path} that is there cannot be read. Check the right to read it, or choose another place with -o.",
    "Báo cáo 6 rõ chỉ ghi được ra tệp .xlsx, không ghi được ra “{path}”; để có JSON hãy dùng --json.": "The report of "
    "the six clarities is an .xlsx file and cannot be written to “{path}”; for JSON use --json.",
    "Một lượt chạy khác đang ghi vào cùng nơi này ({name}). Hãy chờ lượt đó xong (xem bằng: dondoc runs list), "
    "hoặc chọn nơi ghi khác với -o.": "Another run is writing to the same place ({name}). Wait until it is done "
    "(see: dondoc runs list), or choose another place with -o.",
    "Không lập được nhật ký {name} cạnh kết quả. Nếu bị dừng giữa chừng, lượt chạy này phải đọc lại từ đầu.": "The "
    "journal {name} cannot be made beside the output. Where this run is stopped, it begins anew.",
    "Nhật ký {name} bị hỏng hoặc bị sửa nên không dùng được: đã giữ lại với tên {kept} và đọc lại từ đầu.": "The "
    "journal {name} is damaged or was changed and cannot be used: it is kept as {kept}, and all is read anew.",
    "Không ghi được nhật ký {path}. Hãy kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại đúng lệnh này: những "
    "văn bản đã đọc xong không phải đọc lại.": "The journal {path} cannot be written. Check the space on the disk "
    "and the right to write, then run the same command: what has been read is not read again.",
    "Kết quả của {name} trong nhật ký bị hỏng nên văn bản này được đọc lại.": "The result of {name} in the journal "
    "is damaged, and the document is read again.",
    "Một kết quả trong nhật ký bị hỏng. Hãy xóa tệp nhật ký (.dondoc-….sqlite) rồi chạy lại.": "A result in the "
    "journal is damaged. Remove the journal (.dondoc-….sqlite) and run again.",
    "Không đọc được nhật ký {path}: tệp bị hỏng, bị khóa hoặc do phiên bản khác tạo ra. Hãy chạy lại lệnh dondoc "
    "convert; nhật ký hỏng được giữ lại với tên khác.": "The journal {path} cannot be read: it is damaged, locked "
    "or of another version. Run dondoc convert again; a damaged journal is kept under another name.",
    "Không có lượt chạy nào được ghi lại ở {path}. Hãy nêu thư mục có kết quả, hoặc chính kết quả đó. Lượt chạy ít "
    "văn bản (đến 20) không được ghi lại.": "No run is remembered at {path}. Name the folder of the output, or the "
    "output itself. Runs of few documents (up to 20) are not remembered.",
}  # fmt: skip

_FORMS = "sqlite:///tệp.db hoặc postgresql://người_dùng:mật_khẩu@máy_chủ/tên_cơ_sở_dữ_liệu"
_DATABASES: Mapping[str, str] = {
    _FORMS: "sqlite:///file.db or postgresql://user:password@server/database",
    "Chưa hỗ trợ cơ sở dữ liệu {named}. Hãy dùng {forms}.": "The database {named:en} cannot be used. Use {forms:en}.",
    "này": "named there",
    "“{text}” không phải địa chỉ cơ sở dữ liệu. Hãy dùng {forms}.": "“{text}” is no address of a database. Use "
    "{forms:en}.",
    "Chữ đã gõ không phải địa chỉ cơ sở dữ liệu. Hãy dùng {forms}.": "What was typed is no address of a database. Use "
    "{forms:en}.",
    "“{text}” là tên tệp, không phải địa chỉ cơ sở dữ liệu. Hãy viết sqlite:///{text}": "“{text}” is the name of a "
    "file, not the address of a database. Write sqlite:///{text}",
    "Chưa có thư viện cơ sở dữ liệu. Hãy cài: {command}": "The libraries for databases are missing. Install them: "
    "{command}",
    "Địa chỉ {scheme}://… viết chưa đúng. Hãy dùng {forms}; ký tự đặc biệt trong mật khẩu viết dạng %40 (@), %2F (/), "
    "%3A (:).": "The address {scheme}://… is written wrongly. Use {forms:en}; special characters in a password are "
    "written %40 (@), %2F (/), %3A (:).",
    "Địa chỉ cơ sở dữ liệu không nhận tham số sau dấu “?”. Hãy dùng {forms}.": "An address of a database takes no "
    "parameters behind “?”. Use {forms:en}.",
    "Hãy ghi tên tệp của cơ sở dữ liệu SQLite sau ba dấu “/”, ví dụ sqlite:///nhiem-vu.db.": "The file of an SQLite "
    "database stands behind three “/”, such as sqlite:///tasks.db.",
    "Địa chỉ postgresql://… còn thiếu người dùng, máy chủ hoặc tên cơ sở dữ liệu. Hãy dùng {forms}.": "The address "
    "postgresql://… lacks the user, the server or the name of the database. Use {forms:en}.",
    "Chưa có cơ sở dữ liệu {address}. Hãy tạo bằng: dondoc convert VĂN_BẢN -o {address}": "There is no database "
    "{address}. Make it: dondoc convert DOCUMENT -o {address}",
    "{address} chưa có bảng nào của dondoc. Hãy tạo bằng: dondoc convert VĂN_BẢN -o {address}": "{address} has no "
    "tables of dondoc. Make them: dondoc convert DOCUMENT -o {address}",
    "{address} do phiên bản cũ tạo ra. Hãy chạy dondoc convert VĂN_BẢN -o {address} để nâng cấp.": "{address} was made "
    "by an older version. Run dondoc convert DOCUMENT -o {address} to bring it up to date.",
    "Cơ sở dữ liệu do phiên bản dondoc mới hơn tạo ra. Hãy nâng cấp dondoc trên máy này.": "The database was made by a "
    "newer version of dondoc. Bring dondoc on this machine up to date.",
    "Cơ sở dữ liệu đã có bảng cùng tên của chương trình khác: {names}. Hãy dùng cơ sở dữ liệu riêng.": "The database "
    "has tables of these names that are another program's: {names}. Use a database of its own.",
    "Không dùng được cơ sở dữ liệu {address}. {reason}": "The database {address} cannot be used. {reason:en}",
    "Hãy kiểm tra lại địa chỉ, mạng và máy chủ.": "Check the address, the network and the server.",
    "Chạy lại với --log-json để xem chi tiết và gửi cho người quản trị.": "Run it again with --log-json for the "
    "details, and send them to who looks after the server.",
    "Máy chủ không nhận tên người dùng hoặc mật khẩu. Hãy kiểm tra lại.": "The server refuses the user or the "
    "password. Check them.",
    "Máy chủ không có cơ sở dữ liệu tên này. Hãy tạo nó trước (createdb) hoặc sửa địa chỉ.": "The server has no "
    "database of that name. Make it first (createdb), or mend the address.",
    "Người dùng này chưa được quyền ghi. Hãy xin quyền tạo bảng và ghi.": "This user may not write. Ask for the right "
    "to make tables and to write.",
    "Cơ sở dữ liệu đang bận vì một lần ghi khác. Hãy thử lại sau ít phút.": "The database is busy with another "
    "writer. Try again in a few minutes.",
    "Tệp này không phải cơ sở dữ liệu SQLite. Hãy chọn tên tệp khác.": "The file is no SQLite database. Choose another "
    "name.",
    "Tệp cơ sở dữ liệu bị hỏng. Hãy lấy bản sao lưu hoặc chọn tên tệp khác.": "The file of the database is broken. "
    "Take a copy, or choose another name.",
    "Không mở được tệp này. Hãy kiểm tra đường dẫn và quyền ghi thư mục.": "The file cannot be opened. Check the path "
    "and the right to write into the folder.",
    "Tệp này không ghi được. Hãy kiểm tra quyền ghi của tệp và thư mục.": "The file cannot be written. Check the right "
    "to write to the file and the folder.",
    "Đĩa đã đầy. Hãy giải phóng dung lượng rồi chạy lại.": "The disk is full. Make room and run it again.",
}

_TRACKERS: Mapping[str, str] = {
    "Không mở được {path}. Hãy kiểm tra tên tệp và quyền đọc.": "{path} cannot be opened. Check the name and the right "
    "to read it.",
    "{name} không phải sổ .xlsx: dondoc status chỉ đọc sổ theo dõi mà dondoc convert đã lập.": "{name} is no .xlsx: "
    "dondoc status reads trackers that dondoc convert has made.",
    "{name} không phải sổ theo dõi: không trang nào có cột “{text}” và “{state}” (Task, State).": "{name} is no "
    "tracker: no sheet has the columns Task and State (“{text}” and “{state}”).",
}

_PROFILES: Mapping[str, str] = {
    "Mẫu {name} ghi ra tệp {formats}. Hãy nêu tệp với -o.": "The profile {name} is written to {formats} files. Name "
    "one with -o.",
    "Mẫu {name} ghi ra {formats}, không ghi được ra “{path}”.": "The profile {name} is written to {formats}, not to "
    "“{path}”.",
    "Mẫu {name} ghi đơn vị bằng mã. Hãy thêm --codes TỆP.csv với các cột ma, ten, loai.": "The profile {name} writes "
    "units by code. Add --codes FILE.csv with the columns ma, ten, loai.",
    "Mẫu {name} ghi đơn vị bằng tên, không dùng --codes.": "The profile {name} writes units by name and uses no "
    "--codes.",
    "Không có mẫu xuất “{name}”. Các mẫu hiện có: {names}.": "There is no profile “{name}”. There are: {names}.",
    "Chưa ghi {path}: hệ thống đích sẽ trả lại cả tệp vì {count} lỗi.\n{rows}": "{path} was not written: the target "
    "would hand the whole file back for {count} errors.\n{rows:en}",
    "Dòng {line} ({document}, mục {section}: “{text}”): cột “{column}”: {why}.": "Line {line} ({document}, section "
    "{section}: “{text}”): column “{column}”: {why:en}.",
    "Dòng {line} ({document}: “{text}”): cột “{column}”: {why}.": "Line {line} ({document}: “{text}”): column "
    "“{column}”: {why:en}.",
    "Dòng {line} ({document}, mục {section}: “{text}”): {why}.": "Line {line} ({document}, section {section}: "
    "“{text}”): {why:en}.",
    "Dòng {line} ({document}: “{text}”): {why}.": "Line {line} ({document}: “{text}”): {why:en}.",
    "bắt buộc phải có mà văn bản không nêu": "it must be filled, and the document does not say it",
    "phải có {names} mà văn bản không nêu": "{names:en} must be filled, and the document does not say it",
    "“{one}” hoặc “{other}”": "“{one}” or “{other}”",
    "“{one}” hoặc “{other}” hoặc “{third}”": "“{one}” or “{other}” or “{third}”",
    "mỗi tệp chỉ được {most} dòng mà có {count}; hãy chuyển ít văn bản hơn trong một lần": "a file may hold {most} "
    "rows and there are {count}; convert fewer documents at a time",
    "“{unit}” khớp nhiều mã trong {file}: {found}": "“{unit}” fits several codes in {file}: {found}",
    "“{unit}” chưa có mã trong {file}": "“{unit}” has no code in {file}",
    "hệ thống không có giá trị cho “{value}”": "the target has no value for “{value}”",
    "hạn {day} không nêu giờ mà hệ thống đòi ngày và giờ": "the deadline {day} names no hour, and the target asks for "
    "day and hour",
    "{value} nằm ngoài khoảng {least} đến {most}": "{value} is not from {least} to {most}",
    "… và {count} lỗi khác.": "… and {count} more.",
    "Tên cần thêm vào {codes}: {names}.": "Names to be added to {codes}: {names}.",
    "Với điều văn bản không nêu, có thể đặt giá trị mặc định: chép mẫu vào thư mục profiles/ của --rules rồi thêm "
    "“default: …” cho cột.": "What documents do not say may have a default: copy the profile into the folder profiles/ "
    "of --rules and add “default: …” to the column.",
    "Không đọc được bảng mã {path}. Hãy kiểm tra --codes.": "The table of codes {path} cannot be read. Check --codes.",
    "Bảng mã {name} không phải UTF-8. Trong Excel hãy lưu lại dạng “CSV UTF-8”.": "The table of codes {name} is not "
    "UTF-8. In Excel save it as “CSV UTF-8”.",
    "Bảng mã sai ở {name}, dòng {line}: {why}.": "The table of codes is wrong in {name}, line {line}: {why:en}.",
    "thiếu cột {names}; dòng đầu phải là ma,ten,loai": "missing columns {names}; the first line must be ma,ten,loai",
    "không đọc được ({error})": "it cannot be read ({error})",
    "thiếu giá trị ở cột {name}": "the column {name} is empty",
    "“{name}” đã có mã khác ở dòng {there}": "“{name}” has another code in line {there}",
}

OUTPUTS: Mapping[str, str] = {**_FILES, **_DATABASES, **_TRACKERS, **_PROFILES}
