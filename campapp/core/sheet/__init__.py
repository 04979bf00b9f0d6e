"""Sheets: CSV and XLSX as people's programs write them, read cell by cell; and written so that nothing runs.

What leaves here comes back as it was: text that a spreadsheet could take for a formula is marked in CSV (see
`escape`) and stands in a text cell in XLSX, codes keep every digit, moments keep their zone.
"""
