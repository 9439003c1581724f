"""What a desktop needs to know of the program: its icon in all sizes, its entry, what it opens."""
