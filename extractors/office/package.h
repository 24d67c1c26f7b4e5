// Package: the parts of one document in a ZIP file, each read once, nothing left over unseen.
//
// A part is opened as XML with the way back to its bytes; what no reader asked for becomes a child at the end, so that
// a file hidden in a document between its parts is found.  Troubles are told with the part's name and bytes.
// Tested by tests/extractors/office/package_test.cpp.
#pragma once
#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/xml_reader.h"
#include "extractors/office/zip_directory.h"

namespace evtriage {

struct PartPlace {
  std::string name;        // for people
  ByteRange data;          // in the file
  bool is_packed = false;  // else the XML lies as it is in the file
};

class Part {  // an opened part; stays where it is
 public:
  Part(const Content& file, PartPlace place, const PartStream::Packed& packed, const PartLimits& limits, std::uint64_t& bytes_left, const Emit& emit)
      : place_(std::move(place)), stream_(file, packed, limits.part_bytes, bytes_left, emit), xml(stream_) {}
  const std::string& name() const { return place_.name; }
  // Where the XML between two positions of the reader lies in the file: the whole part if it is packed.
  ByteRange source(std::uint64_t begin, std::uint64_t end) const {
    if (place_.is_packed || xml.is_recoded()) return place_.data;
    return {place_.data.begin + std::min(begin, place_.data.size()), place_.data.begin + std::min(end, place_.data.size())};
  }
  ByteRange data() const { return place_.data; }

 private:
  PartPlace place_;
  PartStream stream_;

 public:
  XmlReader xml;  // last, because it reads from the stream
};

class Package {
 public:
  // `stage`: the format's name in issues.  All arguments outlive the package.
  Package(const Content& file, std::string_view stage, Emit& emit, const PartLimits& limits = {});

  // False: it is no package that can be read, and that was told.
  bool read_directory();

  // The part of that name (without a leading slash; ASCII letters of any case); null if there is none or it cannot be
  // opened, which was told.  Counts as read.
  std::unique_ptr<Part> open(std::string_view name);
  // The whole item as one XML part: a flat document.
  std::unique_ptr<Part> open_flat();
  // Tells what stopped the reading of a part.
  void close(const Part& part);
  // Opens, reads, closes.  False if it could not be opened.
  bool read(std::string_view name, const std::function<void(Part&)>& reader);

  // The same for a part that is no XML: its bytes, and where they lie packed.
  bool read_bytes(std::string_view name, const std::function<void(PartStream& stream, ByteRange data)>& reader);

  bool has(std::string_view name) const { return find(name) != nullptr; }
  bool was_read(std::string_view name) const;
  void leave_out(std::string_view name);  // counts as read: holds no text and nothing that a person put there
  void put_back(std::string_view name);   // was opened and is nothing that is read here: becomes a child
  ByteRange place_of(std::string_view name) const;  // its bytes in the file, or {0, 0}
  std::vector<std::string> names() const;

  // Everything that was not read, as children in the order of the directory.
  // `media_type`: what the package claims for a name; `is_encrypted`: its bytes make no sense without a password.
  void emit_rest(const std::function<std::string(std::string_view)>& media_type, const std::function<bool(std::string_view)>& is_encrypted);
  // One part as a child now, if it was not read yet.
  void emit_child(std::string_view name, std::string media_type, bool is_encrypted = false);

  // A child whose bytes were made and are no part of the package.
  void emit_made(std::string name, std::string media_type, ContentPtr content);

  // For each entry of a list that a part makes us keep (names, targets, authors): false once the lists of the item hold
  // too much, which is told.
  bool keeps(std::size_t bytes);

  void issue(Code code, std::string detail, std::optional<ByteRange> where = {});
  Emit& emit() { return emit_; }

 private:
  struct Entry {
    ZipMember member;
    std::string key;  // the name as it is looked up
    bool is_read = false;
  };
  const Entry* find(std::string_view name) const;
  Entry* openable(std::string_view name, ByteRange& data);  // null: there is none, or it cannot be opened
  Entry* find(std::string_view name);
  void emit_entry(Entry& entry, std::string media_type, bool is_encrypted);
  ContentPtr unpack(const Entry& entry, ByteRange data);
  void tell_gaps(ByteRange directory);

  const Content& file_;
  const std::string stage_;
  Emit& emit_;
  const PartLimits limits_;
  std::uint64_t bytes_left_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> by_key_;  // the first of two equal names comes first
  std::uint64_t issues_ = 0, children_ = 0;
  std::size_t list_bytes_left_;
  bool list_is_cut_ = false;
};

}  // namespace evtriage
