// OLE 1.0 objects (MS-OLEDS 2.2): a head with three names, then the native data: a compound file, a Package, or
// something only its own program knows.  Whatever it is, its bytes become a child.
// Tested by tests/extractors/ole/rtf_test.cpp.
#include "extractors/ole/rtf_object.h"

#include <algorithm>

#include "extractors/ole/text_flow.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/range_content.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t buffer_bytes = 64 << 10;
constexpr std::uint64_t most_head = 64 << 10;

struct Type {
  const char* ending;
  const char* media_type;
};
constexpr Type types[] = {{"bin", ""},           {"png", "image/png"}, {"jpg", "image/jpeg"},   {"emf", "image/emf"},
                          {"wmf", "image/wmf"}, {"dib", "image/bmp"}, {"pict", "image/x-pict"}, {"ddb", "image/x-ms-bmp"}};

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void RtfBytes::begin(Emit& emit, bool is_object, ByteRange source) {
  spool_ = emit.spool();
  buffer_.clear();
  is_object_ = is_object;
  half_ = full_ = false;
  type_ = 0;
  count_ = 0;
  source_ = source;
}

void RtfBytes::push() {
  if (!full_ && !buffer_.empty()) full_ = !spool_->append(as_bytes(buffer_));
  buffer_.clear();
}

void RtfBytes::hex(char digit) {
  const int value = digit_value(digit);
  if (value < 0 || full_) return;
  if (half_) {
    buffer_ += static_cast<char>(high_ << 4 | static_cast<unsigned>(value));
    ++count_;
    if (buffer_.size() >= buffer_bytes) push();
  }
  high_ = static_cast<unsigned>(value);
  half_ = !half_;
}

void RtfBytes::raw(ByteView bytes) {
  push();
  if (!full_) full_ = !spool_->append(bytes);
  count_ += bytes.size();
  half_ = false;
}

void RtfBytes::end(Emit& emit, Children& children, const std::string& class_name) {
  push();
  const std::unique_ptr<Spool> spool = std::move(spool_);
  if (count_ == 0) return;
  const ContentPtr content = spool->take();
  if (is_object_) return give_object(emit, children, content, class_name);
  const Type& type = types[std::min<unsigned>(type_, 7)];
  NewChild child;
  child.name = "picture " + std::to_string(children.count() + 1) + "." + type.ending;
  child.media_type = type.media_type;
  children.add(std::move(child), content);
}

void RtfBytes::give_object(Emit& emit, Children& children, const ContentPtr& content, const std::string& class_name) {
  NewChild child;
  child.name = "embedded object " + std::to_string(children.count() + 1) + (class_name.empty() ? "" : " " + class_name);
  if (!content) return children.add(std::move(child), nullptr);
  const auto head = content->read({0, std::min(content->size(), most_head)});
  if (!head) return children.add(std::move(child), content);
  ByteReader in(head->view());
  const std::uint32_t version = in.u32le(), format = in.u32le();
  const std::string name = to_utf8(in.chars(in.u32le()), "windows-1252");
  const std::string topic = to_utf8(in.chars(in.u32le()), "windows-1252");
  in.skip(in.u32le());
  const std::uint64_t size = in.u32le();
  const bool understood = in.ok() && version <= 0x0fff && format == 2;
  if (!understood) {
    if (!topic.empty()) emit.property("ole:link", topic);
    return children.add(std::move(child), content);
  }
  const std::uint64_t begin = in.position();
  const std::uint64_t end = begin + std::min(size, content->size() - begin);
  if (end - begin < size) emit.issue({Code::truncated, "rtf", "an embedded object is shorter than it declares", source_, true});
  if (name == "Package") {
    const auto native = content->read({begin, std::min(end, begin + most_head)});
    const auto package = native ? parse_native_package(native->chars()) : std::nullopt;
    if (package) {
      child.name = package->label;
      emit.property("ole:package.path", package->path);
      const std::uint64_t from = begin + package->begin;
      return children.add(std::move(child), std::make_shared<RangeContent>(content, ByteRange{from, from + std::min(package->size, end - from)}));
    }
  }
  children.add(std::move(child), std::make_shared<RangeContent>(content, ByteRange{begin, end}));
}

}  // namespace evtriage::ole
