// `evtriage package` and `evtriage open`: the parts meet here.  The case is verified first, because what is signed must be what was sealed;
// the custody log is told of the package before the package has its name.
// Tested by tests/whole/package_test.py and tests/whole/disclosure_test.py.
#include <cstdio>
#include <filesystem>

#include "pipeline/app/commands.h"
#include "pipeline/app/scratch_dir.h"
#include "pipeline/custody/custody.h"
#include "pipeline/partner/partner.h"
#include "pipeline/store/store.h"
#include "reports/partner_files.h"
#include "reports/reports.h"

namespace evtriage {
namespace {

Result<void> check_case(const CaseDir& dir) {
  const Result<Verdict> verdict = verify_case(dir.path);
  if (!verdict) return verdict.error();
  if (verdict->differences.empty()) return {};
  return Error{Code::corrupt, "the case is not intact, so it is not packed: " + verdict->differences.front() + " (see evtriage verify)"};
}

// Reports only with a whole case: they are made from all of it, and a mask over a finished page would be no mask.
Result<void> write_reports(const CaseDir& dir, const Typed& typed, const Packer& packer) {
  std::error_code error;
  const std::string reports = packer.data_dir() + "/reports";
  std::filesystem::create_directory(reports, error);
  for (const std::string& language : typed.languages) {
    const auto written = write_report({dir.path, language}, "html", reports);
    if (!written) return written.error();
  }
  return {};
}

Result<void> fill(const CaseDir& dir, const Typed& typed, Packer& packer, CustodyLog& custody) {
  if (packer.whole_case()) {
    if (auto written = write_reports(dir, typed, packer); !written) return written;
  }
  for (const PartnerFile& file : partner_files()) {
    const auto put = write_file(packer.data_dir() + "/" + std::string(file.name), std::string(file.text));
    if (!put) return put;
  }
  const auto reader = open_case(dir.results());
  if (!reader) return reader.error();
  const auto committed = packer.add_tables(**reader);
  if (!committed) return committed.error();
  if (!committed->empty()) {
    if (auto noted = custody.append({"committed", *committed}); !noted) return noted;
  }
  return packer.add_custody();
}

Event packaged(const Typed& typed, const PackageMade& made) {
  Event event{"packaged", {{"file", std::filesystem::path(typed.out).filename()}, {"manifest_sha256", made.manifest_sha256}, {"profile", made.profile}}};
  for (std::size_t i = 0; i < made.recipients.size(); ++i) event.fields.emplace_back("recipient." + std::to_string(i + 1), made.recipients[i]);
  for (const PackagePart& part : made.parts) event.fields.emplace_back("part." + part.file, part.sha256);
  if (!made.certificate_sha256.empty()) event.fields.emplace_back("signing_certificate_sha256", made.certificate_sha256);
  if (!made.ed25519_sha256.empty()) event.fields.emplace_back("signing_key_ed25519_sha256", made.ed25519_sha256);
  return event;
}

void tell(const PackageMade& made) {
  for (const PackagePart& part : made.parts) say("package: " + part.file + "  SHA-256 " + part.sha256);
  say("holds: " + std::to_string(made.files) + " files, " + std::to_string(made.payload_bytes) + " bytes" +
      (made.opening.empty() ? "; every row of its tables, nothing withheld" : "; what the profile '" + made.profile + "' shows, the rest counted in data/disclosure.json"));
  if (!made.opening.empty()) say("keep: " + made.opening + " opens what is withheld; it stays with you, and without it nothing can be opened");
  say("signed: tagmanifest-sha256.txt  SHA-256 " + made.manifest_sha256);
  say(made.ed25519_sha256.empty() ? "signed: no raw Ed25519 signature (no such key was given)" : "signed: raw Ed25519, key SHA-256 " + made.ed25519_sha256);
  say(made.certificate_sha256.empty() ? "signed: no CMS signature (an Ed25519 key cannot make one; give an RSA or P-256 key too)"
                                      : "signed: CMS, certificate SHA-256 " + made.certificate_sha256);
  for (const std::string& recipient : made.recipients) say("for: " + recipient);
  say("Send the digests and fingerprints above by another way than the package: who signed can only be checked with them.");
}

}  // namespace

int command_package(const Typed& typed) {
  const Result<CaseDir> dir = sealed_case(typed);
  if (!dir) return complain(kUsage, dir.error().detail);
  const Result<std::unique_ptr<Clock>> clock = make_clock(typed);
  if (!clock) return complain(kUsage, clock.error().detail);
  PackageSpec spec;
  spec.case_dir = dir->path;
  spec.out = typed.out;
  spec.recipients = typed.recipients;
  spec.keys = typed.keys;
  if (typed.certificates.size() > 1) return complain(kUsage, "package takes one --certificate: that of the RSA or P-256 key (of the Ed25519 key if that is the only one)");
  if (!typed.certificates.empty()) spec.certificate = typed.certificates[0];
  spec.disclosure = typed.disclosure;
  spec.opening = typed.opening;
  spec.pass_phrase_file = typed.pass_phrase_file;
  spec.part_bytes = std::uint64_t{typed.part_mib} << 20;
  spec.now_ns = (*clock)->now_ns();
  const auto exit_of = [](const Error& error) { return error.code == Code::unsupported ? kUsage : error.code == Code::corrupt ? kNotIntact : kIncomplete; };
  const auto refused = [&](const Error& error) { return complain(exit_of(error), error.detail); };
  const auto packer = Packer::open(std::move(spec));
  if (!packer) return refused(packer.error());
  if (const auto intact = check_case(*dir); !intact) return refused({Code::corrupt, intact.error().detail});
  const Result<std::unique_ptr<CustodyLog>> custody = open_custody_log(dir->custody(), **clock);
  if (!custody) return complain(kUsage, custody.error().detail);
  if (const auto filled = fill(*dir, typed, **packer, **custody); !filled) return refused(filled.error());
  const Result<PackageMade> made = (*packer)->seal();
  if (!made) return refused(made.error());
  if (const auto noted = (*custody)->append(packaged(typed, *made)); !noted) return refused(noted.error());
  if (const auto published = (*packer)->publish(); !published) return refused(published.error());
  if (!typed.quiet) tell(*made);
  return kComplete;
}

// Each opening is an act of the custody log, told before the line is given.
int command_open(const Typed& typed) {
  const Result<CaseDir> dir = sealed_case(typed);
  if (!dir) return complain(kUsage, dir.error().detail);
  const Result<std::unique_ptr<Clock>> clock = make_clock(typed);
  if (!clock) return complain(kUsage, clock.error().detail);
  if (typed.opening.empty() || !typed.has_row) return complain(kUsage, "open needs --opening FILE, --table T and --row N (and --field F for one field)");
  if (const auto intact = check_case(*dir); !intact) return complain(kNotIntact, intact.error().detail);
  const Result<std::unique_ptr<CustodyLog>> custody = open_custody_log(dir->custody(), **clock);
  if (!custody) return complain(kUsage, custody.error().detail);
  const auto reader = open_case(dir->results());
  if (!reader) return complain(kIncomplete, reader.error().detail);
  const ScratchDir scratch;
  if (scratch.path().empty()) return complain(kIncomplete, "cannot create a folder for temporary files; set TMPDIR");
  const auto line = open_row(**reader, {dir->path, typed.opening, typed.table, typed.field, typed.row}, scratch.path());
  if (!line) return complain(line.error().code == Code::unsupported ? kUsage : kIncomplete, line.error().detail);
  const auto noted = (*custody)->append({"opened", {{"field", typed.field.empty() ? "(whole row)" : typed.field}, {"row", std::to_string(typed.row)}, {"table", typed.table}}});
  if (!noted) return complain(kIncomplete, noted.error().detail);
  std::printf("%s\n", line->c_str());          // canonical JSON holds no control characters
  return std::fflush(stdout) == 0 ? kComplete : complain(kIncomplete, "the output could not be written whole");
}

}  // namespace evtriage
