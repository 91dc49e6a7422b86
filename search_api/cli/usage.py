"""Wrong usage, said in Chinese: what was typed wrong, and how the command is called.

The library that reads the command line speaks English only. A message that no row knows passes as it is.
"""

from __future__ import annotations

import errno
import re

import typer

_SAYINGS = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有 \1 这个选项，是否指 \2"),
    (r"No such option: (\S+)", r"没有 \1 这个选项"),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", r"没有 \1 这个命令，是否指 \2"),
    (r"No such command '(.+?)'\.", r"没有 \1 这个命令"),
    (r"Missing (?:argument|option|parameter) '(.+?)'\..*", r"缺少 \1"),
    (r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.", r"\1 后面没有写值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"多出了“\1”，一句话里有空格时请用引号括起来"),
    (r"Invalid value for .+?: [Ff]ile '?(.+?)'? does not exist\.?", r"没有这个文件：\1，请检查路径"),
    (
        r"Invalid value for .+?: (?:[Dd]ir(?:ectory)?|[Pp]ath) '?(.+?)'? does not exist\.?",
        r"没有这个目录：\1，请检查路径",
    ),
    (r"Invalid value for .+?: [Ff]ile '?(.+?)'? is a directory\.?", r"\1 是目录，请写出文件"),
    (r"Invalid value for .+?: [Dd]ir(?:ectory)? '?(.+?)'? is a file\.?", r"\1 是文件，请写出目录"),
    (r"Invalid value for (?:\[?)'?(.+?)'?(?:\]?): (?:Value error, )?(.+)", r"\1 的值不对：\2"),
    (r"Invalid value: (.+)", r"\1"),
    (r"'(.+?)' is not one of (.+)\.", r"没有“\1”，可以写 \2"),
    (r"'(.+?)' does not match the formats? .+", r"“\1”不是日期，写成 2024-06-30 的样子"),
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be greater than or equal to (\S+)", r"不得小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不得大于 \1"),
)

_SYSTEM = {
    errno.ENOENT: "没有这个文件或目录（请检查路径；目录须先建好）",
    errno.EISDIR: "是目录（请写出文件名）",
    errno.ENOTDIR: "的上级不是目录（请检查路径）",
    errno.EEXIST: "已经存在（请另取名称）",
    errno.EACCES: "没有权限（请检查权限，或换一个位置）",
    errno.EPERM: "没有权限（请检查权限，或换一个位置）",
    errno.EROFS: "所在的磁盘只读（请换一个位置）",
    errno.ENOSPC: "磁盘已满（请腾出空间，或写到别的磁盘）",
    errno.EDQUOT: "磁盘配额已用完（请腾出空间，或写到别的磁盘）",
    errno.ENAMETOOLONG: "名称过长（请用较短的名称）",
    errno.EADDRINUSE: "端口已被占用（请用 --port 换一个端口）",
}


def explain_system(error: OSError) -> str:
    """What the system refused, and of which file; in its own words where we have none."""
    said = _SYSTEM.get(error.errno or 0, error.strerror or str(error))
    return f"错误：{error.filename}：{said}" if error.filename else f"错误：{said}"


def explain(error: typer.TyperException) -> str:
    """The message for people, and where the command's usage is told; the help itself if nothing was asked."""
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if context is not None and message in (context.get_help(), "Missing command."):
        return str(context.get_help())
    where = f"{context.command_path} --help" if context else "gongbao --help"
    return f"错误：{in_chinese(message)}（用法见 {where}）"


def in_chinese(message: str) -> str:
    for pattern, chinese in _SAYINGS:
        message = re.sub(rf"(?:^|(?<=：)){pattern}$", chinese, message, flags=re.DOTALL)
    return message.replace("', '", "、").replace(", --", "、--").replace("'", "")
