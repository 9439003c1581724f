"""The engine: a child process that answers the window, and the messages between them."""
