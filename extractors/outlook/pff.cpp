// The library's calls answer 1, 0 or -1 and may leave an error object: all are asked for without one.
// Tested by tests/extractors/outlook/pst_test.cpp.
#include "extractors/outlook/pff.h"

#include <libpff.h>

#include <algorithm>

#include "extractors/outlook/pff_io.h"
#include "pipeline/core/text.h"

namespace evtriage::pff {
namespace {

constexpr std::size_t most_value_bytes = 64u << 20;
constexpr int most_entries = 10'000;
constexpr int most_recipients = 100'000;

// `count` by reference: it is filled in by the call whose answer stands beside it.
int at_least_0(int answer, const int& count) { return answer == 1 && count > 0 ? count : 0; }

// The name or number behind a property of 0x8000 and above.
void read_name(libpff_record_entry_t* entry, mapi::Property& out) {
  libpff_name_to_id_map_entry_t* name = nullptr;
  if (libpff_record_entry_get_name_to_id_map_entry(entry, &name, nullptr) != 1 || name == nullptr) return;
  std::uint8_t kind = 0;
  if (libpff_name_to_id_map_entry_get_type(name, &kind, nullptr) != 1) return;
  if (kind == LIBPFF_NAME_TO_ID_MAP_ENTRY_TYPE_NUMERIC) {
    libpff_name_to_id_map_entry_get_number(name, &out.named_id, nullptr);
    return;
  }
  std::size_t size = 0;
  if (libpff_name_to_id_map_entry_get_utf8_string_size(name, &size, nullptr) != 1 || size == 0 || size > 4096) return;
  std::string text(size, '\0');
  if (libpff_name_to_id_map_entry_get_utf8_string(name, reinterpret_cast<std::uint8_t*>(text.data()), size, nullptr) != 1) return;
  out.named = printable(text.substr(0, text.find('\0')));
}

bool read_value(libpff_record_entry_t* entry, std::string& out) {
  std::size_t size = 0;
  if (libpff_record_entry_get_data_size(entry, &size, nullptr) != 1 || size > most_value_bytes) return false;
  out.resize(size);
  return size == 0 || libpff_record_entry_get_data(entry, reinterpret_cast<std::uint8_t*>(out.data()), size, nullptr) == 1;
}

}  // namespace

struct Item::Handle {
  libpff_item_t* item = nullptr;
  std::shared_ptr<Handle> parent;  // kept while its parts are in use
  ~Handle() {
    if (item != nullptr) libpff_item_free(&item, nullptr);
  }
};

namespace {

std::optional<Item> owned(libpff_item_t* item, int answer, std::shared_ptr<Item::Handle> parent = nullptr) {
  if (item == nullptr) return std::nullopt;
  auto handle = std::make_shared<Item::Handle>();
  handle->item = item;
  handle->parent = std::move(parent);
  if (answer != 1) return std::nullopt;
  return Item(std::move(handle));
}

std::unique_ptr<const OwnedProperty> read_entry(libpff_record_entry_t* entry, bool& lost) {
  auto out = std::make_unique<OwnedProperty>();
  std::uint32_t id = 0, type = 0;
  if (libpff_record_entry_get_entry_type(entry, &id, nullptr) != 1 || libpff_record_entry_get_value_type(entry, &type, nullptr) != 1) return nullptr;
  out->property.id = static_cast<std::uint16_t>(id & 0xffff);
  out->property.type = static_cast<std::uint16_t>(type & 0xffff);
  if (id == mapi::id_attach_data) return nullptr;  // read by pieces elsewhere
  if (id >= 0x8000) read_name(entry, out->property);
  lost = !read_value(entry, out->bytes);
  if (lost) return nullptr;
  out->property.value = out->bytes;
  return out;
}

Properties read_set(libpff_record_set_t* set) {
  Properties out;
  int count = 0;
  if (libpff_record_set_get_number_of_entries(set, &count, nullptr) != 1) return out;
  for (int i = 0; i < std::min(count, most_entries); ++i) {
    libpff_record_entry_t* entry = nullptr;
    bool lost = false;
    if (libpff_record_set_get_entry_by_index(set, i, &entry, nullptr) == 1 && entry != nullptr) {
      if (auto property = read_entry(entry, lost)) out.all.push_back(std::move(property));
    }
    if (entry != nullptr) libpff_record_entry_free(&entry, nullptr);
    if (lost) ++out.left_out;
  }
  return out;
}

std::vector<Properties> read_sets(libpff_item_t* item, int most) {
  std::vector<Properties> out;
  int count = 0;
  if (libpff_item_get_number_of_record_sets(item, &count, nullptr) != 1) return out;
  for (int i = 0; i < std::min(count, most); ++i) {
    libpff_record_set_t* set = nullptr;
    if (libpff_item_get_record_set_by_index(item, i, &set, nullptr) == 1 && set != nullptr) out.push_back(read_set(set));
    if (set != nullptr) libpff_record_set_free(&set, nullptr);
  }
  return out;
}

}  // namespace

const mapi::Property* Properties::find(std::uint16_t id) const {
  for (const auto& entry : all) {
    if (entry->property.id == id && entry->property.named.empty() && entry->property.named_id == 0) return &entry->property;
  }
  return nullptr;
}

std::string Properties::text(std::uint16_t id, const std::string& code_page) const {
  const mapi::Property* property = find(id);
  return property == nullptr ? std::string() : mapi::text_of(*property, code_page).text;
}

Kind Item::kind() const {
  std::uint8_t type = 0;
  if (libpff_item_get_type(handle_->item, &type, nullptr) != 1) return Kind::other;
  if (type == LIBPFF_ITEM_TYPE_FOLDER) return Kind::folder;
  constexpr std::uint8_t tables[] = {LIBPFF_ITEM_TYPE_UNDEFINED, LIBPFF_ITEM_TYPE_ATTACHMENT, LIBPFF_ITEM_TYPE_ATTACHMENTS, LIBPFF_ITEM_TYPE_RECIPIENTS,
                                     LIBPFF_ITEM_TYPE_SUB_ASSOCIATED_CONTENTS, LIBPFF_ITEM_TYPE_SUB_FOLDERS, LIBPFF_ITEM_TYPE_SUB_MESSAGES,
                                     LIBPFF_ITEM_TYPE_UNKNOWN, LIBPFF_ITEM_TYPE_CONFIGURATION};
  return std::find(std::begin(tables), std::end(tables), type) == std::end(tables) ? Kind::message : Kind::other;
}

std::uint32_t Item::identifier() const {
  std::uint32_t id = 0;
  return libpff_item_get_identifier(handle_->item, &id, nullptr) == 1 ? id : 0;
}

Properties Item::properties() const {
  std::vector<Properties> sets = read_sets(handle_->item, 1);
  return sets.empty() ? Properties() : std::move(sets[0]);
}

std::vector<Properties> Item::recipients() const {
  libpff_item_t* table = nullptr;
  const int answer = libpff_message_get_recipients(handle_->item, &table, nullptr);
  const std::optional<Item> item = owned(table, answer, handle_);
  return item ? read_sets(table, most_recipients) : std::vector<Properties>();
}

std::string Item::folder_name() const {
  std::size_t size = 0;
  if (libpff_folder_get_utf8_name_size(handle_->item, &size, nullptr) != 1 || size == 0 || size > most_value_bytes) return {};
  std::string name(size, '\0');
  if (libpff_folder_get_utf8_name(handle_->item, reinterpret_cast<std::uint8_t*>(name.data()), size, nullptr) != 1) return {};
  return printable(name.substr(0, name.find('\0')));
}

int Item::folders() const {
  int count = 0;
  return at_least_0(libpff_folder_get_number_of_sub_folders(handle_->item, &count, nullptr), count);
}
int Item::messages() const {
  int count = 0;
  return at_least_0(libpff_folder_get_number_of_sub_messages(handle_->item, &count, nullptr), count);
}
int Item::associated() const {
  int count = 0;
  return at_least_0(libpff_folder_get_number_of_sub_associated_contents(handle_->item, &count, nullptr), count);
}
int Item::attachments() const {
  int count = 0;
  return at_least_0(libpff_message_get_number_of_attachments(handle_->item, &count, nullptr), count);
}

std::optional<Item> Item::folder(int index) const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_folder_get_sub_folder(handle_->item, index, &item, nullptr);
  return owned(item, answer, handle_);
}
std::optional<Item> Item::message(int index) const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_folder_get_sub_message(handle_->item, index, &item, nullptr);
  return owned(item, answer, handle_);
}
std::optional<Item> Item::attachment(int index) const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_message_get_attachment(handle_->item, index, &item, nullptr);
  return owned(item, answer, handle_);
}

