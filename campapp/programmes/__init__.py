"""Programmes: one edition of a competition or camp: dates, tracks, agenda, slots, tables, people, companies that take part."""
