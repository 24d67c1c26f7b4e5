// Names of XML as numbers, so that a parser of a vocabulary is a `switch`.
//
// A Tag is the FNV-1a hash of a local name: the compiler refuses two equal cases, and a hostile name that collides is
// read as an element that it could have written plainly.  An Ns is a namespace that means something here; the strict
// (ISO/IEC 29500-1) and the transitional name of a vocabulary are one Ns.
// Tested by tests/extractors/office/xml_reader_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

namespace evtriage {

using Tag = std::uint64_t;

constexpr Tag add_to_tag(Tag hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u; }
constexpr Tag tag_of(std::string_view name) {
  Tag hash = 0xcbf29ce484222325u;
  for (const char c : name) hash = add_to_tag(hash, c);
  return hash;
}
consteval Tag operator""_tag(const char* name, std::size_t size) { return tag_of({name, size}); }

enum class Ns : std::uint8_t {
  none, other,
  // OOXML
  word, sheet, slide, drawing, chart, diagram, relation, package_relation, content_types, core_properties,
  extended_properties, custom_properties, vml, vml_office, alternate, word_drawing, word_shape, threaded,
  slide_comment, sheet_drawing, math,
  // OpenDocument
  office, text, table, draw, style, meta, presentation, svg, xlink, manifest, number, form,
  // EPUB
  container, opf, encryption,
  // everybody's
  dc, dcterms,
};

// Ns::none for an empty name, Ns::other for one that is not known here.
Ns namespace_named(std::string_view uri);

}  // namespace evtriage
