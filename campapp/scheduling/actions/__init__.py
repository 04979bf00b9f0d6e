"""What happens to the timetable, by noun."""
