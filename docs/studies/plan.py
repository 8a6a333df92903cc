#!/usr/bin/env python3
"""Runs the study of plan.md, or continues it, prints its tables and draws its figures.

    docs/studies/plan.py FOLDER [MNIST]     # data, networks and JSON files go to FOLDER; needs Python 3.8 and NumPy

MNIST is a folder with t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz; without it, only the bundled digits are used.
"""
import argparse
import csv
import gzip
import json
import math
import os
import subprocess
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = ROOT / "collapse4j"
DIGITS = ROOT / "collapse4j-djl/src/main/resources/io/github/collapse4j/djl/data/digits.csv.gz"
SEEDS = (0, 1, 2)
