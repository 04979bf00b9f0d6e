"""Reports: the funnel, the impact page and its issued copies, paper for the day."""
