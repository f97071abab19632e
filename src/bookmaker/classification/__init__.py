"""Which theme an article, and each of its parts, belongs to, and the words that say so.

articles, themes ─ hear → Testimony … ─ score → Verdict … ─ decide → Classified ─ write → the article's text
"""
