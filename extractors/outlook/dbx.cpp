// Outlook Express 5 and 6: one .dbx file is one folder, its messages are children (message/rfc822).
//
// A tree of nodes leads to an index record for each message, and that to the first of a chain of segments which hold
// the message as it came.  No vendor ever published the layout; it is Arne Schloh's and Zvonko Tesic's analysis
// ("Outlook Express dbx file format", 2001), every number through ByteReader, every pointer followed once.
// Tested by tests/extractors/outlook/dbx_test.cpp, undbx as judge; fuzzed by tests/fuzz/fuzz_dbx.cpp.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "extractors/outlook/outlook.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::uint64_t header_bytes = 0xe8, count_at = 0xc4, root_at = 0xe4, node_header_bytes = 24, node_entry_bytes = 12, node_bytes = 0x27c;
constexpr std::uint64_t segment_header_bytes = 16, most_segment_bytes = 1u << 20, most_messages = 4'000'000;
constexpr std::size_t small_bytes = 1u << 20, most_troubles = 100;
constexpr unsigned pointer_field = 0x04, is_direct = 0x80;

class Folder {
 public:
  Folder(const Content& content, Emit& emit) : content_(content), emit_(emit), steps_left_(content.size() / 64 + 1000) {}

  void run() {
    const std::string header = bytes(0, header_bytes);
    ByteReader in(header);
    in.skip(4);
    const std::uint32_t kind = in.u32le();
    ByteReader numbers(std::string_view(header).substr(std::min<std::size_t>(count_at, header.size())));
    const std::uint32_t declared = numbers.u32le();
    ByteReader pointer(std::string_view(header).substr(std::min<std::size_t>(root_at, header.size())));
    const std::uint32_t root = pointer.u32le();
    if (!pointer.ok()) return tell(Code::truncated, "the file ends inside its header", 0);
    if (kind != 0x6f74fdc5) {
      return emit_.issue({Code::unsupported, "dbx", "no folder of messages: Outlook Express keeps lists of folders, servers and receipts in files of this kind", {}, true});
    }
    if (root != 0) tree(root);
    emit_.property("dbx:messages", std::to_string(declared));
    if (number_ < declared && !emit_.stop_requested()) {
      tell(Code::corrupt, std::to_string(declared) + " messages are declared, " + std::to_string(number_) + " were found", count_at);
    }
    if (troubles_ > most_troubles) {
      emit_.issue({Code::corrupt, "dbx", std::to_string(troubles_ - most_troubles) + " further troubles are not listed", {}, true});
    }
  }

 private:
  std::string bytes(std::uint64_t at, std::uint64_t length) {
    if (at >= content_.size()) return {};
    const Result<Blob> read = content_.read({at, at + std::min(length, content_.size() - at)});
    if (!read) tell(read.error().code, read.error().detail, at);
    return read ? std::string(read->chars()) : std::string();
  }

  void tell(Code code, std::string sentence, std::uint64_t at) {
    if (troubles_++ >= most_troubles) return;
    const std::uint64_t begin = std::min(at, content_.size());
    emit_.issue({code, "dbx", std::move(sentence), ByteRange{begin, std::min(begin + 4, content_.size())}, true});
  }

  // In order: what lies below the left of a node, its first message, what lies below that, the second ...
  void tree(std::uint32_t root) {
    struct Waiting {
      std::uint32_t at;
      bool is_node;
    };
    std::vector<Waiting> waiting{{root, true}};
    while (!waiting.empty() && !emit_.stop_requested()) {
      const Waiting next = waiting.back();
      waiting.pop_back();
      if (!next.is_node) {
        index_record(next.at);
        continue;
      }
      if (nodes_.size() > content_.size() / node_bytes) return tell(Code::corrupt, "the tree of messages has more nodes than the file has room for", next.at);
      if (!nodes_.insert(next.at).second) {
        tell(Code::corrupt, "the tree of messages leads to one node twice", next.at);
        continue;
      }
      const std::string head = bytes(next.at, node_header_bytes);
      ByteReader in(head);
      const std::uint32_t self = in.u32le();
      in.skip(4);
      const std::uint32_t left = in.u32le();
      in.skip(4 + 1);
      const unsigned count = in.u8();
      if (!in.ok() || self != next.at) {
        tell(Code::corrupt, "a node of the tree of messages is not where another one says", next.at);
        continue;
      }
      const std::string entries = bytes(next.at + node_header_bytes, count * node_entry_bytes);
      ByteReader list(entries);
      std::vector<Waiting> found;
      if (left != 0) found.push_back({left, true});
      for (unsigned i = 0; i < count; ++i) {
        const std::uint32_t record = list.u32le(), below = list.u32le();
        list.skip(4);
        if (!list.ok()) break;
        if (record != 0) found.push_back({record, false});
        if (below != 0) found.push_back({below, true});
      }
      waiting.insert(waiting.end(), found.rbegin(), found.rend());
    }
  }

