"""words.xlsx for LibreOffice to save as words.xls: words in formulas, a long result, data validation."""
import sys

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Fees"
sheet["A1"] = 'Ama'
sheet["A2"] = '="paid to "&A1&" at the old port"'
sheet["A3"] = '=IF(A1="Kofi","keep the passport","send the passport back")'
sheet["A4"] = '=REPT("abcdefghij",2000)&"end of it"'
sheet["A5"] = '=CHOOSE(2,"première","deuxième","troisième")&IF(SUM(1,2)>2,"é!","")'
rule = DataValidation(type="list", formula1='"Accra,Lomé,Cotonou"', allow_blank=True)
rule.promptTitle, rule.prompt, rule.errorTitle, rule.error = "Where to", "the town of the handover", "Not there", "only these three towns"
rule.showInputMessage = rule.showErrorMessage = True
sheet.add_data_validation(rule)
rule.add("B1")
book.save(sys.argv[1])
