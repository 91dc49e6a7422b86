"""Every error that gongbao raises on purpose.

GongbaoError
├── UsageError            the caller asked for something that does not exist (exit code 2)
│   └── NotFound          what an address or an id names is not there
├── InputError            a file cannot be read as it is (exit code 1, kept in the ledger)
│   ├── NotAPdf
│   ├── EmptyFile
│   ├── EncryptedFile
│   ├── DamagedFile
│   ├── TooLarge
│   └── Stopped           reading took too much time or memory, or its process died: may be tried again
├── Conflict              someone else changed the same thing first
├── CorpusError           the corpus cannot be opened, read or written
├── IndexMissing          nothing was indexed yet
├── Busy                  another process is writing
└── ServiceUnavailable    a service that is needed cannot be reached (exit code 1)

Each says what is wrong and what to do about it, in Chinese, on one line.
"""

from __future__ import annotations

_AGAIN = "可再读一次；仍不成则用其他软件重新保存后再读入"


class GongbaoError(Exception):
    """Base of all: `message` says what is wrong, `remedy` what to do."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}（{self.remedy}）" if self.remedy else self.message


class UsageError(GongbaoError):
    exit_code = 2


class NotFound(UsageError):
    pass


class InputError(GongbaoError):
    """A file that cannot be read; `page` is 1-based, None where the whole file is meant."""

    def __init__(self, message: str, remedy: str = "", page: int | None = None) -> None:
        super().__init__(message, remedy)
        self.page = page

    @property
    def may_succeed(self) -> bool:
        """Another try may."""
        return isinstance(self, Stopped)


class NotAPdf(InputError):
    pass


class EmptyFile(InputError):
    pass


class EncryptedFile(InputError):
    pass


class DamagedFile(InputError):
    pass


class TooLarge(InputError):
    pass


class Stopped(InputError):
    """Not of the file alone: on another day, or a quieter machine, the same may be read."""

    @staticmethod
    def by_time(seconds: float) -> Stopped:
        return Stopped(f"超过 {seconds:.0f} 秒仍未完成，已中止", _AGAIN)

    @staticmethod
    def by_memory(memory: int) -> Stopped:
        return Stopped(f"需要的内存超过上限（{memory // 1024**2} MB），已中止", _AGAIN)

    @staticmethod
    def by_system() -> Stopped:
        return Stopped("读取进程被系统中止，多为内存不足", _AGAIN)

    @staticmethod
    def by_death(memory: int) -> Stopped:
        return Stopped(f"读取进程崩溃（文件损坏，或内存超过 {memory // 1024**2} MB）", _AGAIN)


class Conflict(GongbaoError):
    pass


class CorpusError(GongbaoError):
    pass


class IndexMissing(GongbaoError):
    pass


class Busy(GongbaoError):
    pass


class ServiceUnavailable(GongbaoError):
    pass
