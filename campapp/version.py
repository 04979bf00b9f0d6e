"""The version, where it takes no time to read: package metadata take longer than most small files to solve."""

VERSION = "0.1.0"
