"""The texts that the recipe trains on: class names, hypernyms, phrases cut from captions."""

from __future__ import annotations

import re

import numpy as np

from .sources import Photo

NAME_TEMPLATES = ("{}", "a photo of a {}", "a picture of {}", "a {}", "there is a {} in the photo")

# What a person would say instead of the species or the make: spans of the 1,000 classes.
HYPERNYM_SPANS = (
    (0, 6, "fish"), (7, 24, "bird"), (25, 32, "frog or salamander"), (33, 37, "turtle"),
    (38, 48, "lizard"), (49, 50, "crocodile"), (52, 68, "snake"), (72, 77, "spider"),
    (80, 100, "bird"), (118, 121, "crab"), (122, 124, "lobster"), (127, 146, "bird"),
    (147, 148, "whale"), (149, 150, "sea animal"), (151, 268, "dog"), (269, 275, "wild dog"),
    (277, 280, "fox"), (281, 285, "cat"), (286, 293, "big cat"), (294, 297, "bear"),
    (300, 307, "beetle"), (308, 320, "insect"), (321, 326, "butterfly"), (330, 332, "rabbit"),
    (333, 338, "rodent"), (341, 342, "pig"), (345, 347, "cattle"), (348, 353, "sheep or goat"),
    (356, 361, "weasel"), (365, 382, "monkey"), (385, 386, "elephant"), (387, 388, "panda"),
    (389, 397, "fish"), (924, 969, "food"), (984, 986, "flower"), (991, 997, "mushroom"),
)  # fmt: skip
HYPERNYMS = {
    "car": (407, 436, 468, 511, 581, 609, 627, 656, 661, 751, 817),
    "boat": (472, 484, 554, 576, 625, 780, 814, 871, 914),
    "ship": (510, 628, 724, 403, 833),
    "airplane": (404, 895),
    "truck": (555, 569, 675, 717, 864, 867),
    "bus": (654, 779, 874),
    "motorcycle": (665, 670),
    "bicycle": (444, 671),
    "train": (466, 547, 565, 705, 820),
    "ball": (429, 430, 522, 574, 722, 768, 805, 852, 890),
    "musical instrument": (401, 402, 432, 486, 513, 541, 546, 558, 566, 577, 579, 594, 593, 642,
                           683, 684, 687, 699, 776, 822, 875, 881, 889),
    "building": (410, 425, 449, 483, 497, 498, 500, 580, 624, 660, 663, 668, 698, 727, 762, 832),
    "clothes": (411, 474, 501, 568, 578, 601, 608, 610, 614, 617, 639, 638, 655, 689, 697, 735,
                834, 841, 842, 869, 906),
    "shoes": (502, 514, 630, 770, 774),
    "hat": (439, 452, 515, 518, 560, 793, 808),
    "furniture": (423, 431, 453, 493, 495, 516, 520, 526, 532, 548, 559, 564, 648, 703, 736, 765,
                  831, 857, 861, 894),
    "computer": (508, 527, 590, 620, 664, 673, 681, 782),
    "mountain": (970, 980),
    "sea": (973, 975, 977, 978),
}  # fmt: skip

# Words at which a caption falls into phrases that a person might search for.
_BREAKS = re.compile(
    r"\b(?:with|in|on|of|and|near|at|is|are|was|were|by|from|while|that|which|who|to|into|onto|"
    r"over|under|next|behind|through|for|as|has|have|wearing|holding|sitting|standing|looking|"
    r"walking|riding|playing|using|down|up|around|across|between|beside|along|against)\b|[.,;:!?\"]"
)


def hypernyms() -> dict[int, str]:
    """Class number (0 to 999) to the everyday word above it, where there is one."""
    found = {
        number: word for first, last, word in HYPERNYM_SPANS for number in range(first, last + 1)
    }
    found.update({number: word for word, numbers in HYPERNYMS.items() for number in numbers})
    return found


def phrases(caption: str) -> list[str]:
    """The pieces of two to six words that a caption falls into."""
    pieces = (" ".join(piece.split()) for piece in _BREAKS.split(caption.lower()))
    return [piece for piece in pieces if 2 <= len(piece.split()) <= 6]


def class_names(photos: list[Photo]) -> list[str]:
    """Every label of the training photos, in alphabetical order."""
    return sorted({label for photo in photos for label in photo.labels})


def list_captions(photo: Photo, rng: np.random.Generator) -> list[str]:
    """Captions for a photo that has only labels: them in a row, in more than one order."""
    if photo.captions or len(photo.labels) < 2:
        return []
    made = []
    for _ in range(2):
        words = [photo.labels[i] for i in rng.permutation(len(photo.labels))[:4]]
        made.append(f"{', '.join(words[:-1])} and {words[-1]}")
    return made


def in_templates(names: list[str]) -> list[str]:
    """Each name in each template, name by name."""
    return [template.format(name) for name in names for template in NAME_TEMPLATES]
