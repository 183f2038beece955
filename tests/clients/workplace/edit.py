"""An answer sheet as an officer edits it in a spreadsheet: opened, cells filled in, and saved.

Usage: edit.py FROM TO CRITERION=ANSWER...
"""

import sys

import openpyxl

source, target, *answers = sys.argv[1:]
book = openpyxl.load_workbook(source)
sheets = [sheet for sheet in book if any(cell.value == "Criterium" for cell in sheet[1])]
(sheet,) = sheets
columns = {cell.value: cell.column for cell in sheet[1]}
rows = {row[columns["Criterium"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
for answer in answers:
    criterion, value = answer.split("=", 1)
    sheet.cell(rows[criterion], columns["Antwoord"]).value = value
book.save(target)
