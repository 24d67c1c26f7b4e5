// Reading a package's ZIP: each header is made anew from what it says and compared, and the directory at the end must be
// the one that follows from the entries.  What differs in a bit is no package, so no two readers can see two contents.
// Tested by tests/pipeline/partner/zip_test.cpp (every bit, every truncation) and tests/whole/package_test.py.
#include <set>

#include "pipeline/partner/zip.h"
#include "pipeline/partner/zip_layout.h"

namespace evtriage {
namespace {

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint64_t local_bytes = 30, name_limit = 1000, entry_limit = 100'000;

Error refuse(const std::string& why) { return {Code::corrupt, "no ZIP of a package: " + why}; }

class Walk {
 public:
  explicit Walk(const Content& file) : file_(file) {}

  Result<std::vector<ZipEntry>> run() {
    for (;;) {
      const auto head = read(at_, 4);
      if (!head) return head.error();
      const std::uint32_t signature = number(*head, 0, 4);
      if (signature != local_signature) break;
      if (entries_.size() == entry_limit) return refuse("more than 100000 entries");
      if (auto entry = local_entry(); !entry) return entry.error();
    }
    if (auto directory = check_directory(); !directory) return directory.error();
    return std::move(entries_);
  }

 private:
  Result<std::string> read(std::uint64_t at, std::uint64_t size) const {
    if (at > file_.size() || size > file_.size() - at) return refuse("it ends too early");
    const auto bytes = file_.read({at, at + size});
    if (!bytes) return bytes.error();
    return std::string(bytes->chars());
  }

  // Little-endian, `size` bytes.  Precondition: they are there.
  static std::uint32_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  }

  Result<void> local_entry() {
    const auto head = read(at_, local_bytes);
    if (!head) return head.error();
    const std::uint64_t name_size = number(*head, 26, 2);
    const bool large = number(*head, 22, 4) == zip::full32;
    if (name_size == 0 || name_size > name_limit) return refuse("an entry without a usable name");
    const std::uint64_t head_size = local_bytes + name_size + (large ? 20 : 0);
    const auto whole = read(at_, head_size);
    if (!whole) return whole.error();
    std::uint64_t size = number(*head, 22, 4);
    if (large) size = number(*whole, head_size - 8, 4) | std::uint64_t{number(*whole, head_size - 4, 4)} << 32;
    ZipEntry entry{whole->substr(local_bytes, name_size), {at_ + head_size, 0}, number(*head, 14, 4)};
    if (entries_.empty()) {
      time_ = static_cast<std::uint16_t>(number(*head, 10, 2));
      date_ = static_cast<std::uint16_t>(number(*head, 12, 2));
    }
    if (zip::local_header(entry.name, size, entry.crc, date_, time_) != *whole) return refuse("an entry that is not written as a package writes it: " + entry.name);
    if (size > file_.size() - entry.where.begin) return refuse("it ends too early");
    if (!names_.insert(entry.name).second) return refuse("a name that stands twice: " + entry.name);
    offsets_.push_back(at_);
    entry.where.end = entry.where.begin + size;
    at_ = entry.where.end;
    entries_.push_back(std::move(entry));
    return {};
  }

  Result<void> check_directory() {
    const std::uint64_t begin = at_;
    const auto expect = [&](const std::string& bytes) -> Result<void> {
      const auto found = read(at_, bytes.size());
      if (!found) return found.error();
      if (*found != bytes) return refuse("its directory does not follow from its entries");
      at_ += bytes.size();
      return {};
    };
    if (entries_.empty()) return refuse("no entries");
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const ZipEntry& entry = entries_[i];
      if (auto same = expect(zip::central_header(entry.name, entry.where.size(), entry.crc, offsets_[i], date_, time_)); !same) return same;
    }
    if (auto same = expect(zip::end_records(entries_.size(), begin, at_)); !same) return same;
    if (at_ != file_.size()) return refuse("bytes after its end");
    return {};
  }

  const Content& file_;
  std::uint64_t at_ = 0;
  std::uint16_t date_ = 0, time_ = 0;
  std::vector<ZipEntry> entries_;
  std::vector<std::uint64_t> offsets_;
  std::set<std::string> names_;
};

}  // namespace

Result<std::vector<ZipEntry>> read_zip(const Content& file) { return Walk(file).run(); }

}  // namespace evtriage
