"""Stores on the loopback interface: S3 as moto plays it, SFTP as paramiko serves it from a folder of this machine."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import paramiko
from paramiko import SFTPAttributes, SFTPHandle, SFTPServer, SFTPServerInterface

USER, PASSWORD = "van-thu", "mat-khau"


@contextmanager
def s3(folder: Path) -> Iterator[str]:
    """The address of a bucket; who asks for it finds the server and keys in the environment."""
    import fsspec
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": USER, "AWS_SECRET_ACCESS_KEY": PASSWORD,
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir("van-ban")
        yield "s3://van-ban"
    finally:
        server.stop()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def sftp(folder: Path) -> Iterator[str]:
    """The address of a folder, with the name and password that the server wants."""
    key = paramiko.RSAKey.generate(2048)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, key, folder), daemon=True).start()
        yield f"sftp://{USER}:{PASSWORD}@127.0.0.1:{listening.getsockname()[1]}/van-ban"
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, key: paramiko.PKey, folder: Path) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        transport = paramiko.Transport(connection)
        transport.add_server_key(key)
        transport.set_subsystem_handler("sftp", SFTPServer, _Served, folder)
        transport.start_server(server=_Doorkeeper())


class _Doorkeeper(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class _Served(SFTPServerInterface):
    """What is asked of a folder, as OpenSSH answers it."""

    def __init__(self, server: paramiko.ServerInterface, folder: Path) -> None:
        super().__init__(server)
        self._folder = folder

    def _here(self, path: str) -> Path:
        return self._folder / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str) -> Any:
        return _answer(lambda: [
            SFTPAttributes.from_stat(found.lstat(), found.name) for found in self._here(path).iterdir()
        ])  # fmt: skip

    def stat(self, path: str) -> Any:
        return _answer(lambda: SFTPAttributes.from_stat(self._here(path).stat()))

    def lstat(self, path: str) -> Any:
        return _answer(lambda: SFTPAttributes.from_stat(self._here(path).lstat()))

    def open(self, path: str, flags: int, attr: SFTPAttributes) -> Any:
        return _answer(lambda: _opened(self._here(path), flags))

    def mkdir(self, path: str, attr: SFTPAttributes) -> int:
        return _done(self._here(path).mkdir)

    def remove(self, path: str) -> int:
        return _done(self._here(path).unlink)

    def rmdir(self, path: str) -> int:
        return _done(self._here(path).rmdir)

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        return _done(lambda: self._here(oldpath).replace(self._here(newpath)))


def _opened(path: Path, flags: int) -> SFTPHandle:
    handle = SFTPHandle(flags)
    mode = "rb" if not flags & (os.O_WRONLY | os.O_RDWR) else "r+b"
    handle.readfile = handle.writefile = os.fdopen(os.open(path, flags, 0o644), mode)  # type: ignore[attr-defined]
    return handle


def _answer(asked: Callable[[], Any]) -> Any:
    try:
        return asked()
    except OSError as error:
        return SFTPServer.convert_errno(error.errno or 0)


def _done(asked: Callable[[], Any]) -> int:
    found = _answer(asked)
    return found if isinstance(found, int) else paramiko.SFTP_OK
