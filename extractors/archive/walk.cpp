// Archives through libarchive, member by member, and streams that are only compressed.
//
// A member that breaks takes libarchive's handle with it.  So the archive is opened again and the members up to the
// broken one are passed over, at most `most_reopenings` times: one bad member does not hide the good ones behind it.
// Tested by tests/extractors/archive/formats_test.cpp and streams_test.cpp.
#include "extractors/archive/walk.h"

#include "extractors/archive/members.h"
#include "extractors/archive/names.h"

namespace evtriage::archives {
namespace {

constexpr unsigned most_reopenings = 16;
constexpr std::string_view untried = "no password is tried: the encryption of 7z and rar is not read here";

Special special_of(const Header& header) {
  if (header.is_hardlink) return Special::hardlink;
  switch (header.type) {
    case FileType::directory: return Special::directory;
    case FileType::symlink: return Special::symlink;
    case FileType::device: return Special::device;
    case FileType::fifo: return Special::fifo;
    case FileType::socket: return Special::socket;
    default: return Special::other;
  }
}

// libarchive gives one code for all damage; its sentence tells what it was.
Code code_of(const std::string& sentence) {
  const auto says = [&](std::string_view word) { return sentence.find(word) != sentence.npos; };
  if (says("runcated") || says("remature end") || says("end of file") || says("unexpected end") || says("No progress")) return Code::truncated;
  if (says("nsupported") || says("not supported") || says("unavailable")) return Code::unsupported;
  return Code::corrupt;
}

class Walk {
 public:
  Walk(const Content& content, Filter filter, const Identity& identity, Emit& emit)
      : content_(content), filter_(filter), identity_(identity), emit_(emit), members_(emit, content.size()) {}

  bool run() {
    members_.no_password_is_tried(std::string(untried));
    formats_ = filter_ == Filter::none ? Formats::archives : Formats::streams;
    for (unsigned round = 0; round <= most_reopenings; ++round) {
      const std::uint64_t before = members_.count();
      library_ = Library::open(content_, formats_, filter_, {});
      if (!library_->is_open()) return not_opened();
      if (!pass_over(before)) break;
      again_ = false;
      members();
      if (!again_ || emit_.stop_requested()) break;
      if (round == most_reopenings) {
        members_.trouble(Code::limit, "reopenings=" + std::to_string(most_reopenings) + ": members after the last broken one were not read", {});
      }
    }
    if (!known_) return false;
    members_.finish();
    names_.finish(emit_, content_.size());
    return true;
  }

 private:
  // The first read decides whether there is an archive at all.
  bool not_opened() {
    if (filter_ == Filter::none && !library_->read_error()) return false;
    const std::optional<Error> error = library_->read_error();
    members_.trouble(error ? error->code : Code::corrupt, error ? error->detail : "the compressed stream cannot be read: " + library_->trouble(), {});
    members_.finish();
    return true;
  }

  bool pass_over(std::uint64_t count) {
    Header header;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Turn turn = library_->next(header);
      if (turn == Turn::end || turn == Turn::broken || emit_.stop_requested()) {
        if (turn == Turn::broken) members_.trouble(Code::corrupt, "members after number " + std::to_string(count) + " cannot be reached: " + library_->trouble(), {});
        return false;
      }
    }
    return true;
  }

  void members() {
    Header header;
    while (!emit_.stop_requested()) {
      const Turn turn = library_->next(header);
      if (turn == Turn::end) {
        if (library_->is_bare() && !known_) return bare_nothing();
        return as_bytes_instead() ? void() : stream_end();
      }
      if (turn == Turn::broken) return as_bytes_instead() ? void() : broken_header();
      if (turn == Turn::failed) members_.trouble(code_of(library_->trouble()), "a header cannot be read: " + library_->trouble(), {});
      if (turn == Turn::failed && ++failures_ > most_told) return;
      if (turn == Turn::failed) continue;
      if (library_->is_bare()) return bare(header);
      if (!known_ && !library_->format().empty()) emit_.property("archive.format", library_->format());
      known_ = true;
      if (members_.full()) return;
      member(header, turn == Turn::doubtful);
      if (again_) return;
    }
  }

  // Zeros look like an empty tar: what is compressed and holds no member is a stream of bytes (an image of a disk).
  bool as_bytes_instead() {
    if (known_ || formats_ != Formats::streams) return false;
    formats_ = Formats::bytes;
    return again_ = true;
  }

  void broken_header() {
    const std::optional<Error> error = library_->read_error();
    if (error) return read_failed(*error);
    const std::string why = library_->trouble();
    if (why.find("ncrypt") != why.npos) return encrypted_header(why);
    if (!known_ && filter_ == Filter::none && why.find("nrecognized archive format") != why.npos) return;  // not ours
    known_ = true;
    const ByteRange rest{std::min(library_->consumed(), content_.size()), content_.size()};
    members_.trouble(code_of(why), "what follows member " + std::to_string(members_.count()) + " cannot be read: " + why,
                     rest.size() > 0 ? std::optional(rest) : std::nullopt);
  }

  // libarchive tells an encrypted list from encrypted members in its sentence only.  It breaks behind an encrypted member
  // of a 7z if it has unpacked one before: opened again, it passes over it.
  void encrypted_header(const std::string& why) {
    if (known_ && why.find("file content") != why.npos) {
      again_ = true;
      return;
    }
    known_ = true;
    emit_.issue({Code::encrypted, std::string(stage), "the list of members is encrypted, and " + std::string(untried) + " (" + why + ")", {}, true});
    emit_.encrypted();
  }

