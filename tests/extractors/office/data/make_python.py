import docx, openpyxl, datetime, os
from docx.shared import Inches
from docx.oxml.ns import qn
from docx.oxml import OxmlElement
d=docx.Document(); d.core_properties.title="Fees for the crossing"; d.core_properties.author="Ama Mensah"; d.core_properties.keywords="boat, fees"; d.core_properties.created=datetime.datetime(2026,1,15,10,0,0)
d.core_properties.modified=datetime.datetime(2026,1,15,11,0,0)
d.add_heading("List of passengers",1)
p=d.add_paragraph("Call +226 70 00 00 01 "); p.add_run("before Friday").bold=True; p.add_run("\tat noon\nnext line")
t=d.add_table(2,3)
for i,r in enumerate((("Name","Paid","Phone"),("Kofi","350","22670000002"))):
    for j,c in enumerate(r): t.cell(i,j).text=c
t.cell(1,0).add_paragraph("second line")
h=d.add_paragraph(); r=h.add_run("secret meeting"); r.font.hidden=True; h.add_run(" visible end")
s=d.sections[0]; s.header.paragraphs[0].text="Header of Ama"; s.footer.paragraphs[0].text="Footer page"
d.add_paragraph("R\u00e9sum\u00e9 \u0639\u0631\u0628\u064a & <tag>")
# tracked
def tracked(p,tag,text,author):
    e=OxmlElement(tag); e.set(qn('w:id'),'1'); e.set(qn('w:author'),author); e.set(qn('w:date'),'2026-01-15T10:00:00Z')
    r=OxmlElement('w:r'); t=OxmlElement('w:delText' if tag=='w:del' else 'w:t'); t.text=text; t.set(qn('xml:space'),'preserve'); r.append(t); e.append(r); p._p.append(e)
p=d.add_paragraph("We "); tracked(p,'w:del','never ','Kofi'); tracked(p,'w:ins','always ','Ama'); p.add_run("keep the passports")
import base64
open('pixel.png','wb').write(base64.b64decode(b'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))
pic=d.add_picture('pixel.png',width=Inches(1)); pic._inline.docPr.set('descr','a photograph of a passport')
# hyperlink
rid=d.part.relate_to('http://pay.example.org/x','http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink',is_external=True)
hl=OxmlElement('w:hyperlink'); hl.set(qn('r:id'),rid); r=OxmlElement('w:r'); tt=OxmlElement('w:t'); tt.text='pay here'; r.append(tt); hl.append(r); d.add_paragraph("Please ")._p.append(hl)
d.save('report.docx')
wb=openpyxl.Workbook(); ws=wb.active; ws.title="Fees"
ws.append(["Name","Phone","Paid","When","At"])
ws.append(["Ama",22670000003,1234567,datetime.date(2026,1,15),datetime.datetime(2026,1,15,10,30)])
ws.append(["Kofi",601020304,0.1+0.2,datetime.date(1900,1,31),datetime.time(10,30)])
ws["B3"].number_format="0000000000"
ws.append(["Sum","=SUM(C2:C3)",True,'=HYPERLINK("http://pay.example.org/y","click")'])
ws.append(["hidden row",777]); ws.row_dimensions[5].hidden=True
ws["G2"]="hidden column"; ws.column_dimensions["G"].hidden=True
from openpyxl.comments import Comment
ws["A2"].comment=Comment("pays late","Ama Mensah")
ws["A3"].hyperlink="mailto:kofi@example.org"
w2=wb.create_sheet("Secret"); w2["A1"]="hidden sheet text"; w2.sheet_state="hidden"
w3=wb.create_sheet("Deep"); w3["A1"]="very hidden text"; w3.sheet_state="veryHidden"
from openpyxl.workbook.defined_name import DefinedName
try: wb.defined_names.add(DefinedName("rates",attr_text="Fees!$C$2:$C$3"))
except AttributeError: wb.defined_names.append(DefinedName("rates",attr_text="Fees!$C$2:$C$3"))
wb.properties.created=wb.properties.modified=datetime.datetime(2026,1,15,9,0,0); wb.properties.title="Fee list"; wb.properties.creator="Ama Mensah"
wb.save('fees.xlsx')
