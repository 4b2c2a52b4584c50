"""``dondoc serve``: the review pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, LogJson, Rules, status_of

if TYPE_CHECKING:
    from pipeline.serve.settings import Settings

__all__ = ["DATABASE", "serve"]

DATABASE = "sqlite:///outputs/dondoc.db"
OPENED = {
    "vi": "Mở trang rà soát: {url}\nDừng bằng Ctrl-C.",
    "en": "Open the review pages: {url}\nStop with Ctrl-C.",
}
# Told where others may come: passwords and documents go over the network.
TLS = {
    "vi": "Máy khác vào được, nên phải đăng nhập. Kết nối này chưa mã hóa: hãy đặt một chương trình có TLS ở trước, "
    "ví dụ\n  caddy reverse-proxy --from {name} --to 127.0.0.1:{port}\n"
    "rồi chạy: dondoc serve --host 127.0.0.1 --host {name} --port {port} --db {db}",
    "en": "Others may come, so a login is needed. This connection is not encrypted: put a program with TLS before it, "
    "such as\n  caddy reverse-proxy --from {name} --to 127.0.0.1:{port}\n"
    "then run: dondoc serve --host 127.0.0.1 --host {name} --port {port} --db {db}",
}
BEHIND = {
    "vi": "Chỉ chương trình trên máy này nối vào được; nó phải có TLS và giữ nguyên tên máy chủ (Host): {name}.",
    "en": "Only a program on this machine can connect; it must have TLS and keep the server's name (Host): {name}.",
}


def serve(
    db: Annotated[
        str,
        typer.Option(
            "--db", metavar="URL", help="Cơ sở dữ liệu giữ văn bản và sửa đổi: sqlite:///… hoặc postgresql://…"
        ),
    ] = DATABASE,
    port: Annotated[int, typer.Option("--port", min=0, metavar="N", help="Cổng; 0: cổng trống bất kỳ.")] = 8765,
    host: Annotated[
        list[str] | None,
        typer.Option(
            "--host",
            metavar="NAME",
            help="Địa chỉ để máy khác vào (mặc định: chỉ máy này). Lặp lại để thêm tên mà mọi người gõ.",
        ),
    ] = None,
    rules_dir: Rules = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """Mở các trang rà soát trong trình duyệt.

    Chỉ máy này vào được và không cần đăng nhập; với --host thì phải có người dùng (dondoc users add) và đăng nhập.
    """
    from pipeline.errors import DondocError, UsageError
    from pipeline.store import address
    from pipeline.terminal import reporter

    try:
        where = address.parse(db)
        try:
            from pipeline.serve.settings import Settings
            from pipeline.serve.starting import serve as start
        except ModuleNotFoundError as error:
            message = 'Chưa có thư viện của máy chủ. Hãy cài: pip install "dondoc[serve]"'
            raise UsageError("missing-library", message, str(error)) from error
        settings = Settings(where, tuple(host or ("127.0.0.1",)), port, rules=rules_dir)
        start(settings, lambda url: typer.echo(_greeting(settings, url, lang.value), err=True))
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=log_json).error(error)
        raise typer.Exit(status_of(error)) from error


def _greeting(settings: Settings, url: str, lang: str) -> str:
    told = [OPENED[lang].format(url=url)]
    if settings.guarded:
        words = BEHIND if settings.local_only else TLS
        told.append(words[lang].format(name=settings.hosts[-1], port=url.rpartition(":")[2], db=settings.address))
    return "\n".join(told)
