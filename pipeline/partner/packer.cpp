// From a folder to a signed and encrypted file.  The order matters: everything is written, then keys are opened, the
// manifest is signed, the keys are closed, and only then the bag goes into its envelope.
// Tested by tests/whole/package_test.py.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "pipeline/core/text.h"
#include "pipeline/core/time.h"
#include "pipeline/partner/case_part.h"
#include "pipeline/partner/disclose.h"
#include "pipeline/partner/envelope.h"
#include "pipeline/partner/opening.h"
#include "pipeline/partner/partner.h"
#include "pipeline/partner/signature.h"
#include "pipeline/partner/zip.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

Error refuse(const std::string& why) { return {Code::unsupported, why}; }

// A folder name that every system and every checksum tool reads in one way.
std::string safe_name(const std::string& text, std::size_t limit) {
  std::string out;
  for (const char c : text) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (fine || (!out.empty() && out.back() != '_')) out += fine ? c : '_';
  }
  out = out.substr(0, limit);
  while (!out.empty() && (out.back() == '_' || out.back() == '-')) out.pop_back();
  while (!out.empty() && out.front() == '-') out.erase(0, 1);
  return out;
}

std::string one_line(const std::string& text) {
  std::string out = printable(text);
  std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out.substr(0, floor_char(out, std::min<std::size_t>(out.size(), 500)));
}

bool lies_in(const std::string& file, const std::string& folder) {
  std::error_code error;
  const std::string inner = fs::weakly_canonical(file, error).string(), outer = fs::weakly_canonical(folder, error).string();
  return inner.starts_with(outer.ends_with('/') ? outer : outer + "/");
}