  void index_record(std::uint32_t at) {
    if (!records_.insert(at).second) return tell(Code::corrupt, "the tree of messages leads to one message twice", at);
    if (number_ >= most_messages) return tell(Code::limit, "messages=" + std::to_string(most_messages) + ": the rest was not read", at);
    const std::string head = bytes(at, 12);
    ByteReader in(head);
    const std::uint32_t self = in.u32le();
    in.skip(6);
    const unsigned fields = in.u8();
    if (!in.ok() || self != at) return tell(Code::corrupt, "the index record of a message is not where the tree says", at);
    const std::string table = bytes(at + 12ull, 4ull * fields);
    ByteReader list(table);
    std::uint32_t message = 0;
    for (unsigned i = 0; i < fields; ++i) {
      const std::uint32_t field = list.u32le();
      if (!list.ok()) break;
      const unsigned id = field & 0xff;
      const std::uint32_t value = field >> 8;
      if (id == (pointer_field | is_direct)) message = value;
      if (id != pointer_field) continue;
      const std::string far = bytes(at + 12ull + 4ull * fields + value, 4);
      ByteReader pointer(far);
      message = pointer.u32le();
    }
    give(message, at);
  }

  void give(std::uint32_t first, std::uint32_t record) {
    Child child;
    child.step = {StepKind::record, ++number_, {}, ""};
    child.kind = ItemKind::record;
    child.media_type = "message/rfc822";
    if (first == 0) {  // IMAP and news folders keep headers whose message was never fetched
      tell(Code::unsupported, "message " + std::to_string(number_) + " is listed, but its text is not in the file", record);
      return emit_.child(std::move(child), nullptr);
    }
    std::string small;
    std::unique_ptr<Spool> spool;
    bool whole = true;
    for (std::uint32_t at = first; at != 0 && whole && !emit_.stop_requested();) {
      std::uint32_t next = 0;
      const std::string piece = segment(at, next);
      whole = next != ~0u && keep(piece, small, spool);
      at = next;
    }
    if (!whole && spool && !is_kept_) return emit_.child(std::move(child), nullptr);  // the budget is spent
    emit_.child(std::move(child), spool ? spool->take() : resident(std::move(small)));
  }

  bool keep(std::string_view piece, std::string& small, std::unique_ptr<Spool>& spool) {
    is_kept_ = true;
    if (!spool && piece.size() <= small_bytes - small.size()) {
      small += piece;
      return true;
    }
    if (!spool) {
      spool = emit_.spool();
      is_kept_ = small.empty() || spool->append(as_bytes(small));
      small.clear();
    }
    is_kept_ = is_kept_ && spool->append(as_bytes(piece));
    return is_kept_;
  }

  // `next`: ~0 where the chain breaks, which is told.
  std::string segment(std::uint32_t at, std::uint32_t& next) {
    next = ~0u;
    const std::string head = bytes(at, segment_header_bytes);
    ByteReader in(head);
    const std::uint32_t self = in.u32le();
    in.skip(4);
    const std::uint32_t used = in.u32le();
    const std::uint32_t after = in.u32le();
    if (!in.ok() || self != at || used > most_segment_bytes) {
      tell(Code::corrupt, "message " + std::to_string(number_) + ": a segment of it is not where it should be; what follows is lost", at);
      return {};
    }
    if (steps_left_ == 0) {
      tell(Code::limit, "message " + std::to_string(number_) + ": more segments than the file has room for; what follows is not read", at);
      return {};
    }
    --steps_left_;
    std::string data = bytes(at + segment_header_bytes, used);
    if (data.size() < used) tell(Code::truncated, "message " + std::to_string(number_) + ": the file ends inside it", at);
    next = data.size() < used ? 0 : after;
    return data;
  }

  const Content& content_;
  Emit& emit_;
  std::uint64_t number_ = 0, troubles_ = 0, steps_left_;
  std::set<std::uint32_t> nodes_, records_;
  bool is_kept_ = true;
};

}  // namespace

void extract_dbx(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) { Folder(content, emit).run(); }

}  // namespace evtriage
