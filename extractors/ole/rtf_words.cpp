// A sorted table, found by binary search.
// Tested by tests/extractors/ole/rtf_test.cpp.
#include "extractors/ole/rtf_words.h"

#include <algorithm>

namespace evtriage::ole {
namespace {

using enum WordKind;
constexpr ControlWord words[] = {
    {"annotation", destination, Into::comment}, {"ansi", ansi}, {"ansicpg", code_page},
    {"atnauthor", destination, Into::comment_author}, {"atnid", destination, Into::comment_author}, {"author", destination, Into::author},
    {"bin", binary}, {"bullet", character, Into::body, 0x2022}, {"category", destination, Into::category}, {"cell", cell},
    {"colorschememapping", destination, Into::skip}, {"colortbl", destination, Into::skip}, {"company", destination, Into::company},
    {"cpg", code_page_of_font}, {"creatim", created}, {"datafield", destination, Into::skip}, {"datastore", destination, Into::skip},
    {"deff", default_font}, {"deleted", deleted}, {"dibitmap", picture_type, Into::body, 5}, {"doccomm", destination, Into::description},
    {"dptxbxtext", transparent}, {"dy", day}, {"emdash", character, Into::body, 0x2014}, {"emfblip", picture_type, Into::body, 3},
    {"emspace", character, Into::body, ' '}, {"endash", character, Into::body, 0x2013}, {"enspace", character, Into::body, ' '},
    {"f", font}, {"falt", destination, Into::skip}, {"fcharset", charset}, {"field", transparent}, {"filetbl", destination, Into::skip},
    {"fldinst", destination, Into::field_code}, {"fldrslt", transparent}, {"fldtype", destination, Into::skip}, {"fontemb", destination, Into::skip},
    {"fonttbl", destination, Into::fonts}, {"footer", destination, Into::header}, {"footerf", destination, Into::header},
    {"footerl", destination, Into::header}, {"footerr", destination, Into::header}, {"footnote", destination, Into::footnote},
    {"fromhtml", from_html}, {"fromtext", from_text}, {"generator", destination, Into::generator}, {"header", destination, Into::header},
    {"headerf", destination, Into::header}, {"headerl", destination, Into::header}, {"headerr", destination, Into::header},
    {"hl", transparent}, {"hlfr", transparent}, {"hlinkbase", destination, Into::link_base}, {"hlloc", destination, Into::link},
    {"hlsrc", destination, Into::link}, {"hr", hour}, {"htmlrtf", html_rtf}, {"htmltag", destination, Into::html_tag},
    {"info", destination, Into::information}, {"jpegblip", picture_type, Into::body, 2}, {"keywords", destination, Into::keywords},
    {"latentstyles", destination, Into::skip}, {"ldblquote", character, Into::body, 0x201c}, {"line", line},
    {"linkval", destination, Into::skip}, {"listoverridetable", destination, Into::skip}, {"listtable", destination, Into::skip},
    {"lquote", character, Into::body, 0x2018}, {"mac", mac}, {"macpict", picture_type, Into::body, 6}, {"manager", destination, Into::manager},
    {"mhtmltag", destination, Into::skip}, {"min", minute}, {"mo", month}, {"nestcell", cell}, {"nestrow", row},
    {"nesttableprops", destination, Into::skip}, {"nonesttables", destination, Into::skip}, {"objclass", destination, Into::object_class}, {"objdata", destination, Into::object_data},
    {"object", transparent}, {"objname", destination, Into::object_class}, {"operator", destination, Into::last_author}, {"page", paragraph},
    {"panose", destination, Into::skip}, {"par", paragraph}, {"pc", pc}, {"pca", pca}, {"pict", destination, Into::picture},
    {"plain", plain}, {"pmmetafile", picture_type, Into::body, 4}, {"pngblip", picture_type, Into::body, 1}, {"printim", printed},
    {"propname", destination, Into::custom_name}, {"qmspace", character, Into::body, ' '}, {"rdblquote", character, Into::body, 0x201d},
    {"result", transparent}, {"revtbl", destination, Into::revisers}, {"revtim", modified}, {"row", row},
    {"rquote", character, Into::body, 0x2019}, {"rsidtbl", destination, Into::skip}, {"sec", second}, {"sect", paragraph},
    {"shp", transparent}, {"shpinst", transparent}, {"shppict", transparent}, {"shptxt", transparent}, {"sn", destination, Into::skip},
    {"sp", transparent}, {"staticval", destination, Into::custom_value}, {"stylesheet", destination, Into::skip},
    {"subject", destination, Into::subject}, {"sv", destination, Into::skip}, {"tab", character, Into::body, '\t'},
    {"template", destination, Into::skip}, {"themedata", destination, Into::skip}, {"title", destination, Into::title}, {"u", unicode},
    {"uc", unicode_skip}, {"ud", transparent}, {"upr", destination, Into::skip}, {"userprops", destination, Into::information},
    {"v", hidden}, {"wbitmap", picture_type, Into::body, 7}, {"wmetafile", picture_type, Into::body, 4},
    {"xmlnstbl", destination, Into::skip}, {"yr", year}, {"zwj", character, Into::body, 0x200d}, {"zwnj", character, Into::body, 0x200c}};

constexpr bool by_name(const ControlWord& a, const ControlWord& b) { return a.name < b.name; }
static_assert(std::is_sorted(std::begin(words), std::end(words), by_name));
constexpr ControlWord nothing{};

}  // namespace

const ControlWord& control_word(std::string_view name) {
  const auto* const found = std::lower_bound(std::begin(words), std::end(words), ControlWord{name, none, Into::body, 0}, by_name);
  return found != std::end(words) && found->name == name ? *found : nothing;
}

unsigned code_page_of_charset(unsigned charset) {
  switch (charset) {
    case 0: case 2: return 1252;
    case 77: return 10000;
    case 78: case 128: return 932;
    case 79: case 129: case 130: return 949;
    case 80: case 134: return 936;
    case 81: case 136: return 950;
    case 84: case 178: case 179: case 180: return 1256;
    case 83: case 177: case 181: return 1255;
    case 85: case 161: return 1253;
    case 86: case 162: return 1254;
    case 89: case 204: return 1251;
    case 87: case 222: return 874;
    case 88: case 238: return 1250;
    case 163: return 1258;
    case 186: return 1257;
    case 254: return 437;
    case 255: return 850;
    default: return 0;
  }
}

}  // namespace evtriage::ole
