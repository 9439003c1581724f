"""`python -m pocket STAGE --data DATA --work WORK [--out FOLDER]`; see README.md."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from . import device, recipe, stages, text_stage
from .evaluate import compare, rows

STAGES = ("text", "head", "tune", "export", "all", "retext", "evaluate")

EXPORTING = ("export", "all", "retext")


def main() -> None:
    """Run one stage, or all of them in order."""
    parser = argparse.ArgumentParser(prog="pocket", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--work", type=Path, help="checkpoints and caches (about 5 GB)")
    parser.add_argument("--out", type=Path, required=False, help="the encoder folder")
    parser.add_argument("--start", type=Path, help="an encoder folder of ours to go on from")
    parser.add_argument("--beside", type=Path, help="evaluate: another folder to compare with")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", choices=device.NAMES, default="auto", help="of training")
    for name in recipe.LAMBDAS:
        parser.add_argument(
            f"--{name}", type=float, help="export: its weight; else the rule of held.py picks it"
        )
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    if given.stage == "evaluate":
        if given.out is None:
            parser.error("evaluate needs --out, the folder")
        print(compare(given.out, given.data, given.beside))
        return
    if given.work is None or (given.stage in EXPORTING and given.out is None):
        parser.error("this stage needs --work (and --out, if it exports)")
    if given.stage == "retext" and given.start is None:
        parser.error("retext needs --start, the folder whose image side stays")
    given.work.mkdir(parents=True, exist_ok=True)
    run = recipe.Recipe(given.data, given.work, given.start, device.pick(given.device))
    base = recipe.ground(run)
    if given.stage in ("text", "all", "retext"):
        text_stage.train_text(run, base)
        table = rows(given.data / "eval" / "captions.tsv")
        captions = [row[2] for row in table if row[0] == "coco"]
        cosine, nearest = text_stage.check_text(run, base, captions)
        print(f"text tower against its teacher: cosine {cosine:.3f}, nearest {nearest:.1%}")
    if given.stage == "retext":
        text_stage.ship_text(run, base, given.out)
    if given.stage in ("head", "all"):
        stages.train_head(run, base)
    if given.stage in ("tune", "all"):
        stages.fine_tune(run, base)
    if given.stage in ("export", "all"):
        lambdas = {name: getattr(given, name) for name in recipe.LAMBDAS}
        if None in lambdas.values():
            lambdas = stages.weigh(run, base)
        stages.ship(run, base, given.out, lambdas)


if __name__ == "__main__":
    main()
