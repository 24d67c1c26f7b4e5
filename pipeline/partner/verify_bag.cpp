// Signatures and manifests: who signed, and that the files are those that were signed, no more and no less.
// Tested by tests/whole/package_verify_test.py.
#include <algorithm>
#include <set>

#include "pipeline/partner/signature.h"
#include "pipeline/partner/staging.h"
#include "pipeline/partner/verify_parts.h"

namespace evtriage {
namespace {

constexpr std::uint64_t small_limit = 1u << 24, manifest_limit = 1u << 27;
constexpr std::string_view kTags = "tagmanifest-sha256.txt", kManifest = "manifest-sha256.txt";

std::string text_or_nothing(const PackageFiles& files, const std::string& path) {
  auto text = whole_text(files, path, small_limit);
  return text ? *std::move(text) : std::string();
}

struct Signed {
  std::string manifest, raw, cms;              // raw, cms: empty if there is no such file
};

void check_own(const PackageFiles& files, const Signed& bag, const BagInfo& info, PackageVerdict& verdict) {
  const auto differs = [&](const std::string& what) { verdict.differences.push_back(what); };
  const auto signer = parse_signatory(text_or_nothing(files, "certs/signer.pem"), "certs/signer.pem");
  if (!signer || !signer->certificate) return differs("certs/signer.pem: is no certificate");
  if (bag.raw.empty() && bag.cms.empty()) return differs("there is no signature");
  const std::string subject = subject_of(*signer->certificate);
  if (bag.cms.empty() != info.one("Signing-Certificate-SHA256").empty()) differs("tagmanifest-sha256.txt.p7s: the signature that bag-info.txt speaks of is missing, or one that it does not");
  if (bag.raw.empty() != info.one("Signing-Key-Ed25519-SHA256").empty()) differs("tagmanifest-sha256.txt.ed25519: the signature that bag-info.txt speaks of is missing, or one that it does not");
  if (!bag.cms.empty()) {
    const auto time = verify_cms(bag.cms, bag.manifest, signer->certificate.get());
    const std::string print = certificate_fingerprint(*signer->certificate);
    if (!time) differs("tagmanifest-sha256.txt.p7s: " + time.error().detail);
    else if (print != info.one("Signing-Certificate-SHA256")) differs("certs/signer.pem: is not the certificate that bag-info.txt names");
    else verdict.proved.push_back("the manifest was signed (CMS) with the key of " + subject + ", certificate SHA-256 " + print);
    if (time) verdict.not_proved.push_back("when it was signed: " + *time + " is what the signer's own clock said");
  }
  if (!bag.raw.empty()) {
    const auto key = parse_signatory(text_or_nothing(files, "certs/ed25519.pub.pem"), "certs/ed25519.pub.pem");
    if (!key || kind_of(key->key.get()) != KeyKind::ed25519 || !verify_raw(key->key.get(), bag.manifest, bag.raw)) {
      differs("tagmanifest-sha256.txt.ed25519: does not fit the manifest and certs/ed25519.pub.pem");
    } else if (key_fingerprint(key->key.get()) != info.one("Signing-Key-Ed25519-SHA256")) {
      differs("certs/ed25519.pub.pem: is not the key that bag-info.txt names");
    } else {
      verdict.proved.push_back("the manifest was signed (Ed25519) with the key whose SHA-256 is " + key_fingerprint(key->key.get()));
    }
  }
}

void check_pin(const std::string& name, const Signatory& pin, const Signed& bag, PackageVerdict& verdict) {
  const bool raw = kind_of(pin.key.get()) == KeyKind::ed25519;
  std::string why = raw ? "does not fit" : "needs the certificate, not the bare key";
  if (raw && verify_raw(pin.key.get(), bag.manifest, bag.raw)) why.clear();
  if (!raw && pin.certificate) {
    const auto good = verify_cms(bag.cms, bag.manifest, pin.certificate.get());
    why = good ? "" : good.error().detail;
  }
  if (why.empty()) verdict.proved.push_back("the signer is the one of '" + name + "'");
  else verdict.differences.push_back(std::string(kTags) + (raw ? ".ed25519" : ".p7s") + ": not signed by '" + name + "': " + why);
}

struct Listed {
  std::string path, sha256;
};
// Error (corrupt): a line that is no "DIGEST  PATH" in byte order.
Result<std::vector<Listed>> read_manifest(const PackageFiles& files, const std::string& name) {
  const auto text = whole_text(files, name, manifest_limit);
  if (!text) return text.error();
  std::vector<Listed> list;
  const auto read = each_line(*files.at(name), [&](std::string_view line) -> Result<void> {
    constexpr std::size_t digest = 64;
    const bool good = line.size() > digest + 2 && line.substr(0, digest).find_first_not_of("0123456789abcdef") == line.npos && line.substr(digest, 2) == "  " &&
                      is_bag_path(line.substr(digest + 2)) && (list.empty() || list.back().path < line.substr(digest + 2));
    if (!good) return Error{Code::corrupt, "a line that no package holds"};
    list.push_back({std::string(line.substr(digest + 2)), std::string(line.substr(0, digest))});
    return {};
  });
  if (!read) return Error{Code::corrupt, name + ": " + read.error().detail};
  return list;
}

void check_digest(const PackageFiles& files, const Listed& listed, PackageVerdict& verdict) {
  const auto file = files.find(listed.path);
  if (file == files.end()) return verdict.differences.push_back(listed.path + ": is missing");
  Sha256Stream digest;
  const auto read = each_block(*file->second, [&](std::string_view bytes) { return digest.add(bytes), Result<void>{}; });
  if (!read) return verdict.differences.push_back(listed.path + ": cannot be read: " + read.error().detail);
  const std::string found = hex(digest.finish());
  if (found != listed.sha256) verdict.differences.push_back(listed.path + ": SHA-256 is " + found + ", signed as " + listed.sha256);
}

}  // namespace

void verify_signatures(const PackageFiles& files, const std::vector<std::string>& pins, const BagInfo& info, PackageVerdict& verdict) {
  const std::string name(kTags);
  Signed bag{text_or_nothing(files, name), text_or_nothing(files, name + ".ed25519"), text_or_nothing(files, name + ".p7s")};
  check_own(files, bag, info, verdict);
  for (const std::string& file : pins) {
    const auto pin = load_signatory(file);
    if (pin) check_pin(file, *pin, bag, verdict);
    else verdict.differences.push_back(pin.error().detail);
  }
  if (pins.empty()) verdict.not_proved.push_back("who holds the signing key: compare the SHA-256 above with one that came by another way, or name the signer's certificate with --certificate");
}

void verify_manifests(const PackageFiles& files, PackageVerdict& verdict) {
  std::set<std::string> named{std::string(kTags), std::string(kTags) + ".ed25519", std::string(kTags) + ".p7s"};
  if (text_or_nothing(files, "bagit.txt") != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n") verdict.differences.push_back("bagit.txt: is not that of a BagIt 1.0 bag");
  std::size_t count = 0;
  for (const std::string_view manifest : {kTags, kManifest}) {
    const auto list = read_manifest(files, std::string(manifest));
    if (!list) {
      verdict.differences.push_back(list.error().detail);
      continue;
    }
    for (const Listed& listed : *list) {
      if ((manifest == kManifest) != listed.path.starts_with("data/")) verdict.differences.push_back(listed.path + ": stands in the wrong manifest");
      check_digest(files, listed, verdict);
      named.insert(listed.path);
      ++count;
    }
    for (const char* must : {"bag-info.txt", "bagit.txt", "certs/signer.pem", "manifest-sha256.txt"}) {
      const bool there = std::any_of(list->begin(), list->end(), [&](const Listed& listed) { return listed.path == must; });
      if (manifest == kTags && !there) verdict.differences.push_back(std::string(must) + ": is not covered by the signature");
    }
  }
  for (const auto& [path, content] : files) {
    if (!named.contains(path)) verdict.differences.push_back(path + ": is not named by a manifest (added)");
  }
  verdict.proved.push_back("the " + std::to_string(count) + " files are those that were signed, none more, none less");
}

std::string BagInfo::one(const std::string& label) const {
  const auto found = said.find(label);
  return found != said.end() && found->second.size() == 1 ? found->second[0] : std::string();
}

BagInfo read_bag_info(const PackageFiles& files, PackageVerdict& verdict) {
  BagInfo info;
  const auto file = files.find("bag-info.txt");
  const auto read = file == files.end() ? Result<void>(Error{Code::corrupt, "is missing"}) : each_line(*file->second, [&](std::string_view line) -> Result<void> {
    const std::size_t colon = line.find(": ");
    if (colon == line.npos || colon == 0) return Error{Code::corrupt, "a line that no package holds"};
    info.said[std::string(line.substr(0, colon))].emplace_back(line.substr(colon + 2));
    return {};
  });
  if (!read) verdict.differences.push_back("bag-info.txt: " + read.error().detail);
  return info;
}

}  // namespace evtriage
