"""The program in a bundle, with its terminal: all that it starts is this one again."""

from multiprocessing import freeze_support

from photosearch.__main__ import main

if __name__ == "__main__":
    freeze_support()  # a child process ends in here
    main()
