// The plain formats as extractors of the registry: plain_format says which one an item is.
// Tested by tests/extractors/plain/accepts_test.cpp and tests/whole/documents_test.py.
#include "extractors/plain/plain.h"
#include "extractors/plain/plain_accepts.h"

namespace evtriage {
namespace {

using Function = void (*)(const Content&, const Identity&, const ExtractOptions&, Emit&);

class Plain final : public Extractor {
 public:
  Plain(std::string_view name, Function function) : name_(name), function_(function) {}
  std::string_view name() const override { return name_; }
  std::uint32_t version() const override { return 3; }
  bool accepts(const Identity& identity) const override { return plain_format(identity) == name_; }
  bool reads_any_size() const override { return true; }
  void extract(const Content& content, const Identity& identity, Emit& emit) const override { function_(content, identity, {}, emit); }

 private:
  std::string_view name_;
  Function function_;
};

}  // namespace

std::vector<std::unique_ptr<const Extractor>> make_plain_extractors() {
  constexpr std::pair<std::string_view, Function> formats[] = {
      {"csv", extract_csv},     {"json", extract_json},         {"xml", extract_xml},            {"plist", extract_plist},
      {"vcard", extract_vcard}, {"calendar", extract_calendar}, {"subtitles", extract_subtitles}, {"shortcut", extract_shortcut}};
  std::vector<std::unique_ptr<const Extractor>> out;
  for (const auto& [name, function] : formats) out.push_back(std::make_unique<Plain>(name, function));
  return out;
}

}  // namespace evtriage
