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
#include "extractors/image/metadata.h"
#include "extractors/image/picture_chunks.h"
#include "extractors/image/previews.h"

namespace evtriage {
namespace {

constexpr std::size_t most_message = 160;
constexpr std::uint64_t least_appended = 16;  // fewer bytes after the end are padding

bool is_mapped_whole(int type) {
  namespace types = Exiv2::ImageType;
  return type == types::tiff || type == types::cr2 || type == types::crw || type == types::mrw || type == types::orf || type == types::rw2 ||
         type == types::raf || type == types::pgf || type == types::eps;
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

void emit_chunks(const PictureChunks& chunks, PictureFacts& facts, Emit& emit) {
  for (const PictureText& text : chunks.texts) {
    const std::string shown = text.is_utf8 ? printable(text.bytes) : decoded_text(text.bytes);
    if (text.key == "XML:com.adobe.xmp" || text.key.starts_with("Raw profile type")) continue;  // Exiv2 read them
    facts.property("png:" + text.key, shown);
    facts.line(text.key, shown);
    if (text.is_cut) emit.issue({Code::limit, "image", "a compressed text is damaged or larger than 1048576 bytes; what was unpacked was read", text.source, true});
  }
  if (!chunks.problem.empty()) emit.issue({Code::truncated, "image", chunks.problem, {}, true});
}

void read_with_exiv2(const Content& content, PictureFacts& facts, PictureChildren& children, Emit& emit) {
  Exiv2Session session;
  auto* io = new ContentIo(content);
  Exiv2::BasicIo::AutoPtr owner(io);
  const int type = Exiv2::ImageFactory::getType(*io);
  if (type == Exiv2::ImageType::none) return;
  if (is_mapped_whole(type) && content.size() > most_mapped) {
    io->clamp();
    emit.issue({Code::limit, "image", "mapped bytes=" + std::to_string(most_mapped) + ": the rest of the picture was not read", ByteRange{most_mapped, content.size()}, true});
  }
  Exiv2::Image::AutoPtr image;
  guarded(emit, "the picture", [&] { image = Exiv2::ImageFactory::open(owner); });
  if (image.get() != nullptr) {
    const bool whole = guarded(emit, "part of the metadata", [&] { image->readMetadata(); });
    guarded(emit, "part of the metadata", [&] { read_metadata(*image, facts); });
    if (whole) guarded(emit, "a preview", [&] { children.previews(*image); });
    for (const ByteRange& range : io->lost()) emit.issue({Code::io_read, "image", "these bytes cannot be read; zeros stood for them", range, true});
  }
  session.tell(emit);
}

}  // namespace

void extract_image(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  PictureFacts facts(emit);
  PictureChildren children(content, emit);
  guarded(emit, "the picture", [&] { read_with_exiv2(content, facts, children, emit); });
  const PictureChunks chunks = read_picture_chunks(content);
  emit_chunks(chunks, facts, emit);
  facts.finish(content.size());
  if (chunks.end && content.size() - *chunks.end >= least_appended) {
    emit.property("appendedBytes", std::to_string(content.size() - *chunks.end));
    children.appended(*chunks.end);
  }
}

}  // namespace evtriage
