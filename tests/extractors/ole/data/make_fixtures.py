#!/usr/bin/env python3
"""Writes the sources of the fixtures and converts them with LibreOffice (7.4).  Run in this folder, by hand; the tests
use what is committed.  People, numbers and places are invented."""
import pathlib
import subprocess
import tempfile

from cfb import cfb

HERE = pathlib.Path(__file__).resolve().parent
HEAD = ('<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.%s">')
META = ('<office:meta><dc:title>Liste des départs</dc:title><dc:subject>Tarifs d’été</dc:subject><dc:description>à garder secret</dc:description>'
        '<meta:keyword>passage</meta:keyword><meta:initial-creator>Moussa Exemple</meta:initial-creator><dc:creator>Awa Exemple</dc:creator>'
        '<meta:creation-date>2026-01-15T10:00:00</meta:creation-date><dc:date>2026-01-16T11:30:00</dc:date></office:meta>')
PNG = ('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==')

TEXT = HEAD % 'text' + META + (
    '<office:automatic-styles><style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:page-layout style:name="P"><style:header-style/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"><style:header><text:p>En-tête du dossier 77</text:p></style:header>'
    '</style:master-page></office:master-styles>'
    '<office:body><office:text>'
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Awa Exemple</dc:creator>'
    '<dc:date>2026-01-16T11:00:00</dc:date></office:change-info><text:p>phrase effacée 4711</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    '<text:p>Le bateau part samedi à l’aube, appelez +226 70 00 00 10.</text:p>'
    '<text:p>القارب يغادر يوم السبت من الشاطئ</text:p>'
    '<text:p>Avant <text:change text:change-id="c1"/>après la rature.</text:p>'
    '<text:p>Visible <text:span text:style-name="H">caché 0815 </text:span>encore visible.</text:p>'
    '<text:p>Voir <text:a xlink:type="simple" xlink:href="https://example.org/passage?x=1">le site</text:a> du port.</text:p>'
    '<text:p>Note<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Au pied: quai 9</text:p></text:note-body></text:note>'
    ' et fin<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>A la fin: quai 10</text:p></text:note-body></text:note></text:p>'
    '<text:p>Remarque<office:annotation><dc:creator>Moussa Exemple</dc:creator><dc:date>2026-01-15T12:00:00</dc:date><text:p>payer 500 avant</text:p></office:annotation> ici 😀 fin.</text:p>'
    '<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>'
    '<table:table-cell><text:p>Somme</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Binta</text:p></table:table-cell>'
    '<table:table-cell><text:p>800 000</text:p></table:table-cell></table:table-row></table:table>'
    '<text:p><draw:frame draw:name="I" svg:width="1cm" svg:height="1cm" text:anchor-type="as-char"><draw:image><office:binary-data>' + PNG + '</office:binary-data></draw:image></draw:frame></text:p>'
    '<text:p>Dernière ligne.</text:p></office:text></office:body></office:document>')


def cell(value, kind='string', style=''):
    attr = f' table:style-name="{style}"' if style else ''
    if kind == 'float':
        return f'<table:table-cell{attr} office:value-type="float" office:value="{value}"/>'
    if kind == 'date':
        return f'<table:table-cell{attr} office:value-type="date" office:date-value="{value}"/>'
    return f'<table:table-cell{attr} office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def row(*cells):
    return '<table:table-row>' + ''.join(cells) + '</table:table-row>'


LONG = [('é' if i % 3 else 'п') + 'xyz%04d' % i * 60 for i in range(60)]
SHEETS = HEAD % 'spreadsheet' + META + (
    '<office:automatic-styles><number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<style:style style:name="D" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="V" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    '<office:body><office:spreadsheet>'
    '<table:table table:name="Fees">'
    + row(cell('Nom'), cell('Téléphone'), cell('Somme'), cell('Date'))
    + row(cell('Binta'), cell(22670000010, 'float'), cell('1250.5', 'float'), cell('2026-01-15', 'date', 'D'))
    + row(cell('جوازات عندي'), cell(500, 'float'),
          '<table:table-cell table:formula="of:=CONCATENATE(&quot;appel&quot;;&quot;er&quot;)" office:value-type="string" office:string-value="appeler"><text:p>appeler</text:p></table:table-cell>',
          '<table:table-cell table:formula="of:=2*21" office:value-type="float" office:value="42"/>')
    + row('<table:table-cell office:value-type="string"><office:annotation><dc:creator>Awa</dc:creator><text:p>payer avant samedi</text:p></office:annotation><text:p>noté</text:p></table:table-cell>',
          '<table:table-cell office:value-type="string"><text:p><text:a xlink:href="https://example.org/tarif">tarif</text:a></text:p></table:table-cell>')
    + '</table:table><table:table table:name="Caché" table:style-name="V">' + row(cell('dette de Fatou'), cell(3000000, 'float')) + '</table:table>'
    '<table:table table:name="Long">' + ''.join(row(cell(text)) for text in LONG) + '</table:table>'
    '</office:spreadsheet></office:body></office:document>')


def slide(name, title, body, notes):
    def frame(kind, text):
        return (f'<draw:frame presentation:class="{kind}" svg:width="10cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>')
    return (f'<draw:page draw:name="{name}" draw:master-page-name="M">' + frame('title', title) + frame('outline', body)
            + '<presentation:notes>' + frame('notes', notes) + '</presentation:notes></draw:page>')


SLIDES = HEAD % 'presentation' + META + (
    '<office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="M" style:page-layout-name="P"/></office:master-styles>'
    '<office:body><office:presentation>'
    + slide('a', 'Le voyage', 'Départ de la plage, <text:a xlink:href="https://example.org/plan">plan</text:a>', 'Dire: éteignez les téléphones')
    + slide('b', 'Les prix', 'السعر مليون', 'Moitié avant')
    + slide('c', 'Contact', 'Appelez +226 70 00 00 11', '') +
    '</office:presentation></office:body></office:document>')


def convert(folder, name, text, kinds):
    source = folder / name
    source.write_text(text, encoding='utf-8')
    for ending, wanted, kind in kinds:
        subprocess.run(['soffice', '--headless', '--norestore', f'-env:UserInstallation=file://{folder}/profile', '--convert-to', kind, '--outdir', folder, source],
                       check=True, capture_output=True)
        (folder / source.stem).with_suffix('.' + ending).rename(HERE / wanted)


def without_thumbnail(path):
    """LibreOffice's thumbnail of 440 KB tells a test nothing: the file is written anew without it."""
    import olefile
    with olefile.OleFileIO(path) as old:
        streams = {'/'.join(entry): old.openstream(entry).read() for entry in old.listdir() if entry != ['\x05SummaryInformation']}
    path.write_bytes(cfb(streams))


def main():
    with tempfile.TemporaryDirectory() as where:
        folder = pathlib.Path(where)
        convert(folder, 'notice.fodt', TEXT, [('doc', 'notice.doc', 'doc:MS Word 97'), ('rtf', 'notice.rtf', 'rtf:Rich Text Format')])
        convert(folder, 'fees.fods', SHEETS, [('xls', 'fees.xls', 'xls:MS Excel 97')])
        convert(folder, 'talk.fodp', SLIDES, [('ppt', 'talk.ppt', 'ppt:MS PowerPoint 97')])
        without_thumbnail(HERE / 'talk.ppt')


if __name__ == '__main__':
    main()
