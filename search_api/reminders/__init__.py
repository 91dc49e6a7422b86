"""Reminders of what is due in 30, 7, 3 and 0 days and of what became overdue, each once."""

from gongbao.search_api.reminders.digest import Digest, digest_of, filters_of, words_of
from gongbao.search_api.reminders.running import ReminderRun, preview, run
from gongbao.search_api.reminders.sending import Delivery, send

__all__ = ["Delivery", "Digest", "ReminderRun", "digest_of", "filters_of", "preview", "run", "send", "words_of"]
