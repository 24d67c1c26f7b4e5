// OffsetMap: binary search over runs; composition cuts where the inner map's runs cut.  See offset_map.h.
// Tested by tests/pipeline/core/offset_map_test.cpp.
#include "pipeline/core/offset_map.h"

#include <algorithm>

namespace evtriage {
namespace {

// A hostile text can ask for a run a character (32 bytes each, and several maps of one text live at a time).  Behind
// so many runs, neighbours share one of at most coarse_text bytes: places stay right, they only get wider.
constexpr std::size_t most_fine_runs = std::size_t{1} << 19;
constexpr std::uint64_t coarse_text = 4096;

}  // namespace

OffsetMap OffsetMap::identity(std::uint64_t size, std::uint64_t source_begin) {
  OffsetMap map;
  map.append(size, {source_begin, source_begin + size});
  return map;
}

void OffsetMap::append(std::uint64_t text_length, ByteRange source, std::uint8_t text_unit,
                       std::uint8_t source_unit) {
  if (text_length == 0) return;
  if (!runs_.empty() && text_unit != 0) {
    Run& last = runs_.back();
    if (last.text_unit == text_unit && last.source_unit == source_unit && last.source.end == source.begin) {
      last.source.end = source.end;
      text_size_ += text_length;
      return;
    }
  }
  if (runs_.size() >= most_fine_runs && text_size_ - runs_.back().text_begin + std::min(text_length, coarse_text) <= coarse_text) {
    Run& last = runs_.back();
    last.source = {std::min(last.source.begin, source.begin), std::max(last.source.end, source.end)};
    last.text_unit = last.source_unit = 0;
  } else {
    runs_.push_back({text_size_, source, text_unit, source_unit});
  }
  text_size_ += text_length;
}

std::size_t OffsetMap::run_at(std::uint64_t text_offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), text_offset,
                                      [](std::uint64_t at, const Run& run) { return at < run.text_begin; });
  return static_cast<std::size_t>(after - runs_.begin()) - 1;
}

std::uint64_t OffsetMap::run_end(std::size_t run) const {
  return run + 1 < runs_.size() ? runs_[run + 1].text_begin : text_size_;
}

ByteRange OffsetMap::within(std::size_t index, ByteRange text) const {
  const Run& run = runs_[index];
  if (run.text_unit == 0) return run.source;
  const std::uint64_t first = (text.begin - run.text_begin) / run.text_unit;
  const std::uint64_t past = (text.end - run.text_begin + run.text_unit - 1) / run.text_unit;
  return {std::min(run.source.end, run.source.begin + first * run.source_unit),
          std::min(run.source.end, run.source.begin + past * run.source_unit)};
}

ByteRange OffsetMap::to_source(ByteRange text) const {
  if (runs_.empty()) return {};
  text.begin = std::min(text.begin, text_size_);
  text.end = std::clamp(text.end, text.begin, text_size_);
  if (text.begin == text.end) {
    const std::uint64_t at = std::min(text.begin, text_size_ - 1);
    const ByteRange byte = within(run_at(at), {at, at + 1});
    const std::uint64_t place = text.begin == text_size_ ? byte.end : byte.begin;
    return {place, place};
  }
  const std::size_t last = run_at(text.end - 1);
  ByteRange source{~std::uint64_t{0}, 0};
  for (std::size_t i = run_at(text.begin); i <= last; ++i) {
    const ByteRange part =
        within(i, {std::max(text.begin, runs_[i].text_begin), std::min(text.end, run_end(i))});
    source.begin = std::min(source.begin, part.begin);
    source.end = std::max(source.end, part.end);
  }
  return source;
}

OffsetMap OffsetMap::compose(const OffsetMap& a, const OffsetMap& b) {
  OffsetMap out;
  for (std::size_t i = 0; i < a.runs_.size(); ++i) {
    const Run& run = a.runs_[i];
    const std::uint64_t end = a.run_end(i);
    if (run.text_unit != 1 || run.source_unit != 1) {
      const std::uint64_t step = run.text_unit ? run.text_unit : end - run.text_begin;
      for (std::uint64_t at = run.text_begin; at < end; at += step) {
        const std::uint64_t n = std::min(step, end - at);
        out.append(n, b.to_source(a.to_source({at, at + n})), 0, 0);
      }
      continue;
    }
    for (std::uint64_t at = run.text_begin; at < end;) {
      const std::uint64_t middle = run.source.begin + (at - run.text_begin);
      if (b.runs_.empty() || middle >= b.text_size_) {
        out.append(end - at, b.to_source({middle, middle}), 0, 0);
        break;
      }
      const std::size_t k = b.run_at(middle);
      const Run& inner = b.runs_[k];
      std::uint64_t n = std::min(end - at, b.run_end(k) - middle);
      if (inner.text_unit > 1) {  // whole units where possible, else the rest of the unit that is cut
        const std::uint64_t inside = (middle - inner.text_begin) % inner.text_unit;
        n = inside == 0 && n >= inner.text_unit ? n - n % inner.text_unit : std::min(n, inner.text_unit - inside);
      }
      const bool whole = inner.text_unit != 0 && (middle - inner.text_begin) % inner.text_unit == 0 && n % inner.text_unit == 0;
      const ByteRange source = b.to_source({middle, middle + n});
      out.append(n, source, whole ? inner.text_unit : std::uint8_t{0}, whole ? inner.source_unit : std::uint8_t{0});
      at += n;
    }
  }
  return out;
}

}  // namespace evtriage
