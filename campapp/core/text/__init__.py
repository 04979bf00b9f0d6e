"""Text as people type it and read it: names, search terms, pinyin, Markdown, money, codes, dates, moments.

Nothing here knows a table or a page. What cannot be read raises `Unreadable`, whose text is said in the
reader's language, so that a form, an import and the command line all give the same reason.
"""