AttachmentKind Item::attachment_kind() const {
  int type = 0;
  if (libpff_attachment_get_type(handle_->item, &type, nullptr) != 1) return AttachmentKind::none;
  return type == LIBPFF_ATTACHMENT_TYPE_DATA ? AttachmentKind::data : type == LIBPFF_ATTACHMENT_TYPE_ITEM ? AttachmentKind::item : AttachmentKind::none;
}

std::optional<Item> Item::attached_item() const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_attachment_get_item(handle_->item, &item, nullptr);
  return owned(item, answer, handle_);
}

std::uint64_t Item::attachment_size() const {
  size64_t size = 0;
  return libpff_attachment_get_data_size(handle_->item, &size, nullptr) == 1 ? size : 0;
}

std::string Item::read_attachment(std::size_t most_bytes) const {
  std::string bytes(most_bytes, '\0');
  const ssize_t count = libpff_attachment_data_read_buffer(handle_->item, reinterpret_cast<std::uint8_t*>(bytes.data()), most_bytes, nullptr);
  bytes.resize(count > 0 ? std::min(most_bytes, static_cast<std::size_t>(count)) : 0);
  return bytes;
}

struct Store::Impl {
  explicit Impl(const Content& content) : window(content) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (file != nullptr) {
      libpff_file_close(file, nullptr);
      libpff_file_free(&file, nullptr);
    }
    if (handle != nullptr) libbfio_handle_free(&handle, nullptr);
  }
  Window window;
  libbfio_handle_t* handle = nullptr;
  libpff_file_t* file = nullptr;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

