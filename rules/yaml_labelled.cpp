// Labelled texts of JSON lines; JSON is YAML, so the packs' own reader serves.
// yaml-cpp reports errors by exception: they end here.
// Tested by tests/rules/measure_test.cpp.
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "pipeline/core/text.h"
#include "rules/measure.h"

namespace evtriage {

Result<std::vector<LabelledText>> read_labelled(const std::vector<PackSource>& files) {
  std::vector<LabelledText> out;
  for (const PackSource& file : files) {
    std::string_view rest = file.bytes;
    for (unsigned number = 1; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string line(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty()) continue;
      const std::string place = file.name + ":" + std::to_string(number) + ": ";
      LabelledText text;
      try {
        const YAML::Node node = YAML::Load(line);
        for (const auto& [key, value] : {std::pair{"id", &text.id}, {"language", &text.language}, {"offence", &text.offence},
                                         {"category", &text.category}, {"text", &text.text}})
          *value = node[key].as<std::string>();
      } catch (const YAML::Exception&) {
        return Error{Code::corrupt, place + "not a JSON object with id, language, offence, category and text"};
      }
      if (text.offence != "tip" && text.offence != "som" && text.offence != "none")
        return Error{Code::corrupt, place + "offence is tip, som or none"};
      if (!is_valid_utf8(text.text)) return Error{Code::corrupt, place + "the text is not UTF-8"};
      out.push_back(std::move(text));
    }
  }
  return out;
}

}  // namespace evtriage
