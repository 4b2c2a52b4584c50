"""The words of the sheet `Cài đặt`, in Vietnamese and in English, and the names of its cells."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DAYS_OFF", "LETTERHEAD", "NAME", "REMARKS", "SUPERIOR", "TEXTS", "TODAY", "WARNING_DAYS", "YEAR"]

# The same in every language, for formulas and for other programs.
NAME, SUPERIOR, LETTERHEAD = "TenCoQuan", "CoQuanCapTren", "TheThuc"
WARNING_DAYS, TODAY, YEAR, DAYS_OFF = "SoNgayCanhBao", "HomNay", "NamLich", "NgayNghi"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "sheet": "Cài đặt",
        "title": "CÀI ĐẶT",
        "what": "Mục",
        "value": "Giá trị",
        "remark": "Dùng để làm gì",
        "state": "Nhà nước",
        "party": "Đảng",
        "keep": "Giữ nguyên",
        "before": "Ngày làm việc liền trước",
        "after": "Ngày làm việc liền sau",
        NAME: "Tên cơ quan",
        SUPERIOR: "Cơ quan cấp trên",
        LETTERHEAD: "Thể thức",
        WARNING_DAYS: "Cảnh báo trước hạn, ngày",
        TODAY: "Hôm nay",
        YEAR: "Năm của lịch",
        DAYS_OFF: "Hạn rơi vào ngày nghỉ",
        "choose": "Hãy chọn một giá trị trong danh sách.",
        "days": "Hãy nhập số nguyên từ 0 đến 365.",
        "date": "Hãy nhập một ngày, ví dụ 15/11/2026, hoặc =TODAY().",
        "whole-year": "Hãy nhập năm, từ 1990 đến 2100.",
    },
    "en": {
        "sheet": "Settings",
        "title": "SETTINGS",
        "what": "Setting",
        "value": "Value",
        "remark": "What it is for",
        "state": "State",
        "party": "Party",
        "keep": "Kept",
        "before": "Working day before",
        "after": "Working day after",
        NAME: "Name of the office",
        SUPERIOR: "Body above it",
        LETTERHEAD: "Letterhead",
        WARNING_DAYS: "Warning, days before the deadline",
        TODAY: "Today",
        YEAR: "Year of the calendar",
        DAYS_OFF: "Dates on days off",
        "choose": "Choose a value from the list.",
        "days": "Enter a whole number from 0 to 365.",
        "date": "Enter a date, such as 15/11/2026, or =TODAY().",
        "whole-year": "Enter a year from 1990 to 2100.",
    },
}

# What each cell is for.
REMARKS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        NAME: "Ghi ở đầu trang Tổng hợp. Để ghi cả ở đầu các trang in khác, đặt trong tệp dondoc.toml cạnh sổ này: mục "
        "name của phần [office].",
        SUPERIOR: "Ghi trên tên cơ quan. Trong dondoc.toml: mục superior của phần [office].",
        LETTERHEAD: "Nhà nước: Quốc hiệu và Tiêu ngữ; Đảng: tiêu đề của văn bản Đảng. Trong dondoc.toml: mục "
        "letterhead của phần [office], giá trị state hoặc party.",
        WARNING_DAYS: "Từ số ngày này trước thời hạn, nhiệm vụ được coi là sắp đến hạn. Sửa ở đây là các "
        "trang tính lại.",
        TODAY: "Tình trạng tính đến ngày này. Muốn xem vào một ngày khác thì gõ ngày đó; muốn trở lại "
        "thì gõ =TODAY().",
        YEAR: "Năm của bảng theo tháng ở trang Tổng hợp; sửa ở đây là bảng tính lại. Trang Lịch được lập cho năm này "
        "khi ghi sổ; để lập cho năm khác: mục year của phần [calendar] trong dondoc.toml.",
        DAYS_OFF: "Cách trang Lịch đã xếp các ngày rơi vào thứ Bảy, Chủ nhật, ngày lễ. Để đổi: mục days-off của phần "
        "[calendar] trong dondoc.toml, giá trị keep, before hoặc after.",
    },
    "en": {
        NAME: "Stands at the top of the summary. For the headers of the printed pages set it in the file dondoc.toml "
        "beside this workbook: name in [office].",
        SUPERIOR: "Stands above the office's name. In dondoc.toml: superior in [office].",
        LETTERHEAD: "State: the national title and motto; Party: the Party's title. In dondoc.toml: letterhead in "
        "[office], state or party.",
        WARNING_DAYS: "From so many days before its deadline a task is due soon. All sheets follow a change.",
        TODAY: "Situations are those of this day. Type another day to see them then; type =TODAY() to come back.",
        YEAR: "Year of the table by month in the summary, which follows a change. The calendar was made for it when "
        "the workbook was written; for another: year in [calendar] of dondoc.toml.",
        DAYS_OFF: "What the calendar did with dates on weekends and holidays. To change it: days-off in [calendar] of "
        "dondoc.toml: keep, before or after.",
    },
}
