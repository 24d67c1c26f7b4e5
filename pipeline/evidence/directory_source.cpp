// The Evidence behind the door: exhibits held open, the finished listing, and files opened on demand.
// Tested by tests/pipeline/evidence/directory_source_test.cpp.
#include <algorithm>
#include <cerrno>
#include <typeinfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "pipeline/core/runs_content.h"
#include "pipeline/evidence/evidence.h"
#include "pipeline/evidence/exhibit.h"
#include "pipeline/evidence/file_content.h"
#include "pipeline/evidence/listing_reader.h"
#include "pipeline/evidence/listing_writer.h"
#include "pipeline/evidence/segments.h"
#include "pipeline/evidence/walk.h"

namespace evtriage::evidence {
namespace {

constexpr std::uint64_t kReadAhead_bytes = 1 << 20;  // from here on the kernel is told that we read from end to end
constexpr std::uint64_t kWarm_bytes = 8 << 20;

using Progress = std::function<bool(std::uint64_t, std::uint64_t)>;

class DirectorySource final : public Evidence {  // constant after construction, but for entries()
 public:
  DirectorySource(std::vector<Exhibit> exhibits, ListingReader listing)
      : exhibits_(std::move(exhibits)), listing_(std::move(listing)), large_(listing_.tally().large_files()) {
    for (std::size_t i = 0; i < exhibits_.size(); ++i) {
      infos_.push_back(exhibits_[i].info);
      infos_.back().entries = listing_.tally().exhibits()[i].entries;
      infos_.back().bytes = listing_.tally().exhibits()[i].bytes;
    }
  }
  std::uint64_t entry_count() const override { return listing_.tally().total().entries; }
  std::uint64_t total_bytes() const override { return listing_.tally().total().bytes; }
  std::string exhibit_label(std::uint32_t exhibit) const override { return infos_.at(exhibit).label; }
  Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count) override {
    return listing_.entries(first, count);
  }
  const std::vector<std::uint64_t>& large_files() const override { return large_; }
  const std::vector<ExhibitInfo>& exhibits() const override { return infos_; }
  bool noatime_refused() const override {
    return std::any_of(exhibits_.begin(), exhibits_.end(),
                       [](const Exhibit& exhibit) { return exhibit.root->noatime_refused.load(); });
  }
  Result<Opened> open(const Entry& entry) const override;
  ContentPtr first_segment(const Entry& entry) const override;
  ContentPtr open_beside(const Entry& entry, std::string_view name) const override;
  std::optional<Issue> changed(const Entry& entry, const Content& content) const override;
  bool warm(const Entry& entry) const override;

