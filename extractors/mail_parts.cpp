// Attachments that need no decoding are ranges of the message; large encoded ones are decoded piece by piece.
// Tested by tests/extractors/mail_test.cpp.
#include "extractors/mail_parts.h"

#include <algorithm>

#include "extractors/mail_header.h"

namespace evtriage {
namespace {

constexpr std::size_t piece_bytes = 1 << 20;   // of encoded bytes decoded at a time
constexpr std::size_t margin_bytes = 4 << 10;  // of text that two segments share
constexpr std::size_t most_names = 10'000;

Transfer transfer_of(std::string_view value) {
  if (equals_ignoring_case(value, "base64")) return Transfer::base64;
  if (equals_ignoring_case(value, "quoted-printable")) return Transfer::quoted_printable;
  return Transfer::identity;
}

// The end of a piece that decodes alone: a line end, for base64 one behind a multiple of four digits.
std::size_t piece_end(std::string_view encoded, std::size_t at, Transfer transfer) {
  if (encoded.size() - at <= piece_bytes) return encoded.size();
  std::size_t line = encoded.find('\n', at + piece_bytes);
  if (transfer != Transfer::base64) return line == encoded.npos ? encoded.size() : line + 1;
  const auto is_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'; };
  std::size_t end = std::min(line, encoded.size());
  auto digits = static_cast<std::size_t>(std::count_if(encoded.begin() + static_cast<std::ptrdiff_t>(at), encoded.begin() + static_cast<std::ptrdiff_t>(end), is_digit));
  while (end < encoded.size() && (digits % 4 != 0 || is_digit(encoded[end]))) digits += is_digit(encoded[end++]) ? 1 : 0;
  return end;
}

}  // namespace

MailLeaf leaf_of(const MimePart& part) {
  MailLeaf leaf;
  const std::string_view type = part.value_of("content-type"), disposition = part.value_of("content-disposition");
  const std::string_view encoding = part.value_of("content-transfer-encoding");
  leaf.media_type = part.media_type;
  leaf.range = part.body;
  leaf.name = mime_parameter(disposition, "filename");
  if (leaf.name.empty()) leaf.name = mime_parameter(type, "name");
  leaf.charset = mime_parameter(type, "charset");
  leaf.transfer = transfer_of(encoding);
  leaf.is_uuencoded = equals_ignoring_case(encoding, "x-uuencode") || equals_ignoring_case(encoding, "x-uue") || equals_ignoring_case(encoding, "uuencode");
  const bool top = part.parent == MimePart::no_parent;
  const bool attached = media_type_of(disposition, disposition.substr(0, disposition.find(';'))).starts_with("attachment") || (!leaf.name.empty() && !top);
  if (leaf.name.empty()) leaf.name = printable(part.value_of("content-location"));
  const bool unbounded = leaf.media_type.starts_with("multipart/");
  leaf.is_text = unbounded || (!attached && (leaf.media_type == "text/plain" || leaf.media_type == "text/html"));
  leaf.is_flowed = leaf.media_type == "text/plain" && equals_ignoring_case(mime_parameter(type, "format"), "flowed");
  leaf.deletes_blanks = equals_ignoring_case(mime_parameter(type, "delsp"), "yes");
  leaf.is_cms = leaf.media_type == "application/pkcs7-mime" || leaf.media_type == "application/x-pkcs7-mime" || ends_ignoring_case(leaf.name, ".p7m");
  leaf.is_external = leaf.media_type == "message/external-body";
  leaf.is_partial = leaf.media_type == "message/partial";
  const bool tnef = leaf.media_type == "application/ms-tnef" || equals_ignoring_case(leaf.name, "winmail.dat");
  if (tnef) leaf.media_type = "application/vnd.ms-tnef";
  if (leaf.media_type == "message/global") leaf.media_type = "message/rfc822";
  return leaf;
}

Child MailChildren::next(const std::string& name, std::string media_type) {
  Child child;
  child.step = {StepKind::member, ++number_, {}, name};
  child.kind = ItemKind::attachment;
  child.media_type = std::move(media_type);
  if (names_.size() < most_names) names_.push_back(name.empty() ? "#" + std::to_string(number_) : name);
  return child;
}

void MailChildren::add(const MailLeaf& leaf, bool encrypted) {
  Child child = next(leaf.name, leaf.media_type + (leaf.charset.empty() ? "" : "; charset=" + leaf.charset));
  child.encrypted = encrypted;
  if (leaf.transfer == Transfer::identity) {
    child.extent = leaf.range;
    return emit_.child(std::move(child), resident(item_.slice(leaf.range.begin, leaf.range.size())));
  }
  spool(leaf, std::move(child));
}

void MailChildren::add_made(std::string name, std::string media_type, std::string bytes) {
  emit_.child(next(name, std::move(media_type)), resident(std::move(bytes)));
}

void MailChildren::spool(const MailLeaf& leaf, Child child) {
  const std::string_view encoded = item_.chars().substr(leaf.range.begin, leaf.range.size());
  const bool small = encoded.size() <= piece_bytes;
  const auto spool = small ? nullptr : emit_.spool();
  bool broken = false;
  std::string bytes;
  for (std::size_t at = 0; at < encoded.size();) {
    const std::size_t end = piece_end(encoded, at, leaf.transfer);
    Transferred piece = decode_transfer(encoded.substr(at, end - at), leaf.transfer, 0);
    broken = broken || piece.broken;
    bytes = std::move(piece.bytes);
    if (spool && !spool->append(as_bytes(bytes))) break;
    at = end;
  }
  if (broken) emit_.issue({Code::corrupt, "mail", "a part breaks the rules of its transfer encoding; what could be decoded was", leaf.range, true});
  emit_.child(std::move(child), small ? resident(std::move(bytes)) : spool->take());
}

bool marks_deletion(std::string_view mozilla_status, std::string_view x_status) {
  constexpr std::string_view odd = "89abcdefABCDEF";
  return (mozilla_status.size() == 4 && odd.find(mozilla_status[3]) != odd.npos) || x_status.substr(0, 16).find('D') != x_status.npos;
}

void emit_mail_text(MappedText words, std::string origin, bool is_message, Emit& emit, std::string place) {
  if (words.text.empty()) return;
  const std::size_t size = words.text.size();
  const bool whole = size <= piece_bytes;
  const Blob text = Blob::own(std::move(words.text));
  for (std::size_t at = 0; at < size && !emit.stop_requested();) {
    const std::size_t end = whole ? size : ceil_char(text.chars(), std::min(size, at + piece_bytes));
    const std::size_t from = floor_char(text.chars(), at - std::min(at, margin_bytes));
    const std::size_t to = ceil_char(text.chars(), std::min(size, end + margin_bytes));
    TextSegment segment = TextSegment::of(text.slice(from, to - from), {}, origin);
    segment.map = whole ? std::move(words.map) : OffsetMap::compose(OffsetMap::identity(to - from, from), words.map);
    segment.owned = {at - from, end - from};
    segment.is_message = is_message && whole;
    segment.place = place;
    emit.text(std::move(segment));
    at = end;
  }
}

}  // namespace evtriage
