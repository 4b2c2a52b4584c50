"""What is told of documents: of finding, reading and mending them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DOCUMENTS"]

_KINDS: Mapping[str, str] = {
    "tệp Word (.docx)": "a Word file (.docx)",
    "tệp Word đời cũ": "an old Word file",
    "tệp Excel (.xlsx)": "an Excel file (.xlsx)",
    "tệp PDF": "a PDF file",
    "tệp ảnh": "a picture",
    "tệp nén ZIP": "a ZIP archive",
    "tệp nén 7-Zip": "a 7-Zip archive",
    "tệp nén RAR": "a RAR archive",
    "tệp nén GZIP": "a GZIP archive",
    "tệp nén kiểu Word/Excel (ZIP)": "an archive of the Word/Excel kind (ZIP)",
    "tệp Office đời cũ": "an old Office file",
    "tệp XML": "an XML file",
    "trang web lưu một tệp (.mht)": "a web page saved in one file (.mht)",
    "bài trình chiếu PowerPoint đời cũ (.ppt)": "an old PowerPoint presentation (.ppt)",
    "bài trình chiếu PowerPoint (.pptx)": "a PowerPoint presentation (.pptx)",
    "bài trình chiếu OpenDocument (.odp)": "an OpenDocument presentation (.odp)",
    "thư điện tử": "an e-mail",
    "trang web (.html)": "a web page (.html)",
    "thư Outlook (.msg)": "an Outlook message (.msg)",
    "thư điện tử (.eml)": "an e-mail (.eml)",
    "ảnh HEIC (chụp bằng điện thoại)": "a HEIC picture (taken with a phone)",
    "Bảng trong tệp Excel": "A table in the Excel file",
    "Bảng trong tệp Word": "A table in the Word file",
    "Bảng trong trang web": "A table in the web page",
    "Các trang tính đang hiện của tệp Excel này": "What is not hidden of this Excel file",
    "Tệp Excel này": "This Excel file",
    "Tệp Word này": "This Word file",
    "Tệp Word này chỉ chứa ảnh chụp văn bản,": "This Word file holds nothing but pictures of a document and",
    "Tệp PDF này": "This PDF file",
    "Tệp PDF chỉ gồm ảnh của các trang,": "This PDF file is made of pictures of pages and",
    "Tệp PDF là ảnh mà nhận dạng (OCR)": "This PDF file is a picture in which OCR found nothing: it",
    "Ảnh này": "This picture",
    "Ảnh {wide} × {high} điểm quá hẹp so với chiều dài,": "This picture of {wide} × {high} pixels is too narrow and",
    "Trang web này": "This web page",
    "Trang web này chỉ chứa ảnh,": "This web page holds nothing but pictures and",
    "Ngoài trình đơn và phần ẩn, trang web này": "Beside menus and hidden parts this web page",
}

_ADVICE: Mapping[str, str] = {
    "Hãy kiểm tra lại tệp gốc.": "Check the original file.",
    "Hãy mở bằng Word (hoặc LibreOffice) và lưu lại thành .docx.": "Open it in Word (or LibreOffice) and save it as "
    ".docx.",
    "Hãy giải nén rồi đưa các tệp bên trong vào, hoặc nén lại thành .zip.": "Unpack it and give the files in it, or "
    "pack them as .zip.",
    "Hãy chép phần cần đọc vào Word và lưu thành .docx.": "Copy what is to be read into Word and save it as .docx.",
    "Hãy lưu tệp đính kèm của thư ra riêng rồi đưa vào.": "Save the attachments as files of their own and give those.",
    "Hãy dùng dondoc convert để đọc từng tệp đính kèm.": "Use dondoc convert to read each attachment.",
    "Hãy dùng dondoc convert để đọc từng tệp bên trong.": "Use dondoc convert to read each file in it.",
    "Nếu đây là văn bản hoặc bảng tính, hãy mở bằng Word hoặc Excel rồi lưu thành .docx, .xlsx.": "If it is a document "
    "or a spreadsheet, open it in Word or Excel and save it as .docx or .xlsx.",
    "Hãy đổi sang JPEG (trên điện thoại: Cài đặt > Camera > Định dạng).": "Turn it into JPEG (on the phone: Settings > "
    "Camera > Formats).",
    "Hãy xin bản gốc có chữ.": "Ask for the original with its words.",
    "Hãy bỏ --ocr never để nhận dạng chữ từ hình, hoặc xin bản .docx.": "Leave out --ocr never to recognise the words "
    "in the picture, or ask for the .docx.",
    "Hãy quét lại rõ hơn, hoặc xin bản .docx.": "Scan it again more clearly, or ask for the .docx.",
    "Hãy cắt ảnh theo từng trang.": "Cut the picture into pages.",
    "Hãy chụp hoặc quét lại cho rõ, hoặc xin bản .docx.": "Take or scan the picture again more clearly, or ask for the "
    ".docx.",
    "Hãy bỏ ẩn trang tính cần đọc rồi lưu lại.": "Unhide the sheets that are to be read and save it.",
    "Hãy tải bản .docx hoặc .pdf của văn bản.": "Download the .docx or .pdf of the document.",
    "Hãy mở trang có nội dung văn bản rồi lưu lại, hoặc chép vào Word.": "Open the page with the document's words and "
    "save that, or copy them into Word.",
}

_FINDING: Mapping[str, str] = {
    "Không có tệp nào khớp với “{item}”. Hãy kiểm tra lại.": "No file matches “{item}”. Check it.",
    "Không mở được thư mục {where}. Hãy xin quyền đọc thư mục này.": "The folder {where} cannot be opened. Ask for the "
    "right to read it.",
    "Thư mục {folder} không có văn bản nào đọc được. Hãy kiểm tra lại đường dẫn.": "The folder {folder} holds no "
    "document that can be read. Check the path.",
    "Không tìm thấy tệp. Hãy kiểm tra lại tên và thư mục.": "There is no such file. Check its name and folder.",
    "Không có quyền đọc tệp, hoặc tệp đang bị chương trình khác khóa. Hãy đóng tệp hoặc xin quyền đọc.": "The file may "
    "not be read, or another program locks it. Close it, or ask for the right to read it.",
    "Đây là thư mục, không phải tệp. Hãy chọn tệp ở bên trong.": "This is a folder. Choose a file in it.",
    "Đây là ống dẫn hoặc thiết bị của hệ điều hành, không phải tệp. Hãy chọn tệp văn bản.": "This is a pipe or a "
    "device of the operating system, not a file. Choose a document.",
    "Hệ điều hành không đọc được tệp. Hãy chép tệp sang máy này rồi thử lại.": "The operating system cannot read the "
    "file. Copy it to this machine and try again.",
    "Tệp rỗng (0 byte). Hãy tải hoặc chép lại tệp gốc.": "The file is empty (0 bytes). Download or copy the original "
    "again.",
    "Tệp lớn hơn {most} MB. Hãy tách văn bản ra khỏi phần ảnh, bản vẽ đính kèm.": "The file is larger than {most} MB. "
    "Part the document from the pictures and drawings in it.",
    "Không nhận ra loại tệp này. Hãy dùng văn bản .docx, .pdf hoặc .txt.": "The kind of this file is not known. Use a "
    ".docx, .pdf or .txt.",
    "Đây là {label}, chương trình chưa đọc được. {advice}": "This is {label:en}, which is not read yet. {advice:en}",
    "Tệp mang đuôi {suffix} nhưng thật ra là {label}, chương trình chưa đọc được. {advice}": "The file ends in "
    "{suffix} but is {label:en}, which is not read yet. {advice:en}",
    "Tệp được đặt mật khẩu. Hãy mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi thử lại.": "The file has a password. "
    "Open it in Word or Excel, take the password away, save it and try again.",
    "Đây là tệp chứa {count} tệp khác. Hãy dùng dondoc convert để đọc từng tệp bên trong.": "This file holds {count} "
    "others. Use dondoc convert to read each of them.",
    "Tệp nén lồng nhau quá sâu. Hãy giải nén rồi đưa vào.": "Archives in archives are nested too deep. Unpack them "
    "first.",
    "Trong tệp này không có văn bản nào đọc được. Hãy kiểm tra lại.": "Nothing in this file can be read. Check it.",
    "Tệp chứa hơn {most} tệp khác. Hãy chia thành nhiều tệp nén.": "The file holds more than {most} others. Divide it "
    "into several archives.",
    "Tệp nén chứa hơn {most} văn bản hoặc 1 GB. Hãy giải nén và chia thành nhiều lần đọc.": "The archive holds more "
    "than {most} documents or 1 GB. Unpack it and read them in several runs.",
    "Tệp nén quá lớn khi giải nén, có thể là tệp độc hại. Hãy giải nén và chỉ đưa vào văn bản cần đọc.": "The archive "
    "is too large when unpacked and may be hostile. Unpack it and give the documents only.",
    "Tệp nén được đặt mật khẩu. Hãy giải nén bằng mật khẩu rồi đưa các tệp bên trong vào.": "The archive has a "
    "password. Unpack it and give the files in it.",
    "Tệp nén được đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại.": "The archive has a password. Take it away and try "
    "again.",
    "Tệp trong gói nén lớn hơn {most} MB. Hãy tách nhỏ văn bản.": "A file in the archive is larger than {most} MB. "
    "Divide the document.",
    "Tệp nén dùng kiểu nén mà chương trình chưa biết. Hãy giải nén rồi đưa các tệp bên trong vào.": "The archive is "
    "packed in a way that is not known. Unpack it and give the files in it.",
    "Thư chứa thư lồng nhau quá sâu. Hãy lưu tệp đính kèm cần đọc ra riêng rồi đưa vào.": "Mails in mails are nested "
    "too deep. Save the attachments as files of their own and give those.",
    "{name}: bỏ qua {count} mục không phải văn bản hoặc chỉ là lời thư: {names}": "{name}: passed over {count} entries "
    "that are no documents or only the words of a mail: {names}",
}

_READING: Mapping[str, str] = {
    "Đây là {what} nhưng nội dung bị hỏng hoặc thiếu (thường do tải về, chép hay gửi chưa xong). Hãy tải hoặc xin lại "
    "tệp gốc rồi thử lại.": "This is {what:en}, but broken or incomplete inside (mostly a download, copy or transfer "
    "that did not end). Get the original again and try again.",
    "Đây là {what} nhưng bên trong có khai báo thực thể XML, điều mà Word và Excel không bao giờ ghi: có thể là tệp "
    "độc hại. Hãy xin lại tệp từ nơi gửi.": "This is {what:en} with XML entities declared inside, which Word and Excel "
    "never write: it may be hostile. Ask the sender for the file again.",
    "Văn bản dài hơn {most} triệu ký tự. Hãy chỉ giữ phần cần đọc, hoặc tách nhỏ.": "The document is longer than "
    "{most} million characters. Keep what is to be read, or divide it.",
    "{what} không có chữ nào để đọc. {advice}": "{what:en} has no words to read. {advice:en}",
    "{what} quá lớn để đọc. Hãy chỉ giữ phần giao nhiệm vụ, hoặc tách thành nhiều tệp nhỏ.": "{what:en} is too large "
    "to read. Keep the part that assigns tasks, or divide it into smaller files.",
    "Tệp không có chữ nào. Hãy kiểm tra lại tệp gốc.": "The file has no words. Check the original.",
    "Tệp không có chữ nào, chỉ có khoảng trắng. Hãy kiểm tra lại tệp gốc.": "The file has nothing but blanks. Check "
    "the original.",
    "Tệp có {count} ký tự hỏng, hiện thành �. Hãy đối chiếu với bản gốc.": "The file has {count} broken characters, "
    "shown as �. Compare it with the original.",
    "Trang có {count} ký tự hỏng, hiện thành �. Hãy đối chiếu với bản gốc.": "The page has {count} broken characters, "
    "shown as �. Compare it with the original.",
    "Không nhận ra bảng mã của tệp văn bản này (không phải Unicode, TCVN3, VNI, VIQR hay Windows-1258). Hãy mở bằng "
    "Notepad hoặc Word và lưu lại với mã UTF-8.": "The encoding of this text file is not known (neither Unicode, "
    "TCVN3, VNI, VIQR nor Windows-1258). Open it in Notepad or Word and save it as UTF-8.",
    "Văn bản có chữ dùng phông hoặc bảng mã cũ (TCVN3, VNI, VIQR, Windows-1258), đã chuyển sang Unicode. Hãy đối chiếu "
    "với bản gốc.": "The document has words in an old font or encoding (TCVN3, VNI, VIQR, Windows-1258), turned into "
    "Unicode. Compare it with the original.",
    "Máy này chưa cài đủ thư viện để đọc loại tệp này. Hãy nhờ người phụ trách máy chạy `pip install \"dondoc[all]\"`; "
    "lệnh dondoc doctor cho biết còn thiếu gì.": "A library that reads such files is missing here. Have `pip install "
    "\"dondoc[all]\"` run; dondoc doctor tells what is missing.",
    "Chương trình gặp lỗi ngoài dự kiến khi đọc tệp này. Hãy thử mở và lưu lại tệp bằng Word, hoặc gửi tệp cho người "
    "phụ trách phần mềm.": "The program failed in reading this file. Open and save it in Word, or send it to who looks "
    "after the program.",
    "Chương trình gặp lỗi ngoài dự kiến ở văn bản này. Hãy gửi tệp (hoặc phần không mật) cho người phụ trách phần mềm; "
    "chạy lại với --log-json để có chi tiết.": "The program failed on this document. Send the file (or what of it is "
    "not secret) to who looks after the program; run it again with --log-json for the details.",
    "Đọc văn bản này quá lâu ({quiet} giây không tiến triển hoặc {most} giây tất cả) nên đã dừng. Hãy tách văn bản "
    "thành nhiều tệp nhỏ, hoặc mở và lưu lại rồi thử lại.": "Reading this document took too long ({quiet} seconds "
    "without progress or {most} in all) and was stopped. Divide it into smaller files, or open and save it and try "
    "again.",
    "Văn bản này cần quá {memory} MB bộ nhớ nên đã dừng. Hãy tách thành nhiều tệp nhỏ, hoặc bỏ bớt ảnh lớn.": "This "
    "document needs more than {memory} MB of memory and was stopped. Divide it into smaller files, or take large "
    "pictures out.",
    "Tiến trình đọc văn bản này bị dừng đột ngột (tệp hỏng nặng hoặc hết bộ nhớ). Hãy mở bằng Word hoặc trình đọc PDF, "
    "lưu lại rồi thử lại.": "The process that read this document died (a badly broken file, or no memory left). Open "
    "it in Word or a PDF reader, save it and try again.",
}

_WORD_AND_EXCEL: Mapping[str, str] = {
    "Văn bản còn dấu vết sửa chữa (Track Changes); đã đọc như khi chấp nhận mọi sửa đổi.": "The document has tracked "
    "changes; it was read as if all were accepted.",
    "Văn bản có sơ đồ SmartArt, chữ trong sơ đồ chưa được đọc. Hãy mở bằng Word và đối chiếu sơ đồ.": "The document "
    "has a SmartArt diagram whose words were not read. Open it in Word and look at it.",
    "Văn bản nhúng một tệp khác, phần đó chưa được đọc. Hãy mở tệp nhúng trong Word và lưu ra riêng.": "Another file "
    "is embedded in the document and was not read. Open it in Word and save it as a file of its own.",
    "Văn bản nhúng một tệp khác, phần đó chưa được đọc. Hãy mở bằng Word và lưu lại rồi thử lại.": "Another file is "
    "embedded in the document and was not read. Open the document in Word, save it and try again.",
    "Tệp Word phình quá lớn khi giải nén, có thể là tệp độc hại. Hãy xin lại tệp từ nơi gửi.": "The Word file is too "
    "large when unpacked and may be hostile. Ask the sender for it again.",
    "Văn bản Word quá dài để đọc. Hãy tách thành nhiều tệp.": "The Word document is too long to read. Divide it into "
    "several files.",
    "Loại tệp này cần LibreOffice để đọc mà máy chưa có. Hãy cài LibreOffice (Debian: apt install libreoffice-writer "
    "libreoffice-calc), hoặc mở bằng Word, Excel và lưu lại thành .docx, .xlsx.": "Reading such files needs "
    "LibreOffice, which is not installed. Install it (Debian: apt install libreoffice-writer libreoffice-calc), or "
    "open the file in Word or Excel and save it as .docx or .xlsx.",
    "LibreOffice không mở được tệp này: tệp bị hỏng, tải về chưa xong hoặc có mật khẩu. Hãy mở bằng Word hoặc Excel, "
    "bỏ mật khẩu nếu có, rồi lưu lại thành .docx hoặc .xlsx.": "LibreOffice cannot open this file: it is broken, "
    "incomplete or has a password. Open it in Word or Excel, take a password away, and save it as .docx or .xlsx.",
    "Chuyển tệp bằng LibreOffice quá {seconds} giây. Hãy mở bằng Word hoặc Excel và lưu lại thành .docx hoặc .xlsx.":
    "LibreOffice took more than {seconds} seconds over the file. Open it in Word or Excel and save it as .docx or "
    ".xlsx.",
    "Máy chưa có LibreOffice nên tệp .doc được đọc bằng {name}: mất số thứ tự tự động và ô gộp của bảng. Hãy cài "
    "LibreOffice rồi đọc lại.": "LibreOffice is not installed, so the .doc was read with {name}: automatic numbers and "
    "merged cells of tables are lost. Install LibreOffice and read it again.",
    "Đọc tệp .doc quá {seconds} giây. Hãy mở bằng Word và lưu lại thành .docx.": "Reading the .doc took more than "
    "{seconds} seconds. Open it in Word and save it as .docx.",
    "Tệp Excel được đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại.": "The Excel file has a password. Take it away and try "
    "again.",
    "Tệp Excel phình quá lớn khi giải nén. Hãy bỏ bớt ảnh, trang tính thừa hoặc xin lại tệp từ nơi gửi.": "The Excel "
    "file is too large when unpacked. Take pictures and needless sheets out, or ask the sender for it again.",
    "Đây là bảng tính Excel dạng nhị phân (.xlsb), chương trình chưa đọc được. Hãy lưu lại thành .xlsx.": "This is a "
    "binary Excel file (.xlsb), which is not read yet. Save it as .xlsx.",
    "Trang tính ẩn không được đọc: {names}. Nếu cần, hãy bỏ ẩn rồi chuyển lại.": "Hidden sheets were not read: "
    "{names}. If they are needed, unhide them and convert the file again.",
    "Trang biểu đồ hoặc macro không được đọc: {names}.": "Sheets of charts or macros were not read: {names}.",
    "Trang web lớn hơn {most} MB. Hãy chép phần văn bản vào Word và lưu thành .docx.": "The web page is larger than "
    "{most} MB. Copy the document's words into Word and save it as .docx.",
}

_PAGES: Mapping[str, str] = {
    "Tệp PDF được đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu (in lại ra PDF), rồi thử lại.": "The PDF file has a password. "
    "Open it, take the password away (print it to PDF) and try again.",
    "Tệp PDF có hình lồng trong hình quá nhiều lần, có thể là tệp độc hại. Hãy in lại ra PDF, hoặc xin lại tệp từ nơi "
    "gửi.": "The PDF file has drawings in drawings too many times over, and may be a malicious one. Print it to PDF "
    "anew, or ask the sender for it again.",
    "Tệp PDF có hơn {most} trang. Hãy tách thành nhiều tệp.": "The PDF file has more than {most} pages. Divide it into "
    "several files.",
    "Tệp hỏng ở {count} trang ({pages}), các trang đó chưa đọc được. Hãy xin lại tệp gốc.": "The file is broken in "
    "{count} pages ({pages}), which were not read. Ask for the original again.",
    "Lớp chữ của tệp PDF này không khớp với hình trang hoặc không phải tiếng Việt. Hãy bỏ --ocr never để nhận dạng chữ "
    "từ hình, hoặc xin bản .docx.": "The words behind this PDF are not those of the pages, or not Vietnamese. Leave "
    "out --ocr never to recognise the words in the picture, or ask for the .docx.",
    "Trang {page} chỉ là ảnh, chưa đọc được. {why}": "Page {page} is a picture and was not read. {why:en}",
    "Đây là ảnh chụp văn bản. Hãy bỏ --ocr never để nhận dạng chữ, hoặc xin bản .docx.": "This is a picture of a "
    "document. Leave out --ocr never to recognise its words, or ask for the .docx.",
    "Ảnh quá lớn để đọc. Hãy quét lại ở 300 dpi.": "The picture is too large to read. Scan it again at 300 dpi.",
    "Bản quét có {total} trang, quá {most} trang. Hãy tách thành nhiều tệp.": "The scan has {total} pages, more than "
    "{most}. Divide it into several files.",
    "Đã nhận dạng chữ từ ảnh ở {count} trang. Hãy đối chiếu số, ngày, tên với bản gốc.": "The words of {count} pages "
    "were recognised in pictures. Compare numbers, dates and names with the original.",
    "Trang {page} quét mờ hoặc nhiễu, chữ nhận dạng chưa chắc. Hãy đối chiếu kỹ với bản gốc.": "Page {page} is a faint "
    "or noisy scan whose words are in doubt. Compare it carefully with the original.",
    "Tesseract không nhận dạng được trang này. Hãy cài lại tesseract hoặc xin bản .docx.": "Tesseract cannot recognise "
    "this page. Install tesseract anew, or ask for the .docx.",
    "Trang quét cần tesseract để nhận dạng chữ mà máy chưa có. Hãy cài tesseract với tiếng Việt (Debian: apt install "
    "tesseract-ocr tesseract-ocr-vie).": "Scanned pages need tesseract, which is not installed. Install it with "
    "Vietnamese (Debian: apt install tesseract-ocr tesseract-ocr-vie).",
    "Tesseract trên máy chưa có dữ liệu tiếng Việt. Hãy cài thêm (Debian: apt install tesseract-ocr-vie; Windows: chép "
    "vie.traineddata vào thư mục tessdata).": "Tesseract lacks its Vietnamese data here. Install it (Debian: apt "
    "install tesseract-ocr-vie; Windows: copy vie.traineddata into the folder tessdata).",
    "Nhận dạng chữ một trang quá {seconds} giây. Hãy quét lại rõ hơn hoặc xin bản .docx.": "Recognising a page took "
    "more than {seconds} seconds. Scan it again more clearly, or ask for the .docx.",
    "Chữ nhận dạng “{read}” được hiểu là “{meant}”. Hãy đối chiếu nếu quan trọng.": "The recognised word “{read}” is "
    "taken for “{meant}”. Compare it where it matters.",
    "Phần viết tay “{text}” không đọc chắc được nên để trống. Hãy ghi số, ngày theo bản gốc.": "What is written by "
    "hand in “{text}” could not be read for certain and was left blank. Enter number and date from the original.",
}

_CONTENT: Mapping[str, str] = {
    "Văn bản đóng dấu {mark} nên không được xử lý. Chỉ dùng --allow-classified trên máy được phép xử lý tài liệu mật.":
    "The document is marked {mark} (classified) and was not processed. Use --allow-classified only on a machine that "
    "may process secret documents.",
    "Văn bản ghi DỰ THẢO. Hãy chờ bản ban hành trước khi giao việc.": "The document is marked as a draft (“DỰ THẢO”). "
    "Wait for the one that is issued before work is assigned.",
    "Số văn bản để trống hoặc không đọc được. Hãy ghi số theo bản gốc.": "The document's number is blank or cannot be "
    "read. Enter it from the original.",
}  # fmt: skip

DOCUMENTS: Mapping[str, str] = {
    **_KINDS, **_ADVICE, **_FINDING, **_READING, **_WORD_AND_EXCEL, **_PAGES, **_CONTENT,
}  # fmt: skip
