"""Names of bodies and their ids: in whose document, on which day, what is left out and what is filled in."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pipeline import ruleset
from pipeline.model import Meta
from pipeline.normalise import canonical
from pipeline.units import Context, Resolver, directory
from pipeline.units.context import context_of

RULES = ruleset.load()
BODIES = directory(RULES)
AFTER = dt.date(2026, 1, 15)

# Who issues the document that a name stands in, and when.
DOCUMENTS = {
    "commune": Meta(issuer="Ủy ban nhân dân xã Tân Lập Hạ", place="Tân Lập Hạ", date=AFTER),
    "ward": Meta(issuer="Ủy ban nhân dân phường Hải Đông", place="Hải Đông", date=AFTER),
    "commune party": Meta(issuer="Đảng ủy xã Tân Lập Hạ", number="12-KH/ĐU", place="Tân Lập Hạ", date=AFTER),
    "commune council": Meta(issuer="Thường trực Hội đồng nhân dân xã Tân Lập Hạ", date=AFTER),
    "commune front": Meta(issuer="Ban Thường trực Ủy ban MTTQ Việt Nam xã Tân Lập Hạ", date=AFTER),
    "commune women": Meta(issuer="Ban Thường vụ Hội LHPN xã Tân Lập Hạ", date=AFTER),
    "province": Meta(issuer="Ủy ban nhân dân tỉnh Kim Hải", place="Kim Hải", date=AFTER),
    "province 2024": Meta(issuer="Ủy ban nhân dân tỉnh Kim Hải", place="Kim Hải", date=dt.date(2024, 3, 1)),
    "province party": Meta(issuer="Ban Thường vụ Tỉnh ủy Kim Hải", number="08-CT/TU", date=AFTER),
    "city 2024": Meta(issuer="Ủy ban nhân dân thành phố Hà Nội", place="Hà Nội", date=dt.date(2024, 3, 1)),
    "district 2023": Meta(issuer="Ủy ban nhân dân huyện Lạc Khê Hạ", date=dt.date(2023, 5, 1)),
    "district party 2022": Meta(issuer="Ban Thường vụ Huyện ủy", number="85-KH/HU", date=dt.date(2022, 11, 4)),
    "justice": Meta(issuer="Sở Tư pháp", place="Kim Hải", date=AFTER),
    "tax": Meta(issuer="Thuế tỉnh Kim Hải", place="Kim Hải", date=AFTER),
    "ministry": Meta(issuer="Bộ Xây dựng", place="Hà Nội", date=AFTER),
    "nobody": Meta(),
}
RESOLVERS = {name: Resolver(BODIES, context_of("", meta, BODIES)) for name, meta in DOCUMENTS.items()}


@pytest.mark.parametrize(
    ("document", "name", "wanted"),
    [
        # the level is said
        ("commune", "Công an xã", "cong-an/xa"),
        ("commune", "Sở Nội vụ tỉnh", "so-noi-vu/tinh"),
        ("province", "Công an tỉnh", "cong-an/tinh"),
        ("district 2023", "Công an huyện", "cong-an/huyen"),
        ("district 2023", "UBND thị xã", "ubnd/huyen"),
        ("ward", "UBND phường", "ubnd/xa"),
        ("province", "Thanh tra tỉnh", "thanh-tra/tinh"),
        ("ministry", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "ubmttq/tw"),
        ("ministry", "Trung ương Đoàn TNCS Hồ Chí Minh", "doan-thanh-nien/tw"),
        ("ministry", "Tòa án nhân dân tối cao", "toa-an-nhan-dan/tw"),
        # the level is the issuer's
        ("commune", "Thường trực HĐND", "thuong-truc-hdnd/xa"),
        ("province", "Thường trực HĐND", "thuong-truc-hdnd/tinh"),
        ("district 2023", "Ủy ban nhân dân", "ubnd/huyen"),
        ("commune", "Ban Chỉ huy Quân sự", "ban-chqs/xa"),
        ("commune", "Mặt trận Tổ quốc", "ubmttq/xa"),
        ("commune", "Ủy ban MTTQ Việt Nam", "ubmttq/xa"),
        ("commune party", "Đoàn Thanh niên", "doan-thanh-nien/xa"),
        ("province", "Hội Nông dân", "hoi-nong-dan/tinh"),
        # … and nobody knows it where the issuer is not known
        ("nobody", "Ủy ban nhân dân", "ubnd"),
        # the only level at which there is such a body
        ("commune", "Sở Tài chính", "so-tai-chinh/tinh"),
        ("province", "Ban Xây dựng Đảng", "ban-xay-dung-dang/cap-uy/xa"),
        ("commune", "Bộ Tài chính", "bo-tai-chinh/tw"),
        # … on that day: a room of the commune since July 2025, of the district before
        ("province", "Phòng Kinh tế", "phong-kinh-te/xa"),
        ("district 2023", "Phòng Kinh tế", "phong-kinh-te/huyen"),
        # places: others' are told, the document's own is left out
        ("province", "UBND xã Vĩnh Thịnh Hạ", "ubnd/xa/vinh-thinh-ha"),
        ("commune", "UBND xã Tân Lập Hạ", "ubnd/xa"),
        ("commune", "UBND xã Vĩnh Thịnh Hạ", "ubnd/xa/vinh-thinh-ha"),
        ("province", "Thuế tỉnh Kim Hải", "thue/tinh"),
        ("ministry", "Ủy ban nhân dân tỉnh Kim Hải", "ubnd/tinh/kim-hai"),
        ("province", "Công ty Điện lực Kim Hải", "cong-ty-dien-luc/tinh"),
        ("ward", "Viettel Kim Hải", "viettel/tinh/kim-hai"),
        ("commune", "Thôn Khe Lá", "thon/khe-la"),
        # a place whose name begins like a body
        ("province", "Báo và Phát thanh, Truyền hình Trường Lĩnh", "bao-va-phat-thanh-truyen-hinh/tinh/truong-linh"),
        # numbers in place of names
        ("commune", "Thuế cơ sở 4", "thue/co-so/4"),
        ("commune", "Thuế cơ sở số 4", "thue/co-so/4"),
        ("province", "Kho bạc Nhà nước khu vực XIX", "kho-bac-nha-nuoc/khu-vuc/xix"),
        ("province", "Viện kiểm sát nhân dân khu vực 3", "vien-kiem-sat-nhan-dan/khu-vuc/3"),
        ("province", "Tòa án nhân dân khu vực 2 - Kim Hải", "toa-an-nhan-dan/khu-vuc/2"),
        ("province", "Ban Chỉ đạo 389 tỉnh", "ban-chi-dao/389/tinh"),
        # short forms
        ("commune", "TT. HĐND xã", "thuong-truc-hdnd/xa"),
        ("province", "BTV Tỉnh ủy", "ban-thuong-vu/cap-uy/tinh"),
        ("province", "Sở KH&CN", "so-khoa-hoc-va-cong-nghe/tinh"),
        ("province", "Sở VH,TT&DL", "so-van-hoa-the-thao-va-du-lich/tinh"),
        ("province", "Sở GDĐT", "so-giao-duc-va-dao-tao/tinh"),
        ("commune", "UBMTTQVN xã", "ubmttq/xa"),
        ("ward", "Phòng KT-HT&ĐT", "phong-kinh-te-ha-tang-va-do-thi/xa"),
        ("commune", "VP HĐND&UBND xã", "van-phong-hdnd-ubnd/xa"),
        ("commune", "HTX Vật liệu Khe Lá", "hop-tac-xa/vat-lieu-khe-la"),
        ("province", "Tỉnh đoàn", "doan-thanh-nien/tinh"),
        # the same body under several names; marks and “và” do not matter
        ("province", "Sở Khoa học Công nghệ", "so-khoa-hoc-va-cong-nghe/tinh"),
        ("commune", "Phòng Văn hoá – Xã hội", "phong-van-hoa-xa-hoi/xa"),
        ("commune", "Đảng uỷ xã", "cap-uy/xa"),
        ("commune party", "Ban Chấp hành Đảng bộ xã", "cap-uy/xa"),
        ("commune", "Hội Phụ nữ", "hoi-lien-hiep-phu-nu/xa"),
        ("commune", "Đoàn xã", "doan-thanh-nien/xa"),
        ("commune", "CÔNG AN XÃ", "cong-an/xa"),
        # a part of a whole
        ("district party 2022", "Văn phòng Huyện ủy", "van-phong/cap-uy/huyen"),
        ("commune party", "Văn phòng Đảng ủy", "van-phong/cap-uy/xa"),
        ("province", "Văn phòng UBND tỉnh", "van-phong/ubnd/tinh"),
        ("commune", "Văn phòng HĐND và UBND", "van-phong-hdnd-ubnd/xa"),
        ("commune party", "Ủy ban Kiểm tra Đảng ủy", "uy-ban-kiem-tra/cap-uy/xa"),
        ("commune party", "Cơ quan Ủy ban Kiểm tra Đảng ủy", "uy-ban-kiem-tra/cap-uy/xa"),
        ("province party", "Ban Tổ chức Tỉnh ủy", "ban-to-chuc/cap-uy/tinh"),
        ("province party", "Đảng ủy UBND tỉnh", "cap-uy/ubnd/tinh"),
        ("commune party", "Đảng ủy Công an xã", "cap-uy/cong-an/xa"),
        ("commune party", "Ban Thường vụ Tỉnh ủy", "ban-thuong-vu/cap-uy/tinh"),
        ("commune", "Ban Kinh tế - Ngân sách HĐND xã", "ban-kinh-te-ngan-sach/hdnd/xa"),
        ("commune party", "Chi bộ Bệnh viện Đa khoa Vân Phú", "chi-bo/benh-vien/da-khoa-van-phu"),
        ("province", "Phòng Cảnh sát giao thông, Công an tỉnh", "phong-canh-sat/giao-thong/cong-an/tinh"),
        ("province", "Phòng Cảnh sát kinh tế (Công an tỉnh)", "phong-canh-sat/kinh-te/cong-an/tinh"),
        ("ministry", "Vụ Tổ chức cán bộ, Bộ Nội vụ", "vu/to-chuc-can-bo/bo-noi-vu/tw"),
        ("province", "Hội Phụ nữ Công an tỉnh", "hoi-lien-hiep-phu-nu/cong-an/tinh"),
        # … of the issuer, where nothing is said
        ("commune party", "Ban Thường vụ", "ban-thuong-vu/cap-uy/xa"),
        ("commune women", "Ban Thường vụ", "ban-thuong-vu/hoi-lien-hiep-phu-nu/xa"),
        ("commune", "Văn phòng", "van-phong-hdnd-ubnd/xa"),
        ("commune party", "Văn phòng", "van-phong/cap-uy/xa"),
        ("commune council", "Thường trực", "thuong-truc-hdnd/xa"),
        ("commune party", "Thường trực", "thuong-truc/cap-uy/xa"),
        ("commune front", "Ban Thường trực", "ban-thuong-truc-ubmttq/xa"),
        ("justice", "Sở", "so-tu-phap/tinh"),
        ("justice", "Văn phòng Sở", "van-phong/so-tu-phap/tinh"),
        ("justice", "Phòng Phổ biến pháp luật", "phong/pho-bien-phap-luat/so-tu-phap/tinh"),
        ("tax", "Phòng Kiểm tra số 2", "phong/kiem-tra-so-2/thue/tinh"),
        ("commune women", "Hội", "hoi-lien-hiep-phu-nu/xa"),
        ("commune women", "Trung ương Hội", "hoi-lien-hiep-phu-nu/tw"),
        # names of their own
        ("commune", "Trường THCS Ea Klong", "truong-thcs/ea-klong"),
        ("commune", "Trường Tiểu học Hưng Lộc 2", "truong-tieu-hoc/hung-loc-2"),
        ("province", "Bệnh viện Sản - Nhi tỉnh", "benh-vien/san-nhi/tinh"),
        ("province", "Trung tâm Khuyến nông tỉnh", "trung-tam/khuyen-nong/tinh"),
        ("province", "Chi cục Phát triển nông thôn", "chi-cuc/phat-trien-nong-thon/tinh"),
        ("province", "Công ty cổ phần Thủy điện Bản Cốc", "cong-ty/thuy-dien-ban-coc"),
        ("province", "Ban QLDA ĐTXD công trình giao thông tỉnh", "ban-quan-ly-du-an/cong-trinh-giao-thong/tinh"),
        ("commune", "Đồn Biên phòng Cửa Lân", "don-bien-phong/cua-lan"),
        ("commune", "Tổ kiểm tra liên ngành của xã", "to/kiem-tra-lien-nganh/xa"),
        # a bracket that names a part adds nothing
        (
            "province",
            "Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công tỉnh)",
            "van-phong/ubnd/tinh",
        ),
        # channels
        ("district party 2022", "qua Văn phòng Huyện ủy", "van-phong/cap-uy/huyen"),
        ("commune", "qua hộp thư điện tử công vụ", "kenh/hop-thu-dien-tu-cong-vu"),
        # several bodies of a kind
        ("province", "UBND các xã, phường, đặc khu", "nhom/ubnd/xa"),
        ("province", "UBND các xã, phường ven biển", "nhom/ubnd/xa/ven-bien"),
        ("province", "UBND các phường Đông Lĩnh, Nam Lĩnh", "nhom/ubnd/xa/dong-linh+nam-linh"),
        (
            "province",
            "UBND các xã: Đại Hữu, Tân Khê và phường Hà Đông Ninh",
            "nhom/ubnd/xa/dai-huu+tan-khe+ha-dong-ninh",
        ),
        ("ministry", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "nhom/ubnd/tinh"),
        ("province 2024", "UBND các huyện, thị xã, thành phố", "nhom/ubnd/huyen"),
        ("province", "Công an cấp xã", "nhom/cong-an/xa"),
        ("province", "Hội đồng nhân dân cấp tỉnh", "hdnd/tinh"),
        ("commune council", "các Ban của HĐND xã", "nhom/ban-hdnd/xa"),
        ("commune council", "các Ban", "nhom/ban-hdnd/xa"),
        ("commune party", "Các chi bộ trực thuộc Đảng ủy", "nhom/chi-bo/truc-thuoc"),
        ("commune party", "các chi bộ thôn", "nhom/chi-bo/thon"),
        ("district 2023", "Đảng ủy các xã, thị trấn", "nhom/cap-uy/xa"),
        ("province", "đảng ủy 17 xã biên giới", "nhom/cap-uy/xa/bien-gioi"),
        ("commune", "Ban Công tác Mặt trận các bản", "nhom/ban-cong-tac-mat-tran/thon"),
        # plain nouns
        ("commune", "các cơ quan liên quan", "nhom/co-quan-lien-quan"),
        ("commune", "các cơ quan có liên quan", "nhom/co-quan-lien-quan"),
        ("province", "Các sở, ban, ngành", "nhom/so-ban-nganh"),
        ("province", "Các sở, ban, ngành thuộc tỉnh", "nhom/so-ban-nganh"),
        ("province", "các xã, phường", "nhom/xa"),
        ("commune", "mỗi thôn, buôn", "nhom/thon"),
        ("commune", "14 bản", "nhom/thon"),
        ("commune", "các tổ chức chính trị - xã hội", "nhom/to-chuc-chinh-tri-xa-hoi"),
        ("commune", "các tổ chức chính trị - xã hội xã", "nhom/to-chuc-chinh-tri-xa-hoi"),
        ("commune", "cơ quan chuyên môn cấp tỉnh", "nhom/co-quan-chuyen-mon/tinh"),
        ("commune party", "Các cấp ủy, tổ chức đảng", "nhom/cap-uy-to-chuc-dang"),
        ("commune party", "Các chi, đảng bộ trực thuộc", "nhom/chi-bo-dang-bo-truc-thuoc"),
        ("province", "các doanh nghiệp viễn thông", "nhom/doanh-nghiep-vien-thong"),
        ("commune", "cơ quan báo chí", "nhom/co-quan-bao-chi"),
        # posts, and persons by their names
        ("commune", "Chủ tịch UBND xã", "nguoi/chu-tich/ubnd/xa"),
        ("commune", "Chủ tịch", "nguoi/chu-tich/ubnd/xa"),
        ("province", "Chủ tịch UBND các xã, phường", "nhom/nguoi/chu-tich/ubnd/xa"),
        ("justice", "Giám đốc Sở", "nguoi/giam-doc/so-tu-phap/tinh"),
        ("ministry", "Bộ trưởng", "nguoi/bo-truong/bo-xay-dung/tw"),
        ("ministry", "Thủ tướng Chính phủ", "nguoi/thu-tuong"),
        ("commune", "Trưởng các thôn", "nhom/nguoi/truong/thon"),
        ("commune", "Trưởng thôn Khe Lá", "nguoi/truong/thon/khe-la"),
        ("commune", "Trưởng Công an xã", "nguoi/truong/cong-an/xa"),
        ("commune council", "đại biểu HĐND xã", "nguoi/dai-bieu/hdnd/xa"),
        ("commune party", "Các đồng chí Ủy viên Ban Thường vụ", "nhom/nguoi/uy-vien/ban-thuong-vu/cap-uy/xa"),
        ("commune", "Thủ trưởng các cơ quan, đơn vị", "nhom/nguoi/thu-truong/co-quan-don-vi"),
        ("commune party", "đồng chí Lê Văn Mẫu, Phó Bí thư Thường trực Đảng ủy", "nguoi/le-van-mau"),
        ("province", "Phó Chủ tịch UBND tỉnh Lê Văn Mẫu", "nguoi/le-van-mau"),
        ("commune", "BS Trần Thị Mẫu", "nguoi/tran-thi-mau"),
        ("commune", "Phó Chủ tịch ông Trần Văn Mẫu", "nguoi/tran-van-mau"),
        # a chairman's commune may be called like a person
        ("province", "Chủ tịch UBND xã Hà Văn Hạ", "nguoi/chu-tich/ubnd/xa/ha-van-ha"),
        # a city: a province of its own, a district of a province until the districts went
        ("city 2024", "Công an thành phố", "cong-an/tinh"),
        ("province 2024", "Công an thành phố", "cong-an/huyen"),
        ("province", "Công an thành phố", "cong-an/tinh"),
        ("province 2024", "UBND thành phố Hải Phòng", "ubnd/tinh/hai-phong"),
        ("district party 2022", "Ban Thường vụ Thành ủy", "ban-thuong-vu/cap-uy/tinh"),
    ],
)
def test_ids(document: str, name: str, wanted: str) -> None:
    unit = RESOLVERS[document].resolve(canonical(name))
    assert (unit.canonical, unit.review) == (wanted, ())


@pytest.mark.parametrize(
    ("document", "name"),
    [
        # a department or room that there is not
        ("province", "Sở Hạnh phúc"),
        ("commune", "Phòng Tổng hợp"),
        # what the extraction cut too long
        ("province", "Sở Nội vụ đúng thời hạn"),
        ("commune party", "Ban Thường vụ một lần"),
        # bodies that are several, cut as one
        ("commune", "Đảng ủy, HĐND, UBND xã"),
        ("province", "Các sở, ban, ngành; Chủ tịch UBND các xã"),
        # a word that says which body only to who has read what stands before
        ("commune", "Trung tâm"),
        ("commune party", "Hội"),
        # no body at all
        ("commune", "đúng quy định"),
        ("commune", "(…)"),
        ("commune", ""),
    ],
)
def test_what_is_not_known_is_marked(document: str, name: str) -> None:
    unit = RESOLVERS[document].resolve(canonical(name))
    assert (unit.name, unit.canonical, unit.review) == (canonical(name), None, ("unit-unknown",))


@pytest.mark.parametrize(
    ("meta", "level", "places"),
    [
        (Meta(issuer="Ủy ban nhân dân xã Tân Lập Hạ"), "xa", {"tan-lap-ha"}),
        # the name of the issuer says no level, its number does
        (Meta(issuer="Ban Tuyên giáo và Dân vận", number="16-HD/BTGDVTU"), "tinh", set()),
        (Meta(issuer="Ban Thường vụ Huyện ủy", number="85-KH/HU", place="Lạc Khê"), "huyen", {"lac-khe"}),
        # two that issue together: the first
        (Meta(issuer="Thuế tỉnh Kim Hải - Công an tỉnh Kim Hải"), "tinh", {"kim-hai"}),
        (Meta(issuer="Chủ tịch Ủy ban nhân dân tỉnh Kim Hải"), "tinh", {"kim-hai"}),
        (Meta(issuer="Bộ Xây dựng", place="Hà Nội"), "tw", {"ha-noi"}),
        (Meta(), None, set()),
    ],
)
def test_what_is_known_of_the_issuer(meta: Meta, level: str | None, places: set[str]) -> None:
    context = context_of("", meta, BODIES)
    assert (context.level, context.places) == (level, places)


def test_an_issuer_without_a_level_has_that_of_the_bodies_in_the_text() -> None:
    text = "UBND xã và Công an xã rà soát; Đảng ủy xã chỉ đạo. Báo cáo UBND tỉnh."
    assert context_of(text, Meta(issuer="Ban Tổ chức Đại hội"), BODIES).level == "xa"


def test_a_document_without_a_date_is_of_the_year_that_it_plans() -> None:
    unit = Resolver(BODIES, context_of("", Meta(year=2026), BODIES)).resolve("Bộ Kế hoạch và Đầu tư")
    assert unit.review == ("unit-dissolved",)


def test_soups_of_the_words_of_names_never_raise() -> None:
    words = [word for rule in RULES["naming"] for word in rule["words"]]
    names = [name for rule in RULES["units"] for name in rule["names"]]
    marks = [",", ";", "và", "-", "(", ")", ":", "số 3", "XII", "Tân Lập", "của", "17", "&", "…"]
    chance = random.Random(11)
    resolvers = list(RESOLVERS.values())
    for _ in range(4000):
        soup = " ".join(chance.choice(chance.choice((words, names, marks))) for _ in range(chance.randint(1, 12)))
        unit = chance.choice(resolvers).resolve(soup)
        assert (unit.canonical is None) == ("unit-unknown" in unit.review)
        assert unit.canonical is None or unit.canonical.strip("/") == unit.canonical != ""


def test_the_longest_soup_is_read_in_no_time() -> None:
    # Every word begins a body that may belong to the next: the worst there is.
    resolver = Resolver(BODIES, Context())
    for head in ("Văn phòng", "Ban", "Tổ", "Chi bộ", "Đảng ủy", "các xã,", "Trưởng"):
        assert resolver.resolve(" ".join([head] * 60)).name
        assert resolver.resolve(" ".join([head] * 19)).name