std::unique_ptr<Store> Store::open(const Content& content) {
  auto impl = std::make_unique<Impl>(content);
  impl->handle = open_handle(impl->window);
  if (impl->handle == nullptr || libpff_file_initialize(&impl->file, nullptr) != 1) return nullptr;
  if (libpff_file_open_file_io_handle(impl->file, impl->handle, LIBPFF_OPEN_READ, nullptr) != 1) return nullptr;
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

std::optional<Item> Store::root() const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_file_get_root_folder(impl_->file, &item, nullptr);
  return owned(item, answer);
}
std::optional<Item> Store::message_store() const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_file_get_message_store(impl_->file, &item, nullptr);
  return owned(item, answer);
}

std::string Store::format() const {
  std::uint8_t type = 0, content = 0;
  libpff_file_get_type(impl_->file, &type, nullptr);
  libpff_file_get_content_type(impl_->file, &content, nullptr);
  const std::string width = type == LIBPFF_FILE_TYPE_32BIT ? "ANSI" : type == LIBPFF_FILE_TYPE_64BIT ? "Unicode" : "Unicode, 4K pages,";
  return width + (content == LIBPFF_FILE_CONTENT_TYPE_OST ? " OST" : content == LIBPFF_FILE_CONTENT_TYPE_PAB ? " PAB" : " PST");
}

std::string Store::encoding() const {
  std::uint8_t type = 0;
  if (libpff_file_get_encryption_type(impl_->file, &type, nullptr) != 1) return "unknown";
  return type == LIBPFF_ENCRYPTION_TYPE_NONE ? "none" : type == LIBPFF_ENCRYPTION_TYPE_COMPRESSIBLE ? "compressible" : "high";
}

bool Store::is_corrupted() const { return libpff_file_is_corrupted(impl_->file, nullptr) == 1; }

int Store::recover() {
  int count = 0;
  if (libpff_file_recover_items(impl_->file, 0, nullptr) != 1) return 0;
  return at_least_0(libpff_file_get_number_of_recovered_items(impl_->file, &count, nullptr), count);
}
std::optional<Item> Store::recovered(int index) const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_file_get_recovered_item_by_index(impl_->file, index, &item, nullptr);
  return owned(item, answer);
}
int Store::orphans() const {
  int count = 0;
  return at_least_0(libpff_file_get_number_of_orphan_items(impl_->file, &count, nullptr), count);
}
std::optional<Item> Store::orphan(int index) const {
  libpff_item_t* item = nullptr;
  const int answer = libpff_file_get_orphan_item_by_index(impl_->file, index, &item, nullptr);
  return owned(item, answer);
}

const std::vector<ByteRange>& Store::lost() const { return impl_->window.lost(); }

}  // namespace evtriage::pff
