// The door of the partner package: what a foreign authority gets of a case, and the check of what it got.
//
// A package is a BagIt 1.0 bag (RFC 8493) in a deterministic ZIP, signed inside and encrypted outside.  Layout, what is
// proved and what is not: README.md of this folder.  Private keys are opened in Packer::seal alone, after everything
// else has been written; no parser of evidence is in this library.
// Tested by tests/pipeline/partner and tests/whole/package_test.py.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/result.h"
#include "pipeline/store/store.h"

namespace evtriage {

struct PackageSpec {
  std::string case_dir;
  std::string out;                             // the file; several parts get .001, .002 ...
  std::vector<std::string> recipients;         // certificates, PEM
  std::vector<std::string> keys;               // private keys, PEM: one Ed25519, one RSA or P-256, or both
  std::string certificate;                     // of the RSA or P-256 key (of the Ed25519 key if that is the only one)
  std::string pass_phrase_file;
  std::string disclosure;                      // profile: empty or "partner" (the default), "full", or a file
  std::string opening;                         // file of the secret that opens what is withheld; empty: OUT.opening
  std::int64_t now_ns = 0;
  std::uint64_t part_bytes = std::uint64_t{500} << 20;  // of plain text; 512 MiB with the envelope's own bytes
};

struct PackagePart {
  std::string file, sha256;                    // name as it will be; digest of the encrypted file
  std::uint64_t bytes = 0;                     // before encryption
};

struct PackageMade {
  std::vector<PackagePart> parts;
  std::string manifest_sha256;                 // of tagmanifest-sha256.txt: what is signed
  std::string certificate_sha256, ed25519_sha256;  // fingerprints of the signers; empty: that signature was not made
  std::vector<std::string> recipients;         // subject and fingerprint
  std::uint64_t files = 0, payload_bytes = 0;
  std::string profile, opening;                // name of the profile; file of the secret, empty if nothing is withheld
};

class Packer {
 public:
  // Checks files of keys and certificates (not yet the keys), and that nothing stands at `out`; makes a folder beside it.
  // Errors: unsupported (wrong use, one line that says how to mend it), io_read.
  static Result<std::unique_ptr<Packer>> open(PackageSpec spec);
  virtual ~Packer() = default;                 // removes the folder and what was not published

  virtual const std::string& data_dir() const = 0;             // what the caller puts here is packed
  virtual bool whole_case() const = 0;                         // the profile "full": reports are part of it
  // Tables, proofs, commitments.  Gives what the custody log must hold before it is added: an event "committed" with
  // these fields; empty if nothing is withheld.
  virtual Result<std::vector<std::pair<std::string, std::string>>> add_tables(CaseReader& reader) = 0;
  virtual Result<void> add_custody() = 0;                      // the log as it is now
  virtual Result<PackageMade> seal() = 0;                      // manifests, signatures, envelope; nothing has its name yet
  virtual Result<void> publish() = 0;                          // gives the parts and FILE.sha256 their names
};

// ---- the receiver's side -----------------------------------------------------------------------------
struct PackageVerdict {
  std::vector<std::string> differences;        // empty: intact
  std::vector<std::string> proved, not_proved; // for people, whole sentences
};
// `path`: the decrypted ZIP, or its unpacked folder.  `pins`: certificates or public keys (PEM) of the signers, which
// the receiver got by another way; each must have signed.  Error (unsupported): no package, or a pin that cannot be read.
// `opened`: files of lines that open_row gave; each is checked against the package.
Result<PackageVerdict> verify_package(const std::string& path, const std::vector<std::string>& pins, const std::vector<std::string>& opened = {});

// ---- opening what was withheld (the owner of the case) ----------------------------------------------
struct OpenRequest {
  std::string case_dir, opening;               // the file of the secret
  std::string table, field;                    // field empty: the whole row, with its proof that it was sealed
  std::uint64_t row = 0;                       // as the package numbers it: 0, 1, ... in the sealed table
};
// One canonical JSON line.  Error (unsupported): no such table, row or field, or no secret.
Result<std::string> open_row(CaseReader& reader, const OpenRequest& request, const std::string& work_dir);

}  // namespace evtriage
