"""Programmes: one edition of a competition or camp: dates, tracks, agenda, tables, staff, companies in it."""
