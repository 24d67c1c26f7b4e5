// A package as somebody hands it over: the ZIP, or its unpacked folder.  One view of both: names and bytes.
// Nothing is unpacked, nothing is written; links and devices are refused.
// Tested by tests/whole/package_verify_test.py.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/content.h"

namespace evtriage {

using PackageFiles = std::map<std::string, ContentPtr>;     // path in the bag -> bytes

// Error (unsupported): no package (an encrypted one: with the command that opens it).  Error (corrupt): a ZIP that is
// not written as packages are, a name that no bag holds, a link.
Result<PackageFiles> open_package_files(const std::string& path);

Result<void> each_block(const Content& content, const std::function<Result<void>(std::string_view)>& block);
// Lines without LF.  Error (corrupt): the last line has no end, or a line is longer than 256 MiB.
Result<void> each_line(const Content& content, const std::function<Result<void>(std::string_view)>& line);
class LineCursor {  // lines one at a time; nullopt: no more, or not readable
 public:
  explicit LineCursor(const Content& content) : content_(content) {}
  std::optional<std::string> next();

 private:
  const Content& content_;
  std::uint64_t at_ = 0;
  std::string held_;
  std::size_t from_ = 0;
};
Result<std::string> whole_text(const PackageFiles& files, const std::string& path, std::uint64_t limit);

}  // namespace evtriage
