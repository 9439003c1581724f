"""How the program's idea of a good match is fitted to an encoder: `python -m calibration`."""
