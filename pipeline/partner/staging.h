// The folder in which a package is put together, and the manifests over it (BagIt 1.0, RFC 8493).
// Tested by tests/pipeline/partner/staging_test.cpp and tests/whole/package_test.py.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

class Staging {  // OUT.building/bag and OUT.building/work, mode 0700; removed with the object
 public:
  explicit Staging(const std::string& out);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  const std::string& problem() const { return problem_; }
  std::string bag() const { return path_ + "/bag"; }
  std::string work() const { return path_ + "/work"; }

 private:
  std::string path_, problem_;
  bool mine_ = false;
};

class FileOut {  // buffered; the first error sticks and is given by finish()
 public:
  explicit FileOut(const std::string& path);   // created, with its folders; must not exist
  ~FileOut();
  FileOut(const FileOut&) = delete;
  FileOut& operator=(const FileOut&) = delete;
  void write(std::string_view bytes);
  Result<void> finish(bool durable = false);    // durable: synced, before anything that depends on it happens

 private:
  void flush();
  std::string path_, buffer_;
  int file_ = -1, error_ = 0;
};
Result<void> put_file(const std::string& path, std::string_view bytes, bool durable = false);

// Reads a plain file piece by piece; no symbolic links.
Result<void> each_block(const std::string& path, const std::function<Result<void>(std::string_view)>& block);
Result<std::string> small_file(const std::string& path, std::size_t limit);

struct BagFile {
  std::string path;                            // in the bag: "data/seal.json"
  std::string sha256;
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};
// Every file below bag/FOLDER in byte order of its path.  Error (internal): a name that a bag must not hold.
Result<std::vector<BagFile>> list_bag(const std::string& bag, const std::string& folder);
Result<BagFile> measure(const std::string& bag, const std::string& path);
bool is_bag_path(std::string_view path);       // letters, digits, . _ - and /, no empty part, no part that begins with a dot
std::string manifest_text(const std::vector<BagFile>& files);

}  // namespace evtriage