std::string numbered(const std::string& out, std::size_t part, std::size_t parts) {
  if (parts == 1) return out;
  const std::string number = std::to_string(part + 1);
  return out + "." + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

class BagPacker final : public Packer {
 public:
  explicit BagPacker(PackageSpec spec) : spec_(std::move(spec)) {}
  ~BagPacker() override {
    for (const std::string& file : unpublished_) ::unlink(file.c_str());
  }

  Result<void> prepare() {
    if (spec_.recipients.empty()) return refuse("package needs --recipient CERT.pem: whom the package is for");
    if (spec_.keys.empty() || spec_.keys.size() > 2) return refuse("package needs --sign KEY.pem: one Ed25519 key, one RSA or P-256 key, or both");
    if (spec_.certificate.empty()) return refuse("package needs --certificate CERT.pem: the certificate of the signing key");
    for (const std::string& key : spec_.keys) {
      if (auto good = check_private_file(key); !good) return good;
    }
    if (!spec_.pass_phrase_file.empty()) {
      if (auto good = check_private_file(spec_.pass_phrase_file); !good) return good;
    }
    const std::int64_t seconds = spec_.now_ns / 1'000'000'000;
    auto certificate = load_certificate(spec_.certificate);
    if (!certificate) return certificate.error();
    certificate_ = *std::move(certificate);
    if (auto good = check_validity(*certificate_, seconds, "'" + spec_.certificate + "'"); !good) return good;
    for (const std::string& file : spec_.recipients) {
      auto recipient = load_certificate(file);
      if (!recipient) return recipient.error();
      if (kind_of(X509_get0_pubkey(recipient->get())) == KeyKind::ed25519) return refuse("'" + file + "' can only sign; a recipient needs an RSA or P-256 certificate");
      if (auto good = check_validity(**recipient, seconds, "'" + file + "'"); !good) return good;
      recipients_.push_back(*std::move(recipient));
    }
    if (spec_.out.empty()) return refuse("package needs --out FILE: where the package goes");
    auto profile = load_profile(spec_.disclosure);
    if (!profile) return profile.error();
    profile_ = *std::move(profile);
    made_.profile = profile_.name;
    if (auto ready = open_secret(); !ready) return ready;
    return open_folder();
  }

  const std::string& data_dir() const override { return data_dir_; }

  bool whole_case() const override { return profile_.full; }

  Result<std::vector<std::pair<std::string, std::string>>> add_tables(CaseReader& reader) override {
    using Fields = std::vector<std::pair<std::string, std::string>>;
    auto facts = read_case_facts(spec_.case_dir);
    if (!facts) return facts.error();
    facts_ = *std::move(facts);
    if (profile_.full) {
      if (auto put = write_seal_part(spec_.case_dir, data_dir_); !put) return put.error();
      if (auto written = write_tables(reader, facts_.seal, data_dir_, staging_->work()); !written) return written.error();
      return Fields{};
    }
    const auto root = write_disclosure(reader, facts_.seal, facts_.seal_sha256, profile_, secret_.bytes, data_dir_, staging_->work());
    if (!root) return root.error();
    disclosure_root_ = *root;
    return Fields{{"disclosure_root", *root}, {"profile", profile_.name}, {"profile_sha256", profile_.sha256}, {"seal_sha256", facts_.seal_sha256}};
  }

  Result<void> add_custody() override {
    return write_custody_part(spec_.case_dir, data_dir_, profile_.full ? std::set<std::string>{"all"} : profile_.custody, facts_);
  }

  Result<PackageMade> seal() override {
    for (const CertificatePtr& recipient : recipients_) made_.recipients.push_back(subject_of(*recipient) + "; SHA-256 " + certificate_fingerprint(*recipient));
    if (auto signed_ = sign_bag(); !signed_) return signed_.error();
    if (auto wrapped = wrap(); !wrapped) return wrapped.error();
    return made_;
  }

  Result<void> publish() override {
    if (!secret_.stored && !profile_.full) {   // first: a package whose secret is lost can never be opened
      if (auto stored = store_secret(secret_, disclosure_root_); !stored) return stored;
    }
    std::string list;
    for (std::size_t i = 0; i < made_.parts.size(); ++i) {
      const std::string name = numbered(spec_.out, i, made_.parts.size());
      if (::rename(part_file(i).c_str(), name.c_str()) != 0) return Error{Code::io_read, "cannot name '" + name + "': " + std::strerror(errno)};
      list += made_.parts[i].sha256 + "  " + made_.parts[i].file + "\n";
    }
    unpublished_.clear();
    return put_file(spec_.out + ".sha256", list);
  }

 private:
  Result<void> open_secret() {
    if (profile_.full) return spec_.opening.empty() ? Result<void>{} : refuse("--opening goes with a profile that withholds something");
    made_.opening = spec_.opening.empty() ? spec_.out + ".opening" : spec_.opening;
    if (lies_in(made_.opening, spec_.case_dir)) return refuse("the case folder holds only what is sealed; name an --opening outside it");
    auto secret = find_or_make_secret(made_.opening);
    if (!secret) return secret.error();
    secret_ = *std::move(secret);
    return {};
  }

  Result<void> open_folder() {
    if (lies_in(spec_.out, spec_.case_dir)) return refuse("the case folder holds only what is sealed; name an --out outside it");
    for (const std::string& taken : {spec_.out, spec_.out + ".001", spec_.out + ".sha256"}) {
      std::error_code ignored;
      if (fs::exists(fs::symlink_status(taken, ignored))) return refuse("'" + taken + "' is already there; name another --out, or remove it");
    }
    staging_.emplace(spec_.out);
    if (!staging_->problem().empty()) return refuse(staging_->problem());
    data_dir_ = staging_->bag() + "/data";
    return {};
  }

  struct Signers {  // lives as short as can be
    KeyPtr raw, cms;
  };
  Result<Signers> open_keys() {
    Signers signers;
    for (const std::string& file : spec_.keys) {
      auto key = load_private_key(file, spec_.pass_phrase_file);
      if (!key) return key.error();
      KeyPtr& place = kind_of(key->get()) == KeyKind::ed25519 ? signers.raw : signers.cms;
      if (place) return refuse("--sign takes one Ed25519 key and one RSA or P-256 key, not two of a kind");
      place = *std::move(key);
    }
    const KeyPtr& certified = signers.cms ? signers.cms : signers.raw;
    if (!same_key(certified.get(), X509_get0_pubkey(certificate_.get()))) {
      return refuse("'" + spec_.certificate + "' is not the certificate of the key that --sign names");
    }
    return signers;
  }

  std::string bag_info() const {
    std::string text;
    const auto say = [&](const char* label, const std::string& value) {
      if (!value.empty()) text += std::string(label) + ": " + one_line(value) + "\n";
    };
    const std::string now = rfc3339(spec_.now_ns);
    say("Source-Organization", facts_.agency);
    say("External-Identifier", facts_.case_number);
    say("Bagging-Date", now.substr(0, 10));
    say("Payload-Oxum", std::to_string(made_.payload_bytes) + "." + std::to_string(made_.files));
    say("Bag-Software-Agent", "evtriage " EVTRIAGE_VERSION);
    say("Packaged-At", now);
    say("Disclosure", profile_.full ? "full" : profile_.name + "; profile SHA-256 " + profile_.sha256);
    for (const std::string& recipient : made_.recipients) say("Recipient", recipient);
    say("Signer", subject_of(*certificate_));
    say("Signing-Certificate-SHA256", made_.certificate_sha256);
    say("Signing-Key-Ed25519-SHA256", made_.ed25519_sha256);
    say(profile_.full ? "Evidence-Root-SHA256" : "Disclosure-Root-SHA256", profile_.full ? facts_.seal.results_digest : disclosure_root_);
    say("Seal-SHA256", facts_.seal_sha256);
    say("Custody-Events", std::to_string(facts_.custody_events));
    say("Custody-Head-SHA256", facts_.custody_head);
    return text;
  }

  Result<void> write_tags(const Signers& signers) {
    const std::string bag = staging_->bag();
    auto payload = list_bag(bag, "data");
    if (!payload) return payload.error();
    files_ = *std::move(payload);
    made_.files = files_.size();
    for (const BagFile& file : files_) made_.payload_bytes += file.size;
    if (signers.cms) made_.certificate_sha256 = certificate_fingerprint(*certificate_);
    if (signers.raw) made_.ed25519_sha256 = key_fingerprint(signers.raw.get());
    std::vector<std::pair<std::string, std::string>> tags = {{"bag-info.txt", bag_info()},
                                                             {"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
                                                             {"certs/signer.pem", certificate_pem(*certificate_)},
                                                             {"manifest-sha256.txt", manifest_text(files_)}};
    if (signers.raw) tags.insert(tags.begin() + 2, {"certs/ed25519.pub.pem", public_key_pem(signers.raw.get())});
    std::vector<BagFile> tag_files;
    for (const auto& [name, text] : tags) {
      if (auto put = put_file(bag + "/" + name, text); !put) return put;
      auto file = measure(bag, name);
      if (!file) return file.error();
      tag_files.push_back(*file);
    }
    manifest_ = manifest_text(tag_files);
    made_.manifest_sha256 = hex(sha256(manifest_));
    files_.insert(files_.end(), tag_files.begin(), tag_files.end());
    return add_tag("tagmanifest-sha256.txt", manifest_);
  }

  Result<void> add_tag(const std::string& name, const std::string& bytes) {
    if (auto put = put_file(staging_->bag() + "/" + name, bytes); !put) return put;
    auto file = measure(staging_->bag(), name);
    if (!file) return file.error();
    files_.push_back(*std::move(file));
    return {};
  }

  Result<void> sign_bag() {
    const Result<Signers> signers = open_keys();
    if (!signers) return signers.error();
    if (auto written = write_tags(*signers); !written) return written;
    if (signers->raw) {
      const auto signature = sign_raw(signers->raw.get(), manifest_);
      if (!signature) return signature.error();
      if (auto put = add_tag("tagmanifest-sha256.txt.ed25519", *signature); !put) return put;
    }
    if (signers->cms) {
      const auto signature = sign_cms(signers->cms.get(), certificate_.get(), manifest_, spec_.now_ns / 1'000'000'000);
      if (!signature) return signature.error();
      if (auto put = add_tag("tagmanifest-sha256.txt.p7s", *signature); !put) return put;
    }
    return {};
  }

  std::string part_file(std::size_t part) const { return staging_->work() + "/part" + std::to_string(part); }

  // The ZIP as one stream, cut into parts, each in an envelope of its own.
  Result<void> wrap() {
    ZipWriter zip([this](std::string_view bytes) { return feed(bytes); }, spec_.now_ns);
    std::string top = safe_name(facts_.case_number, 40), to = safe_name(common_name_of(*recipients_[0]), 40);
    top = (top.empty() ? "case" : top) + "_to_" + (to.empty() ? "recipient" : to);
    std::sort(files_.begin(), files_.end(), [](const BagFile& a, const BagFile& b) { return a.path < b.path; });
    for (const BagFile& file : files_) {
      if (auto begun = zip.begin(top + "/" + file.path, file.size, file.crc); !begun) return begun;
      std::uint32_t crc = 0;
      std::uint64_t size = 0;
      auto read = each_block(staging_->bag() + "/" + file.path, [&](std::string_view bytes) {
        crc = crc32_of(crc, bytes);
        size += bytes.size();
        return zip.write(bytes);
      });
      if (read && (crc != file.crc || size != file.size)) read = Error{Code::io_read, "a file changed while it was packed: " + file.path};
      if (!read) return read;
    }
    if (auto finished = zip.finish(); !finished) return finished;
    if (auto closed = close_part(); !closed) return closed;
    for (std::size_t i = 0; i < made_.parts.size(); ++i) made_.parts[i].file = fs::path(numbered(spec_.out, i, made_.parts.size())).filename();
    return {};
  }

  Result<void> feed(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!envelope_) {
        std::vector<X509*> to;
        for (const CertificatePtr& recipient : recipients_) to.push_back(recipient.get());
        auto opened = open_envelope(part_file(made_.parts.size()), to);
        if (!opened) return opened.error();
        envelope_ = *std::move(opened);
        unpublished_.push_back(part_file(made_.parts.size()));
        made_.parts.emplace_back();
      }
      std::uint64_t& filled = made_.parts.back().bytes;
      const std::string_view piece = bytes.substr(0, spec_.part_bytes - filled);
      if (auto written = envelope_->write(piece); !written) return written;
      filled += piece.size();
      bytes.remove_prefix(piece.size());
      if (filled == spec_.part_bytes) {
        if (auto closed = close_part(); !closed) return closed;
      }
    }
    return {};
  }

  Result<void> close_part() {
    if (!envelope_) return {};
    auto digest = envelope_->finish();
    envelope_.reset();
    if (!digest) return digest.error();
    made_.parts.back().sha256 = *std::move(digest);
    return {};
  }

  PackageSpec spec_;
  std::optional<Staging> staging_;
  DisclosureProfile profile_;
  OpeningSecret secret_;
  std::string data_dir_, manifest_, disclosure_root_;
  CertificatePtr certificate_;
  std::vector<CertificatePtr> recipients_;
  CaseFacts facts_;
  std::vector<BagFile> files_;
  std::unique_ptr<Envelope> envelope_;
  std::vector<std::string> unpublished_;
  PackageMade made_;
};

}  // namespace

Result<std::unique_ptr<Packer>> Packer::open(PackageSpec spec) {
  auto packer = std::make_unique<BagPacker>(std::move(spec));
  if (auto ready = packer->prepare(); !ready) return ready.error();
  return std::unique_ptr<Packer>(std::move(packer));
}

}  // namespace evtriage
