"""Files to pictures: walk folders, read a file once, decode it in a process of its own."""
