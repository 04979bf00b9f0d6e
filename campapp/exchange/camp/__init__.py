"""A camp as a folder of spreadsheets: read, checked whole, taken in; and written out again."""
