// The table of namespaces.  See xml_names.h.
// Tested by tests/extractors/office/xml_reader_test.cpp.
#include "extractors/office/xml_names.h"

namespace evtriage {
namespace {

Ns ooxml(std::string_view uri) {
  switch (tag_of(uri)) {
    case "http://schemas.openxmlformats.org/wordprocessingml/2006/main"_tag:
    case "http://purl.oclc.org/ooxml/wordprocessingml/main"_tag: return Ns::word;
    case "http://schemas.openxmlformats.org/spreadsheetml/2006/main"_tag:
    case "http://purl.oclc.org/ooxml/spreadsheetml/main"_tag: return Ns::sheet;
    case "http://schemas.openxmlformats.org/presentationml/2006/main"_tag:
    case "http://purl.oclc.org/ooxml/presentationml/main"_tag: return Ns::slide;
    case "http://schemas.openxmlformats.org/drawingml/2006/main"_tag:
    case "http://purl.oclc.org/ooxml/drawingml/main"_tag: return Ns::drawing;
    case "http://schemas.openxmlformats.org/drawingml/2006/chart"_tag:
    case "http://purl.oclc.org/ooxml/drawingml/chart"_tag: return Ns::chart;
    case "http://schemas.openxmlformats.org/drawingml/2006/diagram"_tag:
    case "http://purl.oclc.org/ooxml/drawingml/diagram"_tag: return Ns::diagram;
    case "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"_tag:
    case "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"_tag: return Ns::word_drawing;
    case "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"_tag:
    case "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"_tag: return Ns::sheet_drawing;
    case "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"_tag: return Ns::word_shape;
    case "http://schemas.openxmlformats.org/officeDocument/2006/relationships"_tag:
    case "http://purl.oclc.org/ooxml/officeDocument/relationships"_tag: return Ns::relation;
    case "http://schemas.openxmlformats.org/package/2006/relationships"_tag: return Ns::package_relation;
    case "http://schemas.openxmlformats.org/package/2006/content-types"_tag: return Ns::content_types;
    case "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"_tag: return Ns::core_properties;
    case "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"_tag:
    case "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"_tag: return Ns::extended_properties;
    case "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"_tag:
    case "http://purl.oclc.org/ooxml/officeDocument/customProperties"_tag: return Ns::custom_properties;
    case "http://schemas.openxmlformats.org/officeDocument/2006/math"_tag:
    case "http://purl.oclc.org/ooxml/officeDocument/math"_tag: return Ns::math;
    case "http://schemas.openxmlformats.org/markup-compatibility/2006"_tag: return Ns::alternate;
    case "urn:schemas-microsoft-com:vml"_tag: return Ns::vml;
    case "urn:schemas-microsoft-com:office:office"_tag: return Ns::vml_office;
    case "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"_tag: return Ns::threaded;
    case "http://schemas.microsoft.com/office/powerpoint/2018/8/main"_tag: return Ns::slide_comment;
    default: return Ns::other;
  }
}

Ns open_document(std::string_view uri) {
  switch (tag_of(uri)) {
    case "urn:oasis:names:tc:opendocument:xmlns:office:1.0"_tag:
    case "http://openoffice.org/2009/office"_tag: return Ns::office;  // LibreOffice's annotations of slides
    case "urn:oasis:names:tc:opendocument:xmlns:text:1.0"_tag: return Ns::text;
    case "urn:oasis:names:tc:opendocument:xmlns:table:1.0"_tag: return Ns::table;
    case "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"_tag: return Ns::draw;
    case "urn:oasis:names:tc:opendocument:xmlns:style:1.0"_tag: return Ns::style;
    case "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"_tag: return Ns::meta;
    case "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"_tag: return Ns::presentation;
    case "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"_tag: return Ns::svg;
    case "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"_tag: return Ns::manifest;
    case "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"_tag: return Ns::number;
    case "urn:oasis:names:tc:opendocument:xmlns:form:1.0"_tag: return Ns::form;
    case "http://www.w3.org/1999/xlink"_tag: return Ns::xlink;
    default: return Ns::other;
  }
}

Ns common(std::string_view uri) {
  switch (tag_of(uri)) {
    case "http://purl.org/dc/elements/1.1/"_tag: return Ns::dc;
    case "http://purl.org/dc/terms/"_tag: return Ns::dcterms;
    case "urn:oasis:names:tc:opendocument:xmlns:container"_tag: return Ns::container;
    case "http://www.idpf.org/2007/opf"_tag: return Ns::opf;
    case "http://www.w3.org/2001/04/xmlenc#"_tag: return Ns::encryption;
    default: return Ns::other;
  }
}

}  // namespace

Ns namespace_named(std::string_view uri) {
  if (uri.empty()) return Ns::none;
  Ns found = ooxml(uri);
  if (found == Ns::other) found = open_document(uri);
  return found == Ns::other ? common(uri) : found;
}

}  // namespace evtriage
