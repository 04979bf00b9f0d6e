"""One question of a form as the organiser sets it up, by noun: its boxes, its columns, its condition, its document."""
