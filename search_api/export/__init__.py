"""Files that people open elsewhere: spreadsheets, calendars, feeds."""
