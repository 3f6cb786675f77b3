"""``python -m bot.cli``: the same as ``mbc-chat``."""

from bot.cli.main import run

run()
