"""The window in a bundle: no terminal comes with it."""

from photosearch.__main__ import main_window

if __name__ == "__main__":
    main_window()
