"""Every error that gongbao raises on purpose.

GongbaoError
├── UsageError            the caller asked for something that does not exist (exit code 2)
├── InputError            a file cannot be read as it is (exit code 1, kept in the ledger)
│   ├── NotAPdf
│   ├── EmptyFile
│   ├── EncryptedFile
│   ├── DamagedFile
│   └── TooLarge
├── Conflict              someone else changed the same thing first
├── CorpusError           the corpus cannot be opened, read or written
├── IndexMissing          nothing was indexed yet
├── Busy                  another process is writing
└── ServiceUnavailable    a service that is needed cannot be reached (exit code 1)

Each says what is wrong and what to do about it, in Chinese, on one line.
"""


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


class InputError(GongbaoError):
    """A file that cannot be read; `page` is 1-based, None where the whole file is meant."""

    def __init__(self, message: str, remedy: str = "", page: int | None = None) -> None:
        super().__init__(message, remedy)
        self.page = page


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
