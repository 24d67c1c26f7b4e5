// ItemRun: one item with content, from its first byte to its record; its children run inside it.
// Tested by tests/pipeline/engine/examine_test.cpp.
#pragma once
#include <deque>
#include <functional>

#include "pipeline/engine/collector.h"
#include "pipeline/engine/pager.h"
#include "pipeline/engine/unit.h"

namespace evtriage {

// Runs `work`.  What it throws becomes an issue of the item; false then.
bool guarded(Collector& out, std::string_view stage, const std::function<void()>& work);

class ItemRun final : public ChildDoor {
 public:
  // `record` holds what the container knows: index, parent, kind, names, times.
  ItemRun(Unit& unit, Address address, unsigned depth, ItemRecord record, std::string raw_name,
          std::string claimed_type);

  Collector& out() { return out_; }
  // Before run(), of a file: the split image that it starts, and how to get the first file of the one it goes on with;
  // `row` is the same only for files that go on with the same one.
  void segments(ContentPtr joined, std::string row, std::function<ContentPtr()> first) {
    joined_ = std::move(joined);
    row_ = std::move(row);
    first_segment_ = std::move(first);
  }
  void run(ContentPtr content);      // null: there are no bytes to be had
  ItemRecord finish();               // once, at the end
  using Neighbours = std::function<ContentPtr(std::string_view name)>;
  void neighbours(Neighbours find) { neighbours_ = std::move(find); }  // before run(): what lies beside the item
  std::uint64_t told_bytes() const { return told_bytes_; }  // counted in the tally while they were read

  void child(Child child, ContentPtr content) override;
  std::unique_ptr<Spool> spool() override;
  bool stop_requested() const override { return unit_.stopped() || unit_.budget_spent(); }
  ContentPtr beside(std::string_view name) override { return neighbours_ ? neighbours_(name) : nullptr; }
  void grown() override;

 private:
  void compare_stored();
  bool goes_on_with_image();
  bool starts_image(const Content& first);  // or an archive that is read as one
  void tell_unread_container();
  void give_joined();
  void give_attached();
  void refused(std::string limit);
  void prepare();
  void read_resident();
  void finish_digests(Hasher& hasher);
  void read_large();
  void hash_large();
  void look_up();
  void identify(ByteView head);
  void extract();
  const Extractor* extractor() const;
  void structured(const Extractor& extractor);
  void paged();
  void raw_strings();
  void paged_by(const PageExtractor& extractor, const std::string& plan);
  void scan_large(const PageExtractor* extractor, const std::string& plan);
  Identity identity() const { return {record_.media_type, claimed_type_, raw_name_}; }
  static constexpr std::uint64_t head_bytes = 1u << 20;
  bool resident() const { return size_ <= unit_.limits().resident_bytes; }

  ContentPtr earlier_child(std::string_view path) const;

  Unit& unit_;
  Address address_;
  std::string stored_md5_, stored_sha1_;  // hexadecimal, as the container claims; empty if it does not
  unsigned depth_;
  ItemRecord record_;
  std::string raw_name_, claimed_type_;
  Collector out_;
  ContentPtr content_, joined_;
  std::string row_;
  std::function<ContentPtr()> first_segment_;
  std::uint64_t size_ = 0, lost_bytes_ = 0, told_bytes_ = 0;
  Blob bytes_, head_;
  bool read_ = false, hashed_ = false, lists_sent_ = false, spool_spent_ = false;
  bool is_part_ = false;  // a part of a disk: its digests would only repeat the disk's
  bool unread_ = false;   // a disk that its extractor does not read
  bool goes_on_ = false;  // by its name, with a file that is there
  bool is_disk_ = false;  // its children lie on it
  std::uint64_t last_number_ = 0;                    // of its children
  std::uint64_t tail_given_ = ~std::uint64_t{0};     // where the child begins that its own extractor gave of its last bytes
  Neighbours neighbours_;
  std::deque<std::pair<std::string, ContentPtr>> databases_;  // the last children that another one may belong to
  std::vector<std::pair<std::string, std::uint64_t>> refused_;  // limit, children refused by it
};

// Large items, page by page.  `log` gets what could not be read, `on_chunk` sees every byte once in order.
// `extractor` null: only reads.  False if the unit was stopped.
struct PageScan {
  Unit& unit;
  Collector& out;
  const Content& content;
  const PageExtractor* extractor;
  const std::string& plan;
};
bool scan_pages(const PageScan& scan, ReadLog& log, const std::function<void(ByteView)>& on_chunk);

// Text pages of nothing but zero bytes hold nothing to find.
bool all_zero(ByteView bytes);

}  // namespace evtriage
