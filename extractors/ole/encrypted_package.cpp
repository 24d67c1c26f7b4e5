// OOXML behind a password: the decrypted package is a child if one of the passwords opens it.
// Tested by tests/extractors/ole/crypto_test.cpp.
#include "extractors/ole/office_crypto.h"
#include "extractors/ole/work.h"

namespace evtriage::ole {
namespace {

constexpr std::uint64_t most_hashes = 60'000'000;  // about a minute of work
constexpr std::string_view known_to_all = "VelvetSweatshop";  // what Excel uses when nobody chose a password

void locked(Work& work, EntryId package, std::string why) {
  work.emit.encrypted();
  work.issue(Code::encrypted, "ole", std::move(why));
  NewChild child;
  child.name = "EncryptedPackage";
  child.encrypted = true;
  work.children.add_runs(std::move(child), work.file.content(), work.file.entries()[package].bytes);
}

}  // namespace

bool read_encrypted_package(Work& work, EntryId storage) {
  const auto package = work.file.find(storage, "EncryptedPackage");
  if (!package || work.file.entries()[*package].is_storage) return false;
  work.used[*package] = true;
  if (const auto spaces = work.file.find(storage, "\6DataSpaces")) work.use_all(*spaces);
  const auto described = work.file.find(storage, "EncryptionInfo");
  if (!described) {
    locked(work, *package, "the package is encrypted, and nothing says how");
    return true;
  }
  const auto info = parse_encryption_info(work.load(*described, 1 << 20).view());
  if (!info) {
    locked(work, *package, info.error().detail);
    return true;
  }
  std::vector<std::string> passwords = work.options.passwords;
  passwords.emplace_back(known_to_all);
  std::uint64_t hashes = 0;
  for (const std::string& password : passwords) {
    hashes += info->spins + std::uint64_t{1};
    if (hashes > most_hashes) {
      work.issue(Code::limit, "ole", "hashes=" + std::to_string(most_hashes) + ": not every password was tried");
      break;
    }
    const auto key = package_key(*info, password);
    if (!key) continue;
    const StreamContent source(work.file.content(), work.file.entries()[*package].bytes);
    const auto spool = work.emit.spool();
    if (!decrypt_package(*info, *key, source, *spool)) work.issue(Code::truncated, "ole", "the encrypted package is shorter than it declares");
    work.emit.property("encryption", info->agile ? "ECMA-376 Agile, opened" : "ECMA-376 Standard, opened");
    NewChild child;
    child.name = "decrypted package";
    work.children.add(std::move(child), spool->take());
    return true;
  }
  locked(work, *package, "the package is encrypted, and none of " + std::to_string(work.options.passwords.size()) + " passwords opens it");
  return true;
}

}  // namespace evtriage::ole
