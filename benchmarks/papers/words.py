"""The words of made documents. Places and people are made up; bodies are those that a commune or province has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of work: its name, what is listed, looked after and counted in it, who is taught, what is inspected."""

    name: str
    things: tuple[str, ...]
    people: tuple[str, ...]
    sites: tuple[str, ...]
    goals: tuple[str, ...]


TOPICS = (
    Topic(
        "chuyển đổi số",
        ("máy tính, máy quét tại nơi tiếp nhận hồ sơ", "tài khoản định danh điện tử", "sổ hộ tịch cần số hóa",
         "điểm phát sóng yếu"),
        ("thành viên Tổ công nghệ số cộng đồng", "hộ kinh doanh", "người cao tuổi"),
        ("điểm tiếp nhận hồ sơ", "nhà văn hóa thôn", "cửa hàng"),
        ("hồ sơ dịch vụ công được nộp qua mạng", "văn bản đi được ký số", "hộ kinh doanh dùng hóa đơn điện tử"),
    ),
    Topic(
        "phòng cháy, chữa cháy",
        ("phương tiện chữa cháy tại chỗ", "nguồn nước phục vụ chữa cháy", "nhà ở kết hợp kinh doanh",
         "lối thoát nạn bị che chắn"),
        ("chủ nhà trọ", "đội viên dân phòng", "tiểu thương"),
        ("cơ sở sản xuất", "chợ", "kho hàng"),
        ("hộ gia đình có bình chữa cháy", "cơ sở ký cam kết về phòng cháy", "khu dân cư có tổ liên gia an toàn"),
    ),
    Topic(
        "an toàn thực phẩm",
        ("cơ sở giết mổ nhỏ lẻ", "bếp ăn tập thể", "điểm bán thức ăn đường phố", "hộ trồng rau"),
        ("người trực tiếp chế biến", "chủ cơ sở", "cán bộ y tế thôn"),
        ("bếp ăn bán trú", "quán ăn", "cơ sở chế biến"),
        ("cơ sở được cấp giấy chứng nhận", "bếp ăn trường học được kiểm tra", "mẫu rau đạt yêu cầu"),
    ),
    Topic(
        "giảm nghèo bền vững",
        ("hộ nghèo, hộ cận nghèo", "nhà ở dột nát", "lao động chưa có việc làm", "hộ thiếu nước sinh hoạt"),
        ("lao động nông thôn", "phụ nữ làm chủ hộ", "cán bộ làm công tác giảm nghèo"),
        ("mô hình sinh kế", "tổ vay vốn", "cơ sở dạy nghề"),
        ("người nghèo có thẻ bảo hiểm y tế", "hộ nghèo được vay vốn", "trẻ em nghèo được đến trường"),
    ),
    Topic(
        "bảo vệ môi trường",
        ("điểm tập kết rác", "hộ chăn nuôi xả thải ra kênh", "bãi rác tự phát", "tuyến đường tự quản"),
        ("trưởng thôn", "hội viên phụ nữ", "chủ trang trại"),
        ("trang trại", "làng nghề", "bãi tập kết"),
        ("rác thải sinh hoạt được thu gom", "hộ phân loại rác tại nguồn", "chuồng trại có hầm xử lý"),
    ),
    Topic(
        "cải cách hành chính",
        ("thủ tục hành chính còn giấy tờ thừa", "hồ sơ quá hạn", "văn bản hết hiệu lực", "biểu mẫu đang dùng"),
        ("công chức tiếp nhận hồ sơ", "cộng tác viên ở thôn", "viên chức mới tuyển dụng"),
        ("quầy tiếp nhận", "phòng chuyên môn", "đơn vị sự nghiệp"),
        ("hồ sơ được giải quyết đúng hạn", "thủ tục được niêm yết", "người dân hài lòng khi làm thủ tục"),
    ),
    Topic(
        "phòng, chống thiên tai",
        ("điểm có nguy cơ sạt lở", "hộ dân ở vùng trũng", "tàu thuyền neo đậu", "cống qua đê hư hỏng"),
        ("lực lượng xung kích", "chủ phương tiện", "cán bộ trực ban"),
        ("trạm bơm", "hồ chứa", "bến đò"),
        ("hộ vùng nguy hiểm có phương án sơ tán", "hồ chứa được kiểm định", "thôn có loa báo động"),
    ),
    Topic(
        "xây dựng nông thôn mới",
        ("tuyến đường ngõ xóm chưa cứng hóa", "diện tích vườn tạp", "sản phẩm đặc trưng của thôn",
         "công trình nước sạch"),
        ("thành viên Ban Phát triển thôn", "xã viên hợp tác xã", "hộ làm vườn"),
        ("hợp tác xã", "công trình", "vườn mẫu"),
        ("đường thôn được chiếu sáng", "hộ dùng nước sạch", "thôn đạt chuẩn văn hóa"),
    ),
)  # fmt: skip

