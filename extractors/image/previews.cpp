// Previews by Exiv2, and what is appended to a picture.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/image_test.cpp.
#include "extractors/image/previews.h"
#include "pipeline/core/range_content.h"

#include <exiv2/preview.hpp>

#include <algorithm>

namespace evtriage {
namespace {

constexpr std::size_t most_previews = 16;
constexpr std::uint64_t most_preview_bytes = 64 << 20;
constexpr std::uint64_t searched_bytes = 256 << 10;  // where a thumbnail is looked for

}  // namespace

void PictureChildren::previews(const Exiv2::Image& image) {
  const Exiv2::PreviewManager manager(image);
  const Exiv2::PreviewPropertiesList list = manager.getPreviewProperties();
  const auto head = content_.read({0, std::min(content_.size(), searched_bytes)});
  for (std::size_t i = 0; i < list.size() && !emit_.stop_requested(); ++i) {
    if (i == most_previews) {
      return emit_.issue({Code::limit, "image", "previews=" + std::to_string(most_previews) + ": the rest of " + std::to_string(list.size()) + " was not taken out", {}, true});
    }
    const Exiv2::PreviewImage preview = manager.getPreviewImage(list[i]);
    if (preview.size() == 0) continue;
    const std::string_view bytes(reinterpret_cast<const char*>(preview.pData()), preview.size());
    Child child;
    child.step = {StepKind::member, ++count_, {}, "preview" + preview.extension()};
    child.kind = ItemKind::embedded;
    child.media_type = preview.mimeType();
    const std::size_t at = head ? head->chars().find(bytes) : std::string_view::npos;
    if (at != std::string_view::npos) child.extent = ByteRange{at, at + bytes.size()};
    const std::unique_ptr<Spool> spool = emit_.spool();
    const bool fits = preview.size() <= most_preview_bytes && spool->append(as_bytes(bytes));
    if (!fits) emit_.issue({Code::limit, "image", "preview bytes=" + std::to_string(most_preview_bytes) + ", or the budget for children: a preview was not taken out", {}, true});
    emit_.child(std::move(child), fits ? spool->take() : nullptr);
  }
}

void PictureChildren::appended(std::uint64_t begin) {
  Child child;
  child.step = {StepKind::member, ++count_, {}, "appended"};
  child.kind = ItemKind::embedded;
  child.extent = ByteRange{begin, content_.size()};
  emit_.child(std::move(child), std::make_shared<RangeContent>(content_, ByteRange{begin, content_.size()}));
}

}  // namespace evtriage
