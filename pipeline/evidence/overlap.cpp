// Whether the case folder and the evidence lie one in the other, whatever names lead to them.
// Tested by tests/pipeline/evidence/overlap_test.cpp.
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>

#include <sys/stat.h>

#include "pipeline/core/text.h"
#include "pipeline/evidence/io_error.h"
#include "pipeline/evidence/evidence.h"

namespace evtriage {
namespace {

struct Identity {
  dev_t device;
  ino_t inode;
  bool operator==(const Identity&) const = default;
};

struct Chain {
  bool exists = true;              // else it is the chain of the nearest parent that does
  std::vector<Identity> upwards;   // the path itself first, the root last
};

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

Result<Chain> chain_of(const std::string& typed) {
  Chain chain;
  std::string path = typed;
  std::optional<std::string> real;
  while (!(real = real_path(path))) {
    if (errno != ENOENT && errno != ENOTDIR) return evidence::io_error("the path " + printable(typed), errno);
    chain.exists = false;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    const std::size_t slash = path.rfind('/');
    path = slash == std::string::npos ? std::string(1, '.') : path.substr(0, std::max<std::size_t>(slash, 1));
  }
  for (std::string at = *real;;) {
    struct stat status {};
    if (::stat(at.c_str(), &status) != 0) return evidence::io_error("the path " + printable(typed), errno);
    chain.upwards.push_back({status.st_dev, status.st_ino});
    if (at == "/") return chain;
    at.resize(std::max<std::size_t>(at.rfind('/'), 1));
  }
}

bool holds(const Chain& outer, const Chain& inner) {
  return outer.exists &&
         std::find(inner.upwards.begin(), inner.upwards.end(), outer.upwards.front()) != inner.upwards.end();
}

}  // namespace

Result<bool> paths_overlap(const std::string& a, const std::string& b) {
  const auto chain_a = chain_of(a);
  if (!chain_a) return chain_a.error();
  const auto chain_b = chain_of(b);
  if (!chain_b) return chain_b.error();
  return holds(*chain_a, *chain_b) || holds(*chain_b, *chain_a);
}

}  // namespace evtriage