# {thing} {people} {site} {topic} {count} {where}: each is one piece of work, a row; the second is what comes of it.
WORKS = (
    ("rà soát, lập danh sách {thing} {where}, phân loại theo mức độ và thứ tự ưu tiên xử lý", "Danh sách"),
    ("xây dựng phương án {topic} {where} sát với điều kiện từng nơi, nêu rõ người, việc và kinh phí", "Phương án"),
    ("tổ chức {count} lớp tập huấn về {topic} cho {people}, kết hợp hướng dẫn trên tình huống có thật", "Lớp tập huấn"),
    ("tuyên truyền về {topic} trên hệ thống truyền thanh {where} và qua sinh hoạt chi hội, tổ tự quản", "Tin, bài"),
    ("kiểm tra việc chấp hành quy định về {topic} tại {count} {site} {where}, kết hợp nhắc nhở và hướng dẫn khắc phục",
     "Báo cáo kết quả kiểm tra"),
    ("hướng dẫn {people} {where} thực hiện quy trình mới về {topic} theo phương châm cầm tay chỉ việc",
     "Tài liệu hướng dẫn"),
    ("cập nhật dữ liệu về {thing} {where} lên phần mềm dùng chung, đối chiếu với sổ theo dõi của từng thôn, tổ",
     "Dữ liệu được cập nhật"),
    ("vận động {people} {where} ký cam kết thực hiện quy định về {topic} và treo bản cam kết ở nơi dễ thấy",
     "Bản cam kết"),
    ("xử lý dứt điểm {count} trường hợp vi phạm về {topic} {where}, không để tái diễn", "Biên bản xử lý"),
    ("tham mưu bố trí kinh phí cho công tác {topic} {where} trong khả năng cân đối của ngân sách", "Dự toán"),
    ("khảo sát {thing} {where} theo mẫu thống nhất, kèm ảnh chụp hiện trạng", "Phiếu khảo sát"),
    ("ban hành quy chế phối hợp về {topic} với {count} {site}, quy định rõ đầu mối trao đổi thông tin",
     "Quy chế phối hợp"),
    ("đánh giá mức độ hài lòng của {people} {where} về công tác {topic} bằng phiếu hỏi không ghi tên", "Phiếu hỏi"),
    ("nhân rộng cách làm tốt về {topic} của {count} {site} {where} ra những nơi có điều kiện tương tự", "Mô hình"),
)
# How a piece of work is to be done: the end of its sentence, then sentences of their own. None of them names a body, a
# time or a cadence, so that they are no tasks beside it.
CLAUSES = (
    "trong đó ưu tiên {thing}",
    "trong đó quan tâm trước hết đến {people} ở địa bàn khó khăn",
    "bảo đảm đúng đối tượng, đúng quy định, tiết kiệm",
    "bảo đảm số liệu khớp với thực tế, không trùng lặp, không bỏ sót",
    "không làm phát sinh giấy tờ, phiền hà cho {people}",
)
MANNERS = (
    "Nội dung phải ngắn gọn, dễ hiểu, phù hợp với {people}.",
    "Số liệu phải có căn cứ, ghi rõ nguồn, chịu được đối chiếu với thực tế tại {site}.",
    "Quá trình thực hiện phải công khai, lắng nghe ý kiến của {people}, tránh làm lướt, làm chiếu lệ.",
    "Trong đó, chú trọng những nơi xa trung tâm, đường đi lại khó khăn, thông tin đến chậm.",
    "Trường hợp phát hiện thiếu sót thì hướng dẫn khắc phục ngay tại chỗ, có ghi nhận bằng biên bản.",
    "Bảo đảm mỗi việc có một người chịu trách nhiệm chính, mỗi {site} có một đầu mối liên lạc.",
    "Không giao chỉ tiêu hình thức; kết quả được đo bằng thay đổi thấy được ở {site}.",
)
REPORTS = (
    "Tổng hợp kết quả thực hiện {kind}, báo cáo {head} {often}.",
    "Theo dõi, đôn đốc việc thực hiện {kind}, báo cáo {head} {often}.",
)
OFTEN = ("trước ngày 20 hằng tháng", "trước ngày 15 tháng cuối quý", "định kỳ 6 tháng, một năm", "hằng quý")
RHYTHMS = ("Hằng tháng", "Hằng quý", "Định kỳ 6 tháng", "Hằng năm", "Hằng tuần", "Thường xuyên")