  void read_failed(const Error& error) {
    known_ = true;
    members_.trouble(error.code, "after member " + std::to_string(members_.count()) + ": " + error.detail, {});
  }

  void member(const Header& header, bool doubtful) {
    Child child = members_.begin(header.name);
    const std::uint64_t number = child.step.number;
    names_.add(number, header.name, {});
    child.modified_ns = header.modified_ns;
    child.accessed_ns = header.accessed_ns;
    child.changed_ns = header.changed_ns;
    child.created_ns = header.created_ns;
    if (header.local_time && header.modified_ns) members_.local_time();
    if (!header.has_name) members_.trouble(Code::corrupt, label(number, "") + ": its name cannot be given: " + library_->trouble(), {});
    if (header.has_name && doubtful) members_.trouble(code_of(library_->trouble()), label(number, header.name) + ": " + library_->trouble(), {});
    if (header.is_encrypted) return members_.locked(std::move(child));
    if (header.begins_before || header.goes_on) {
      members_.trouble(Code::truncated, label(number, header.name) + ": " + (header.begins_before ? "it begins in the part before" : "it goes on in the next part") +
                                            " of this split archive, and the parts are not put together", {});
    }
    if (header.type != FileType::regular) return members_.special(std::move(child), special_of(header), header.link);
    data(header, std::move(child));
  }

  void data(const Header& header, Child child) {
    Gather gather(emit_);
    std::string why;
    std::uint32_t sum = 0;
    const Turn turn = unpack(gather, why, sum);
    if (turn == Turn::end && why.empty() && header.checksum && *header.checksum != sum && gather.size() > 0) why = "the checksum does not agree";
    if (gather.spent()) {
      members_.spent(std::move(child), gather.size());
      return;
    }
    const std::string who = label(child.step.number, header.name);
    if (turn == Turn::failed && library_->has_encrypted() && gather.size() == 0) return members_.locked(std::move(child));
    if (!why.empty()) {
      const std::optional<Error> error = library_->read_error();
      members_.trouble(error ? error->code : code_of(why), who + ": " + why + "; " + std::to_string(gather.size()) + " bytes of it were unpacked", {});
    }
    const bool link = header.is_hardlink && gather.size() == 0;
    const bool none = gather.size() == 0 && !why.empty();
    if (link) members_.special(std::move(child), Special::hardlink, header.link);
    else members_.whole(std::move(child), none ? nullptr : gather.take());
    again_ = turn == Turn::broken;
  }

  // A stream that gives no byte: because it is empty, or because it breaks before the first one.
  void bare_nothing() {
    known_ = true;
    std::optional<Error> error = library_->stream_trouble();
    if (!error && library_->consumed() == 0) error = Error{Code::truncated, "the compressed stream ends before its first block"};
    Child child = members_.begin(name_without_suffix(identity_.name));
    if (error) members_.trouble(error->code, "nothing could be unpacked: " + error->detail, ByteRange{0, content_.size()});
    members_.whole(std::move(child), error ? nullptr : resident(std::string()));
  }

  void stream_end() {
    const std::optional<Error> error = library_->stream_trouble();
    if (error && filter_ != Filter::none) members_.trouble(error->code, error->detail, {});
  }

  // Fills `gather`; `why` says what is wrong with the bytes, if anything is.
  Turn unpack(Gather& gather, std::string& why, std::uint32_t& sum) {
    while (true) {
      ByteView bytes;
      std::uint64_t gap = 0;
      const Turn turn = library_->block(bytes, gap);
      if (turn == Turn::doubtful || turn == Turn::failed || turn == Turn::broken) why = library_->trouble();
      if (turn == Turn::failed || turn == Turn::broken) return turn;
      sum = checksum(sum, bytes);
      if (!gather.append_zeros(gap) || (!bytes.empty() && !gather.append(bytes))) return Turn::good;
      if (turn == Turn::end) return turn;
    }
  }

  void bare(const Header& header) {
    known_ = true;
    const bool named = filter_ == Filter::gzip && !header.name.empty();
    Child child = members_.begin(named ? header.name : name_without_suffix(identity_.name));
    child.modified_ns = filter_ == Filter::gzip ? header.modified_ns : std::nullopt;
    names_.add(child.step.number, child.step.name, {});
    data(header, std::move(child));
    again_ = false;
    stream_end();
    const std::uint64_t used = library_->consumed();
    if (used < content_.size() && !emit_.stop_requested()) trailing(used);
  }

  void trailing(std::uint64_t used) {
    if (library_->stream_trouble()) return;  // not behind the stream but inside it
    Window window(content_);
    const std::string_view rest = window.at(used, piece_bytes);
    const bool padding = rest.size() == content_.size() - used && rest.find_first_not_of('\0') == rest.npos;
    if (padding) return;
    members_.trouble(Code::corrupt, std::to_string(content_.size() - used) + " bytes after the compressed stream were not read", ByteRange{used, content_.size()});
  }

  const Content& content_;
  Filter filter_;
  Formats formats_ = Formats::archives;
  const Identity& identity_;
  Emit& emit_;
  Members members_;
  Names names_;
  std::unique_ptr<Library> library_;
  std::uint64_t failures_ = 0;
  bool known_ = false, again_ = false;
};

}  // namespace

bool walk_archive(const Content& content, Filter filter, const Identity& identity, Emit& emit) {
  return Walk(content, filter, identity, emit).run();
}

}  // namespace evtriage::archives
