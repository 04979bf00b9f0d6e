"""What is timed, as commands that print a table: `campapp bench NAME`, in a checkout only."""