 private:
  std::vector<Exhibit> exhibits_;
  ListingReader listing_;
  std::vector<ExhibitInfo> infos_;
  std::vector<std::uint64_t> large_;
};

ContentPtr open_segment(const Root& root, const std::string& path, int& error_number) {
  Descriptor file = open_beneath(root, path, O_RDONLY, error_number);
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return nullptr;
  return std::make_shared<FileContent>(std::move(file), static_cast<std::uint64_t>(status.st_size), status.st_mtim);
}

void add_segments(const Root& root, const std::string& path, Source::Opened& opened) {
  int error_number = 0;
  if (!starts_segments(path)) return;
  std::vector<ContentPtr> segments{opened.content};
  for (std::string name = next_segment(path); !name.empty(); name = next_segment(name)) {
    ContentPtr segment = open_segment(root, name, error_number);
    if (!segment) {
      if (error_number != 0 && error_number != ENOENT) {
        opened.issues.push_back({Code::io_read, "read", "segment " + std::to_string(segments.size() + 1) + " of the image cannot be opened: " + error_text(error_number), {}, false});
      }
      break;
    }
    segments.push_back(std::move(segment));
  }
  if (segments.size() > 1) opened.joined = std::make_shared<JoinedContent>(std::move(segments));
}

Result<Source::Opened> DirectorySource::open(const Entry& entry) const {
  if (entry.kind != ItemKind::file || entry.exhibit >= exhibits_.size()) {
    return Error{Code::unsupported, "only files are opened"};
  }
  const Exhibit& exhibit = exhibits_[entry.exhibit];
  int error_number = 0;
  Descriptor file = open_beneath(*exhibit.root, entry.path, O_RDONLY, error_number);
  if (error_number == ELOOP) return Error{Code::io_read, "cannot be opened: a link stands where the file was listed"};
  if (!file) return io_error("cannot be opened", error_number);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return io_error("cannot be opened", errno);
  const auto size = S_ISREG(status.st_mode) || exhibit.is_device ? size_of(file.get(), status) : std::nullopt;
  if (!size) return Error{Code::io_read, "cannot be opened: no longer a regular file"};
  if (*size >= kReadAhead_bytes) (void)::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  Opened opened;
  if (*size != entry.size || (!exhibit.is_device && nanoseconds(status.st_mtim) != entry.modified_ns)) {
    opened.issues.push_back({Code::io_read, "read", "changed since it was listed", {}, false});
  }
  opened.content = std::make_shared<FileContent>(std::move(file), *size, status.st_mtim);
  if (!exhibit.is_device) add_segments(*exhibit.root, entry.path, opened);
  return opened;
}

ContentPtr DirectorySource::first_segment(const Entry& entry) const {
  const std::string first = evidence::first_segment(entry.path);
  int error_number = 0;
  return first.empty() || entry.exhibit >= exhibits_.size() ? nullptr : open_segment(*exhibits_[entry.exhibit].root, first, error_number);
}

// Inside of the exhibit only: an exhibit that is one file has nothing beside it.
ContentPtr DirectorySource::open_beside(const Entry& entry, std::string_view name) const {
  if (entry.exhibit >= exhibits_.size() || !exhibits_[entry.exhibit].file_name.empty() || exhibits_[entry.exhibit].is_device) return nullptr;
  const std::string path = path_beside(entry.path, name);
  int error_number = 0;
  return path.empty() ? nullptr : open_segment(*exhibits_[entry.exhibit].root, path, error_number);
}

std::optional<Issue> DirectorySource::changed(const Entry&, const Content& content) const {
  if (typeid(content) != typeid(FileContent)) return std::nullopt;
  if (!static_cast<const FileContent&>(content).has_moved()) return std::nullopt;
  return Issue{Code::io_read, "read", "changed while it was read", {}, false};
}

bool is_cached(int fd, std::uint64_t offset) {
  char byte = 0;
  const iovec into{&byte, 1};
  return ::preadv2(fd, &into, 1, static_cast<off_t>(offset), RWF_NOWAIT) == 1;
}

bool DirectorySource::warm(const Entry& entry) const {
  if (entry.kind != ItemKind::file || entry.size == 0 || entry.exhibit >= exhibits_.size()) return true;
  int error_number = 0;
  const Descriptor file = open_beneath(*exhibits_[entry.exhibit].root, entry.path, O_RDONLY, error_number);
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !size_of(file.get(), status)) return false;
  const std::uint64_t middle = entry.size / 2;
  if (is_cached(file.get(), 0) && (middle < kWarm_bytes / 128 || is_cached(file.get(), middle))) return true;
  const std::uint64_t wanted = std::min(entry.size, kWarm_bytes);
  (void)::posix_fadvise(file.get(), 0, static_cast<off_t>(wanted), POSIX_FADV_WILLNEED);
  char scratch[64 * 1024];
  for (std::uint64_t at = 0; at < wanted;) {
    const ssize_t n = ::pread(file.get(), scratch, sizeof scratch, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;  // who reads it in earnest will meet the same error and record it
    at += static_cast<std::uint64_t>(n);
  }
  return false;
}

ListingHeader header_of(const std::vector<Exhibit>& exhibits, std::uint64_t resident_bytes) {
  ListingHeader header;
  header.resident_bytes = resident_bytes;
  for (const Exhibit& exhibit : exhibits) {
    header.exhibits.push_back({exhibit.info.label, exhibit.info.name, exhibit.info.kind});
  }
  return header;
}

ForbiddenFolder folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string(1, '.') : file.substr(0, std::max<std::size_t>(slash, 1));
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

Result<void> make_listing(const std::vector<Exhibit>& exhibits, const std::string& file, const ListingHeader& header,
                          const Progress& on_progress) {
  constexpr std::uint64_t kReportEvery = 1024;
  auto writer = ListingWriter::create(file, header);
  if (!writer) return writer.error();
  const auto take = [&](const Entry& entry) -> Result<void> {
    const Tally::Count& so_far = writer->tally().total();
    if (on_progress && entry.ordinal % kReportEvery == 0 && !on_progress(so_far.entries, so_far.bytes)) {
      return Error{Code::limit, "stopped while the evidence was listed"};
    }
    return writer->add(entry);
  };
  if (auto walked = walk(exhibits, folder_of(file), take); !walked) return walked;
  return writer->finish();
}

// Nothing if there is no listing or an unfinished one.
Result<std::optional<ListingReader>> read_listing(const std::string& file) {
  Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd && errno == ENOENT) return std::optional<ListingReader>();
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0) return io_error("the listing cannot be opened", errno);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  return ListingReader::open(std::make_shared<FileContent>(std::move(fd), size, status.st_mtim));
}

}  // namespace
}  // namespace evtriage::evidence

namespace evtriage {

Result<std::unique_ptr<Evidence>> open_evidence(const std::vector<ExhibitSpec>& specs, const std::string& listing_file,
                                                bool resume, std::uint64_t resident_bytes,
                                                const std::function<bool(std::uint64_t, std::uint64_t)>& on_progress) {
  std::vector<evidence::Exhibit> exhibits;
  for (const ExhibitSpec& spec : specs) {
    auto exhibit = evidence::open_exhibit(spec);
    if (!exhibit) return exhibit.error();
    exhibits.push_back(*std::move(exhibit));
  }
  const evidence::ListingHeader header = evidence::header_of(exhibits, resident_bytes);
  std::optional<evidence::ListingReader> listing;
  if (resume) {
    auto earlier = evidence::read_listing(listing_file);
    if (!earlier) return earlier.error();
    listing = *std::move(earlier);
  }
  if (!listing) {
    if (auto made = evidence::make_listing(exhibits, listing_file, header, on_progress); !made) return made.error();
    auto finished = evidence::read_listing(listing_file);
    if (!finished) return finished.error();
    if (!*finished) return Error{Code::io_read, "the listing cannot be read back whole"};
    listing = *std::move(finished);
  }
  if (listing->header() != header) {
    return Error{Code::corrupt, "the listing was made of other exhibits or with other limits"};
  }
  return std::unique_ptr<Evidence>(std::make_unique<evidence::DirectorySource>(std::move(exhibits), *std::move(listing)));
}

}  // namespace evtriage
