// Reads a picture's metadata and what is hidden around it, in a fixed order.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Exiv2 says by exceptions what it cannot read; they are caught here, step by step, so that what was read before
// one is kept.
// Tested by tests/extractors/image/image_test.cpp.
#include "extractors/image/image.h"

#include <exiv2/exiv2.hpp>

#include "extractors/image/content_io.h"
#include "extractors/image/exiv2_session.h"
#include "extractors/image/heif_items.h"
#include "extractors/image/metadata.h"
#include "extractors/image/picture_chunks.h"
#include "extractors/image/previews.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::size_t most_message = 160;
constexpr std::size_t most_item_bytes = 16 << 20;
constexpr std::uint64_t least_appended = 16;  // fewer bytes after the end are padding

bool is_mapped_whole(int type) {
  namespace types = Exiv2::ImageType;
  return type == types::tiff || type == types::cr2 || type == types::crw || type == types::mrw || type == types::orf || type == types::rw2 ||
         type == types::raf || type == types::pgf || type == types::eps;
}

// Formats of which Exiv2 keeps every XMP packet that it tried to read.
bool keeps_packet(int type) {
  namespace types = Exiv2::ImageType;
  return type == types::jpeg || type == types::png;
}

// Runs one step; false if the library gave up, which is told.
template <class Step>
bool guarded(Emit& emit, std::string_view what, Step step) {
  try {
    step();
    return true;
  } catch (const std::exception& error) {
    const std::string detail = printable(std::string_view(error.what()).substr(0, most_message));
    emit.issue({Code::corrupt, "image", std::string(what) + " cannot be read: " + detail, {}, true});
    return false;
  }
}

void tell_lost(const ContentIo& io, Emit& emit) {
  for (const ByteRange& range : io.lost()) emit.issue({Code::io_read, "image", "these bytes cannot be read; zeros stood for them", range, true});
}

void emit_chunks(const PictureChunks& chunks, PictureFacts& facts, Emit& emit) {
  for (const PictureText& text : chunks.texts) {
    if (text.key == xmp_packet || text.key.starts_with("Raw profile type")) continue;  // Exiv2 read them
    const std::string shown = text.is_utf8 ? printable(text.bytes) : decoded_text(text.bytes);
    facts.property(chunks.format + ":" + text.key, shown);
    facts.line(text.key, shown, text.source);
    if (text.is_cut) emit.issue({Code::limit, "image", "a compressed text is damaged or larger than 1048576 bytes; what was unpacked was read", text.source, true});
  }
  if (!chunks.problem.empty()) emit.issue({Code::truncated, "image", chunks.problem, {}, true});
}

// The bytes of an item, one after the other; empty if they cannot be had or are too many.
std::string item_bytes(const Content& content, const HeifItem& item) {
  std::string out;
  for (const ByteRange& range : item.extents) {
    if (range.size() > most_item_bytes - out.size()) return {};
    const auto bytes = content.read(range);
    if (!bytes) return {};
    out += bytes->chars();
  }
  return out;
}

// HEIF and AVIF: what Exiv2 did not find by itself.
void read_heif(const Content& content, Exiv2::Image& image, Emit& emit) {
  const HeifItems found = read_heif_items(content);
  if (!found.problem.empty()) emit.issue({Code::corrupt, "image", found.problem, {}, true});
  for (const HeifItem& item : found.items) {
    const bool exif = item.type == "Exif" && image.exifData().empty();
    const bool xmp = item.type == "mime" && item.content_type == "application/rdf+xml" && image.xmpData().empty();
    if (!exif && !xmp) continue;
    const std::string bytes = item_bytes(content, item);
    if (xmp) Exiv2::XmpParser::decode(image.xmpData(), bytes);
    if (!exif) continue;
    ByteReader in(bytes);
    in.skip(in.u32be());  // to the TIFF header (ISO/IEC 23008-12, A.2.1)
    const std::string_view tiff = in.chars(in.left());
    if (!in.ok() || tiff.empty()) continue;
    Exiv2::ExifParser::decode(image.exifData(), reinterpret_cast<const Exiv2::byte*>(tiff.data()), static_cast<std::uint32_t>(tiff.size()));
  }
}

void read_gif_xmp(const PictureChunks& chunks, Exiv2::Image& image) {
  for (const PictureText& text : chunks.texts) {
    if (text.key == xmp_packet) Exiv2::XmpParser::decode(image.xmpData(), text.bytes);
  }
}

// Exiv2 0.27 passes what it owns in std::auto_ptr.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
std::unique_ptr<Exiv2::Image> open_image(std::unique_ptr<ContentIo> io) {
  return std::unique_ptr<Exiv2::Image>(Exiv2::ImageFactory::open(Exiv2::BasicIo::AutoPtr(io.release())).release());
}
#pragma GCC diagnostic pop

void read_with_exiv2(const Content& content, const PictureChunks& chunks, PictureFacts& facts, PictureChildren& children, Emit& emit) {
  Exiv2Session session;
  auto owner = std::make_unique<ContentIo>(content);
  ContentIo* io = owner.get();
  const int type = Exiv2::ImageFactory::getType(*io);
  if (type == Exiv2::ImageType::none) {
    tell_lost(*io, emit);
    return emit.issue({Code::unsupported, "image", "the bytes are no picture whose metadata can be read", {}, true});
  }
  if (is_mapped_whole(type) && content.size() > most_mapped) {
    io->clamp();
    emit.issue({Code::limit, "image", "mapped bytes=" + std::to_string(most_mapped) + ": the rest of the picture was not read", ByteRange{most_mapped, content.size()}, true});
  }
  std::unique_ptr<Exiv2::Image> image;
  guarded(emit, "the picture", [&] { image = open_image(std::move(owner)); });
  if (image) {
    const bool whole = guarded(emit, "part of the metadata", [&] { image->readMetadata(); });
    if (type == Exiv2::ImageType::bmff) guarded(emit, "the items of the container", [&] { read_heif(content, *image, emit); });
    if (type == Exiv2::ImageType::gif) guarded(emit, "the XMP packet", [&] { read_gif_xmp(chunks, *image); });
    guarded(emit, "part of the metadata", [&] { read_metadata(*image, facts); });
    if (whole && keeps_packet(type) && image->xmpPacket().empty() && image->xmpData().empty()) session.held_no_xmp();
    if (whole) guarded(emit, "a preview", [&] { children.previews(*image); });
    tell_lost(*io, emit);
  }
  session.tell(emit);
}

}  // namespace

void extract_image(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  PictureFacts facts(content.size(), emit);
  PictureChildren children(content, emit);
  const PictureChunks chunks = read_picture_chunks(content);
  guarded(emit, "the picture", [&] { read_with_exiv2(content, chunks, facts, children, emit); });
  emit_chunks(chunks, facts, emit);
  facts.finish();
  if (chunks.end && content.size() - *chunks.end >= least_appended) {
    emit.property("appendedBytes", std::to_string(content.size() - *chunks.end));
    children.appended(*chunks.end);
  }
}

}  // namespace evtriage
