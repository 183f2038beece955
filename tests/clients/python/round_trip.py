"""Reads an answer sheet and writes it, with pandas and nothing said but the dialect.

Usage: round_trip.py FROM TO yes|no, where yes is Dutch csv, with semicolons.
"""

import sys

import pandas

separator = {"yes": ";", "no": ","}[sys.argv[3]]
pandas.read_csv(sys.argv[1], sep=separator).to_csv(sys.argv[2], sep=separator, index=False)
