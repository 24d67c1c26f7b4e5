// The walk over a store: folders with a stack of our own, each item once, then what lies outside all folders.
//
// Items that nothing refers to any more (orphans, items in free blocks) come last, because finding them is where a
// damaged store hurts most: what was found before is safe by then.
// Tested by tests/extractors/outlook/pst_test.cpp, pffexport and readpst as judges.
#include <set>

#include "extractors/outlook/outlook.h"
#include "extractors/outlook/rendering.h"

namespace evtriage {
namespace {

constexpr std::size_t most_folder_levels = 200;
constexpr std::uint64_t most_lost_told = 100;

class Walk {
 public:
  Walk(pff::Store& store, Emit& emit) : store_(store), emit_(emit) {}

  void run() {
    about();
    if (auto root = store_.root()) folders(std::move(*root));
    else emit_.issue({Code::corrupt, "pst", "the root folder could not be read: only orphans and free blocks were looked at", {}, true});
    emit_.property("pst:items", std::to_string(number_));
    emit_.property("pst:associated-items", std::to_string(associated_));
    outside();
    for (std::size_t i = 0; i < store_.lost().size() && i < most_lost_told; ++i) {
      emit_.issue({Code::io_read, "pst", "bytes that could not be read", store_.lost()[i], true});
    }
  }

 private:
  struct Open {
    pff::Item folder;
    std::string path;
    int next = 0, count = 0;
  };

  void about() {
    emit_.property("pst:format", store_.format());
    emit_.property("pst:encoding", store_.encoding());
    if (store_.is_corrupted()) emit_.issue({Code::corrupt, "pst", "the store's own index is damaged; what it still leads to was read", {}, true});
    const auto properties = store_.message_store();
    if (!properties) return;
    const pff::Properties values = properties->properties();
    if (const std::string name = values.text(mapi::id_display_name, ""); !name.empty()) emit_.property("dc:title", name);
    constexpr std::uint16_t id_password = 0x67ff;
    const mapi::Property* password = values.find(id_password);
    const bool set = password != nullptr && mapi::number_of(*password).value_or(0) != 0;
    if (set) emit_.property("pst:password", "set; it keeps programs out, it encrypts nothing");
  }

  void folders(pff::Item root) {
    std::vector<Open> stack;
    open(std::move(root), "", stack);
    while (!stack.empty() && !emit_.stop_requested()) {
      Open& top = stack.back();
      if (top.next == top.count) {
        stack.pop_back();
        continue;
      }
      const int index = top.next++;
      std::optional<pff::Item> inner = top.folder.folder(index);
      if (!inner) {
        lost("folder " + std::to_string(index + 1) + " of \"" + top.path + "\" could not be read");
      } else if (stack.size() >= most_folder_levels) {
        emit_.issue({Code::limit, "pst", "folder_levels=" + std::to_string(most_folder_levels) + ": a deeper folder was not read", {}, true});
      } else if (seen_.insert(inner->identifier()).second) {
        const std::string path = top.path + (top.path.empty() ? "" : "/") + inner->folder_name();
        open(std::move(*inner), path, stack);
      }
    }
  }

  void open(pff::Item folder, std::string path, std::vector<Open>& stack) {
    const int messages = folder.messages();
    for (int i = 0; i < messages && !emit_.stop_requested(); ++i) {
      std::optional<pff::Item> item = folder.message(i);
      if (!item) lost("item " + std::to_string(i + 1) + " of folder \"" + path + "\" could not be read");
      else if (seen_.insert(item->identifier()).second) emit_item({std::move(*item), path, 0, 0, false});
    }
    associated_ += static_cast<std::uint64_t>(folder.associated());
    const int count = folder.folders();
    stack.push_back({std::move(folder), std::move(path), 0, count});
  }

  // An item and what it encloses, enclosing ones first.
  void emit_item(StoreItem first) {
    std::vector<StoreItem> stack;
    stack.push_back(std::move(first));
    while (!stack.empty() && !emit_.stop_requested()) {
      const StoreItem item = std::move(stack.back());
      stack.pop_back();
      std::vector<StoreItem> enclosed = emit_store_item(item, ++number_, emit_);
      for (auto inner = enclosed.rbegin(); inner != enclosed.rend(); ++inner) stack.push_back(std::move(*inner));
    }
  }

  void outside() {
    if (emit_.stop_requested()) return;
    const std::uint64_t before = number_;
    const int recovered = store_.recover();
    for (int i = 0; i < store_.orphans() && !emit_.stop_requested(); ++i) deleted(store_.orphan(i), "(orphan)");
    for (int i = 0; i < recovered && !emit_.stop_requested(); ++i) deleted(store_.recovered(i), "(recovered)");
    emit_.property("pst:deleted-items", std::to_string(number_ - before));
  }
  void deleted(std::optional<pff::Item> item, const std::string& where) {
    if (!item) return lost("an item outside the folders could not be read");
    if (item->kind() == pff::Kind::message) emit_item({std::move(*item), where, 0, 0, true});
  }

  void lost(std::string sentence) { emit_.issue({Code::corrupt, "pst", std::move(sentence), {}, true}); }

  pff::Store& store_;
  Emit& emit_;
  std::uint64_t number_ = 0, associated_ = 0;
  std::set<std::uint32_t> seen_;  // identifiers of folders and items: search folders show items again
};

}  // namespace

void extract_pst(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const std::unique_ptr<pff::Store> store = pff::Store::open(content);
  if (!store) {
    return emit.issue({Code::corrupt, "pst", "the store's header or index is too damaged to be opened: nothing was read", ByteRange{0, content.size()}, true});
  }
  Walk(*store, emit).run();
}

}  // namespace evtriage
