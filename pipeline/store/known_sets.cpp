// The lists of known files that were given: content decides what a file is, never its name.
// Tested by tests/pipeline/store/known_sets_test.cpp.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "pipeline/custody/custody.h"
#include "pipeline/store/known_set.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct Buffer {
  char* data = nullptr;
  std::size_t room = 0;
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(data); }
};

class LoadedSets final : public KnownSets {
 public:
  Known lookup(const Digests& digests) const override {
    if (alert_.contains(digests)) return Known::alert;
    return good_.contains(digests) ? Known::good : Known::unknown;
  }
  const std::vector<KnownSetInfo>& sets() const override { return sets_; }

  Result<void> load(const std::string& path, bool alert) {
    DigestSet& set = alert ? alert_ : good_;
    const std::uint64_t before = set.size();
    KnownSetInfo info;
    info.name = path.substr(path.rfind('/') + 1);
    std::error_code unknown;
    if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown)) {
      return Error{Code::unsupported, info.name + " is no file; a list of digests was expected"};  // a device may never end
    }
    auto digest = sha256_of_file(path);
    if (!digest) return digest.error();
    info.sha256 = *digest;
    auto kind = read(path, info.name, set);
    if (!kind) return kind.error();
    info.kind = *kind;
    info.digests = set.size() - before;
    if (info.digests == 0) return Error{Code::unsupported, info.name + " holds no digest; is it the right file?"};
    sets_.push_back(std::move(info));
    return {};
  }
  void sort() {
    good_.sort();
    alert_.sort();
  }

 private:
  static Error in_file(const std::string& name, const Error& error) { return {error.code, name + " " + error.detail}; }

  static Result<std::string> read(const std::string& path, const std::string& name, DigestSet& set) {
    const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rbe"));
    if (!file) return Error{Code::io_read, name + ": " + std::strerror(errno)};
    char head[16] = {};
    const std::size_t n = std::fread(head, 1, sizeof head, file.get());
    std::rewind(file.get());
    const std::string_view start(head, n);
    if (start == std::string_view("SQLite format 3\0", 16)) {
      if (auto done = read_nsrl(path, set); !done) return in_file(name, done.error());
      return std::string("nsrl-rdsv3");
    }
    const std::size_t shown = start.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (shown != start.npos && (start[shown] == '{' || start[shown] == '[')) {
      if (auto done = read_json(file.get(), set); !done) return in_file(name, done.error());
      return std::string("project-vic");
    }
    return read_lines(file.get(), name, set);
  }

  static Result<void> read_json(std::FILE* file, DigestSet& set) {
    std::string text, piece(1u << 20, '\0');
    while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), file)) text.append(piece, 0, n);
    return read_project_vic(text, set);
  }

  static Result<std::string> read_lines(std::FILE* file, const std::string& name, DigestSet& set) {
    ListReader reader(set);
    Buffer buffer;
    std::uint64_t number = 0;
    for (;;) {
      const ssize_t n = ::getline(&buffer.data, &buffer.room, file);
      if (n < 0) break;
      ++number;
      std::string_view line(buffer.data, static_cast<std::size_t>(n));
      if (line.ends_with('\n')) line.remove_suffix(1);
      if (auto done = reader.line(line); !done) {
        return Error{done.error().code, name + " line " + std::to_string(number) + " " + done.error().detail};
      }
    }
    if (std::ferror(file) != 0) return Error{Code::io_read, name + " cannot be read"};
    return std::string(reader.kind());
  }

  DigestSet good_, alert_;
  std::vector<KnownSetInfo> sets_;
};

}  // namespace

Result<std::unique_ptr<KnownSets>> load_known_sets(const std::vector<std::string>& good,
                                                   const std::vector<std::string>& alert) {
  auto sets = std::make_unique<LoadedSets>();
  for (const std::string& path : good) {
    if (auto done = sets->load(path, false); !done) return done.error();
  }
  for (const std::string& path : alert) {
    if (auto done = sets->load(path, true); !done) return done.error();
  }
  sets->sort();
  return std::unique_ptr<KnownSets>(std::move(sets));
}

}  // namespace evtriage
