"""What is told by the pages of the server, and of starting it."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SERVING"]

_REFUSED: Mapping[str, str] = {
    "Yêu cầu viết chưa đúng. Hãy quay lại trang trước và thử lại.": "The request is not well formed. Go back and try "
    "again.",
    "Không có trang này. Có thể văn bản đã được đọc lại; hãy mở từ danh sách văn bản.": "There is no such page. The "
    "document may have been read again; open it from the list of documents.",
    "Trang này không nhận cách gọi như vậy. Hãy mở từ thanh mục ở đầu trang.": "This page cannot be called like that. "
    "Open it from the navigation.",
    "Dữ liệu gửi lên quá lớn. Hãy gửi ít tệp hơn mỗi lần.": "Too much was sent. Send fewer files at a time.",
    "Có ô ghi chưa đúng. Hãy xem lại các ô vừa nhập.": "A field is not right. Look at what was entered.",
    "Máy chủ gặp lỗi nên việc này chưa xong. Dữ liệu đã lưu vẫn còn; hãy tải lại trang rồi thử lại.": "The server "
    "met an error and this is not done. What was saved is still there; reload the page and try again.",
    "Cơ sở dữ liệu đang bận hoặc chưa mở được. Hãy thử lại sau ít phút, hoặc báo người quản trị.": "The database is "
    "busy or cannot be opened. Try again in a few minutes, or tell the admin.",
    "Trang này đã mở từ trước và không còn hiệu lực, nên chưa có gì được ghi. Hãy tải lại trang rồi làm lại.": "This "
    "page was opened before and is no longer valid, so nothing was written. Reload it and do it again.",
    "Cần đăng nhập để xem trang này.": "Log in to see this page.",
    "Bảng mã lớn hơn {size} MB. Hãy chỉ giữ các dòng đơn vị cần dùng rồi gửi lại.": "The table of codes is larger than "
    "{size} MB. Keep only the units that are needed, then send it again.",
    "Mẫu này ghi đơn vị bằng mã. Hãy gọi POST và gửi kèm bảng mã `codes`: tệp CSV có các cột ma, ten, loai.": "This "
    "profile writes units by codes. Call POST with a table `codes`: a CSV file with the columns ma, ten, loai.",
    "Người khác vừa ghi trạng thái của nhiệm vụ này nên chưa ghi gì. Hãy xem trạng thái hiện nay rồi gửi lại.": ""
    "Somebody else has just written the state of this task, so nothing was written. Look at it now, then send again.",
    "Mật khẩu hiện nay chưa đúng nên chưa đổi. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock.": "The password of "
    "now is not right, so nothing was changed. Check the keyboard's input method and Caps Lock.",
    "Hai lần nhập mật khẩu mới không giống nhau nên chưa ghi gì. Hãy nhập lại.": "The new password was typed in two "
    "different ways, so nothing was saved. Type it again.",
    "Cần đăng nhập nên chưa làm gì. Hãy đăng nhập ở cửa sổ mới rồi làm tiếp ở đây.": "A login is needed, so "
    "nothing was done. Log in in a new window, then go on here.",
    "Tài khoản này chưa được quyền làm việc đó. Hãy nhờ người quản trị cấp quyền.": "This account may not do that. Ask "
    "an admin for the right.",
    "Máy chủ không nhận yêu cầu gửi tới tên này. Hãy mở bằng địa chỉ mà dondoc serve đã in ra.": "The server does not "
    "answer to this name. Open the address that dondoc serve has printed.",
    "Yêu cầu này đi qua một chương trình trung gian, mà máy chủ đang chạy cho riêng máy này nên không có đăng nhập. "
    "Hãy chạy lại và nêu tên mà mọi người gõ: dondoc serve --host 127.0.0.1 --host TÊN": "This request comes through a "
    "program in between, and the server runs for this machine alone, without a login. Start it again with the name "
    "that people type: dondoc serve --host 127.0.0.1 --host NAME",
    "Yêu cầu này đến từ một trang web khác nên không được thực hiện.": "This request comes from another site and was "
    "not carried out.",
    "Tệp “{name}” lớn hơn {most} MB. Hãy chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại.": "The file “{name}” is larger "
    "than {most} MB. Split it, or make the pictures in it smaller, and send it again.",
}

_REVIEW: Mapping[str, str] = {
    "Không có nhiệm vụ này trong văn bản. Hãy tải lại trang để xem các dòng hiện nay.": "The document has no such "
    "task. Reload the page to see the rows of now.",
    "Tệp gốc của văn bản này không còn trên máy chủ. Hãy xem phần chữ, hoặc gửi lại tệp.": "The file of this document "
    "is no longer on the server. Look at its text, or send the file again.",
    "Chưa có chỗ tách nào. Hãy đặt con trỏ vào chỗ bắt đầu nhiệm vụ sau rồi bấm Enter.": "There is no place to split "
    "at. Put the cursor where the next task begins and press Enter.",
    "Dòng này không có dòng nào ở trên để gộp vào. Hãy chọn dòng đứng sau.": "There is no row above this one to merge "
    "with. Choose the row behind it.",
    "Không còn việc nào của bạn ở văn bản này để hoàn tác.": "There is nothing of yours in this document to undo.",
}

_PEOPLE: Mapping[str, str] = {
    "Đã thử sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu.": "Too many "
    "wrong attempts. Wait 15 minutes and try again, or ask an admin for a new password.",
    "Tên hoặc mật khẩu chưa đúng. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.": "The name or the "
    "password is wrong. Check the input method and Caps Lock, then try again.",
    "Trên máy này không cần đăng nhập nên không có mật khẩu để đổi.": "No login is needed on this machine, so there is "
    "no password to change.",
    "Không tự khóa hoặc đổi quyền của chính mình được. Hãy nhờ một người quản trị khác.": "Nobody can shut himself out "
    "or change his own role. Ask another admin.",
}

_STARTING: Mapping[str, str] = {
    "--host {host} nhận kết nối từ mọi nơi, nên cần thêm tên hoặc địa chỉ mà mọi người gõ để vào, ví dụ: --host {host} "
    "--host dondoc.coquan.vn": "--host {host} takes connections from everywhere, so name what people type to come in, "
    "such as: --host {host} --host dondoc.coquan.vn",
    "Máy khác vào được thì phải đăng nhập, mà chưa có người quản trị nào. Hãy thêm trước: dondoc users add TÊN --role "
    "admin --db {db}": "Where others may come they have to log in, and there is no admin yet. Add one first: dondoc "
    "users add NAME --role admin --db {db}",
    "Không mở được cổng {port} trên {host}. Hãy chọn cổng khác với --port hoặc sửa --host.": "The port {port} on "
    "{host} cannot be opened. Choose another with --port, or change --host.",
    'Chưa có thư viện của máy chủ. Hãy cài: pip install "dondoc[serve]"': "The libraries of the server are missing. "
    'Install them: pip install "dondoc[serve]"',
}

_STORE: Mapping[str, str] = {
    "Đã có người dùng “{name}”. Hãy chọn tên khác.": "There is a user “{name}” already. Choose another name.",
    "Không có người dùng “{name}”. Hãy kiểm tra lại tên.": "There is no user “{name}”. Check the name.",
    "Đây là người quản trị cuối cùng. Hãy giao quyền quản trị cho một người khác trước.": "This is the last admin. "
    "Make somebody else an admin first.",
    "Mật khẩu cần từ {least} đến {most} ký tự. Hãy chọn một câu ngắn dễ nhớ.": "A password needs {least} to {most} "
    "characters. Choose a short sentence that is easy to remember.",
    "Tên người dùng cần từ 1 đến {most} ký tự và không có ký tự điều khiển. Hãy chọn tên khác.": "The name of a user "
    "needs 1 to {most} characters, and no control characters. Choose another one.",
    "Không có quyền “{role}”. Hãy chọn {roles}.": "There is no role “{role}”. Choose one of {roles}.",
    "{name} vừa sửa nhiệm vụ này. Hãy xem nội dung mới rồi sửa tiếp nếu cần; chưa ghi gì của bạn.": "{name} has just "
    "changed this task. Look at what it says now and go on if need be; nothing of yours was written.",
    "Không có loại sửa này. Hãy tải lại trang rồi thử lại.": "There is no such correction. Reload the page and try "
    "again.",
    "Văn bản này chưa có trong cơ sở dữ liệu ở dạng sửa được. Hãy đưa tệp vào đọc lại rồi sửa.": "The database does "
    "not hold this document in a form that can be corrected. Send the file to be read again, then correct it.",
    "Lần sửa này không còn thiếu dòng nào, nên không đặt vào dòng khác được. Hãy tải lại trang.": "This correction "
    "lacks no row any more, so it cannot be put on another one. Reload the page.",
    "Lần sửa này thuộc loại khác nên không đặt như vậy được. Hãy tải lại trang rồi đặt lại.": "This correction is of "
    "another kind, so it cannot be put like that. Reload the page and put it again.",
    "Lần sửa này đã được hoàn tác hoặc không có. Hãy tải lại trang để xem các lần sửa.": "This correction was undone "
    "already, or there is none such. Reload the page to see the corrections.",
    "Không còn thấy nhiệm vụ này trong văn bản. Hãy tải lại trang rồi sửa lại.": "This task is no longer found in the "
    "document. Reload the page and correct it again.",
}

_READING: Mapping[str, str] = {
    "Văn bản này đóng dấu mật nên máy chủ không nhận và đã xóa tệp. Chỉ xử lý tài liệu mật trên máy được phép, theo "
    "quy định về bảo vệ bí mật nhà nước.": "This document is marked as classified: the server does not take it and has "
    "deleted the file. Work on classified documents only where that is permitted, as the rules on state secrets say.",
    "Máy chủ gặp lỗi khi đọc tệp này. Hãy bấm “Đọc lại”; nếu vẫn vậy, hãy báo người phụ trách phần mềm.": "The server "
    "met an error while it read this file. Press “Read again”; if that does not help, tell who keeps the software.",
    "Máy chủ đã hai lần dừng đột ngột trong khi đọc tệp này nên không tự đọc nữa. Hãy mở tệp, lưu lại hoặc chia nhỏ "
    "rồi gửi lại; muốn thử lần nữa, hãy bấm “Đọc lại”.": "The server has died twice while it read this file, so it is "
    "not read by itself any more. Open the file and save it anew, or split it, and send it again; to try once more, "
    "press “Read again”.",
    "Máy chủ khác đã nhận đọc tệp này.": "Another server has taken this file over.",
    "Không đọc được {name}: {message}": "{name} could not be read: {message:en}",
    "… và {count} mục khác trong tệp nén.": "… and {count} more in the archive.",
    "Đang có quá nhiều trang theo dõi việc đọc. Hãy đóng bớt thẻ trình duyệt rồi tải lại trang.": "Too many pages are "
    "following the queue. Close some tabs, then reload the page.",
    "Tệp này không còn trên máy chủ hoặc đang được đọc. Hãy tải lại trang; nếu cần, hãy gửi lại tệp.": "This file is "
    "no longer on the server, or is being read. Reload the page; send the file again if needed.",
}

_TASKS: Mapping[str, str] = {
    "Chưa chọn nhiệm vụ nào. Hãy đánh dấu ở đầu các dòng rồi ghi lại.": "No task is chosen. Tick the rows and save "
    "again.",
    "Nhiệm vụ này không còn trong sổ: văn bản vừa được đọc hoặc sửa lại. Hãy tải lại trang rồi chọn lại.": "This task "
    "is no longer in the register: its document was just read again or corrected. Reload the page and choose again.",
    "“{typed}” không phải số nguyên từ 0 đến 100. Hãy sửa ô % hoàn thành.": "“{typed}” is no whole number from 0 to "
    "100. Correct the field % done.",
    "“{typed}” không phải một ngày. Hãy sửa ô ngày hoàn thành.": "“{typed}” is no day. Correct the field Done on.",
    "Có {count} nhiệm vụ, nhiều hơn {most} của một tệp. Hãy lọc bớt rồi xuất lại.": "There are {count} tasks, more "
    "than the {most} of one file. Filter and export again.",
    "Không có định dạng “{kind}”. Các định dạng hiện có: {kinds}.": "There is no format “{kind}”. There are: {kinds}.",
    "Máy chủ chưa tính được “6 rõ” của toàn bộ nhiệm vụ. Hãy tải lại trang sau ít phút.": "The server could not put "
    "the six questions to all tasks. Reload the page in a few minutes.",
    "Máy chủ đang tạo nhiều tệp khác. Hãy thử lại sau ít phút.": "The server is making many other files. Try again in "
    "a few minutes.",
    "Máy chủ không tạo được tệp này: việc tạo quá lâu hoặc quá lớn. Hãy lọc bớt nhiệm vụ rồi xuất lại.": "The server "
    "could not make this file: it takes too long or too much. Filter for fewer tasks and export again.",
    "Máy chủ không so sánh được các văn bản này. Hãy thử lại với ít văn bản hơn bằng lệnh dondoc compare.": "The "
    "server could not compare these documents. Try fewer of them with the command dondoc compare.",
}

_API: Mapping[str, str] = {
    "Hãy gọi với mã truy cập: Authorization: Bearer …. Người quản trị tạo mã ở trang Người dùng.": "Call with a token: "
    "Authorization: Bearer …. An admin makes one on the page of the users.",
    "Không có lần gửi tệp này. Hãy kiểm tra lại số của nó.": "There is no such upload. Check its number.",
    "Không có văn bản này. Có thể văn bản đã được đọc lại; hãy xem danh sách văn bản.": "There is no such document. It "
    "may have been read again; see the list of documents.",
    "Không có nhiệm vụ này: văn bản có thể vừa được đọc hoặc sửa lại. Hãy lấy lại danh sách nhiệm vụ.": "There is no "
    "such task: its document may just have been read again or corrected. Get the list of tasks again.",
    "Không có nhiệm vụ này trong văn bản. Hãy lấy lại danh sách nhiệm vụ của văn bản.": "There is no such task in the "
    "document. Get its tasks again.",
    "Chưa có giá trị nào để sửa. Hãy gửi ít nhất một trường.": "There is no value to change. Send one field at least.",
    "Giá trị của trường “{name}” chưa đúng. Hãy xem kiểu của trường này trong tài liệu API.": "The value of the field "
    "“{name}” is not right. See what the field holds in the description of the API.",
    "Đoạn được chọn không có chữ nào. Hãy chọn lại trong phạm vi của văn bản.": "There are no words at this place. "
    "Choose one within the document.",
    "Văn bản vừa được đọc lại nên chưa ghi gì. Hãy lấy lại các nhiệm vụ của văn bản rồi sửa.": "The document has just "
    "been read again, so nothing was written. Get its tasks again, then correct them.",
    "Không có mã truy cập này, hoặc mã đã bị thu hồi.": "There is no such token, or it was revoked before.",
    "Mã truy cập chỉ do người quản trị tạo khi đăng nhập, không tạo được bằng một mã khác.": "A token is made by an "
    "admin who is logged in, and not by means of another token.",
    "Tên của mã truy cập cần từ 1 đến {most} ký tự. Hãy ghi mã dùng cho việc gì.": "The name of a token needs 1 to "
    "{most} characters. Say what it is for.",
}

SERVING: Mapping[str, str] = {**_API, **_READING, **_REFUSED, **_REVIEW, **_PEOPLE, **_STARTING, **_STORE, **_TASKS}
