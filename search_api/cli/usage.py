"""Wrong usage, said in Chinese: what was typed wrong, and how the command is called.

The library that reads the command line speaks English only. A message that no row knows passes as it is.
"""

from __future__ import annotations

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
    (r"Invalid value for (?:\[?)'?(.+?)'?(?:\]?): (?:Value error, )?(.+)", r"\1 的值不对：\2"),
    (r"Invalid value: (.+)", r"\1"),
    (r"'(.+?)' is not one of (.+)\.", r"没有“\1”，可以写 \2"),
    (r"'(.+?)' does not match the formats? .+", r"“\1”不是日期，写成 2024-06-30 的样子"),
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be greater than or equal to (\S+)", r"不得小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不得大于 \1"),
    (r"(?:[Ff]ile|[Dd]ir(?:ectory)?|[Pp]ath) '?(.+?)'? does not exist\.?", r"没有 \1"),
    (r"[Ff]ile '?(.+?)'? is a directory\.?", r"\1 是目录，应为文件"),
    (r"[Dd]ir(?:ectory)? '?(.+?)'? is a file\.?", r"\1 是文件，应为目录"),
)


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