PURPOSES = (
    "Nâng cao nhận thức, trách nhiệm của cán bộ, đảng viên và Nhân dân về {topic}; coi đây là việc gắn với đời sống "
    "của từng gia đình chứ không riêng của cơ quan nhà nước.",
    "Tạo chuyển biến rõ nét, thực chất trong công tác {topic} trên địa bàn, từng bước thu hẹp khoảng cách giữa các "
    "thôn, tổ dân phố.",
    "Phát huy vai trò người đứng đầu các cơ quan, đơn vị đối với công tác {topic}; lấy kết quả làm thước đo năng lực, "
    "tinh thần trách nhiệm.",
)
DEMANDS = (
    "Việc triển khai phải thiết thực, tiết kiệm, không phô trương, hình thức, không trùng với việc đã giao ở văn bản "
    "khác.",
    "Nội dung, thời gian phải rõ ràng để thuận lợi cho công tác theo dõi; kết quả phải đo đếm được.",
    "Gắn công tác {topic} với các phong trào thi đua ở cơ sở, với việc làm hằng ngày của {people}.",
)
# What a document says of the time before it: {share} is a number of percents.
RESULTS = (
    "Thời gian qua, công tác {topic} {where} đã có chuyển biến. Sổ sách về {thing} được lập lại đầy đủ hơn; nhiều "
    "{people} đã nắm được quy trình; {share}% {goal}, tăng {count} điểm phần trăm so với cùng kỳ.",
    "Trong kỳ, việc thực hiện công tác {topic} {where} đã đi vào nền nếp: {count} {site} được công nhận đạt yêu cầu, "
    "số phản ánh của {people} giảm rõ, {share}% {goal}.",
    "Những kết quả bước đầu về {topic} là đáng ghi nhận: {share}% {goal}; việc theo dõi {thing} đã chuyển từ giấy sang "
    "bảng tính dùng chung, đỡ nhiều công sức cho cơ sở.",
)
SHORTFALLS = (
    "Tuy nhiên, kết quả giữa các địa bàn còn chênh lệch. Số liệu về {thing} có chỗ chưa khớp với thực tế; một số "
    "{site} chỉ sửa chữa thiếu sót khi có đoàn đến làm việc; sự phối hợp giữa các ngành có lúc còn chậm.",
    "Bên cạnh đó, công tác {topic} còn những hạn chế kéo dài: một bộ phận {people} chưa hiểu hết quyền lợi, nghĩa vụ "
    "của mình, {count} {site} nhiều lần bị nhắc nhở mà chưa khắc phục, thông tin giữa cơ sở và cấp trên còn đứt quãng.",
    "Song kết quả chưa đồng đều; một số nơi còn biểu hiện trông chờ, ngại khó, chưa coi {topic} là việc của mình; kinh "
    "phí dành cho {site} còn dàn trải nên hiệu quả thấp.",
)
CAUSES = (
    "Nguyên nhân chủ yếu là người làm công tác {topic} ở cơ sở kiêm nhiều việc, thiếu kinh nghiệm; người đứng đầu một "
    "số nơi chưa thật sự vào cuộc.",
    "Nguyên nhân là cách làm còn nặng về giấy tờ, chưa gắn với lợi ích của {people}; việc khen, chê chưa kịp thời.",
)

COMMUNE_BODIES = (
    "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an {level}", "Ban Chỉ huy Quân sự {level}", "Trạm Y tế {level}",
    "Trung tâm Phục vụ hành chính công {level}", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {level}",
    "Hội Nông dân {level}", "Hội Liên hiệp Phụ nữ {level}",
)  # fmt: skip
COMMUNE_PARTY_BODIES = (
    "Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "Ủy ban Kiểm tra Đảng ủy", "Đảng ủy Ủy ban nhân dân {level}",
    "Ủy ban Mặt trận Tổ quốc Việt Nam {level}", "Đoàn Thanh niên {level}", "Hội Cựu chiến binh {level}",
)  # fmt: skip
PROVINCE_BODIES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường", "Sở Công Thương", "Công an tỉnh", "Văn phòng Ủy ban nhân dân tỉnh",
)  # fmt: skip
PROVINCE_PARTY_BODIES = (
    "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy",
    "Ban Nội chính Tỉnh ủy", "Đảng ủy Ủy ban nhân dân tỉnh", "Tỉnh đoàn",
)  # fmt: skip

# Names of places: three syllables for a commune, two for a province and a village. None of them is on the map.
FIRST = tuple("Tân Đông Yên Vạn Sông Bình Suối Hải Thạch Nam Kim Trường".split())
SECOND = tuple("Lộc Khê Lương Lềnh Đài Trà Quế Mai Hạ Sải Cẩm Diên".split())
THIRD = tuple("Phú Trung Thượng Sơn Lĩnh Giang Hòa Vinh Đoài Thủy Ninh Xuyên".split())
PROVINCES = (
    "Hoài Giang", "Nam Sa", "Kim Hải", "Trường Lĩnh", "Đông Hoài", "Lũng Vĩ", "Lam Khê", "Đài Quế", "Hải Lam",
    "Tây Diên", "Vân Khê Lĩnh", "Thạch Lĩnh",
)  # fmt: skip
FAMILY = tuple("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Lương Tạ".split())
MIDDLE = tuple("Văn Thị Quang Đình Hữu Minh Thanh Xuân Ngọc Đức".split())
GIVEN = tuple("Nghĩa Thành Liên Khoa Lộc Hạnh Dũng Mai Tuấn Hương Phúc Yến".split())
