// Tables as text (RFC 4180 and its dialects): rows in groups, each with its row numbers and headings as place.
//
// The text of a segment is the rows' own bytes, decoded: quotes stay as they are written and every offset is exact.
// Quotes matter only for where a row ends; one that is not closed within `quoted_bytes` is taken for an ordinary
// character, so that one lost quote costs no rows.  A table of one column is a list and is read the same way.
// Tested by tests/extractors/plain/csv_test.cpp (python3's csv as judge).
#include <emmintrin.h>

#include <algorithm>
#include <array>
#include <bit>

#include "extractors/encoding.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/text_stream.h"
#include "extractors/plain/whole_text.h"

namespace evtriage {
namespace {

constexpr std::size_t look_bytes = 64u << 10;
constexpr std::size_t group_bytes = 4u << 10;    // rows are joined up to this size
constexpr std::size_t row_bytes = 256u << 10;    // a longer row is cut
constexpr std::size_t quoted_bytes = 256u << 10;  // a longer quoted field is not believed
constexpr std::size_t margin_bytes = 256;        // seen on both sides of a cut
constexpr std::size_t heading_bytes = 60, headings_bytes = 400;
constexpr std::size_t sample_rows = 50;

// The first quote or line end at or after `at`; the size if there is none.
std::size_t next_special(std::string_view text, std::size_t at) {
  const __m128i quote = _mm_set1_epi8('"'), line = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r');
  for (; text.size() - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, back), _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, line)));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

// The fields of the row that begins at `at`, without their quotes; `at` moves behind the row's line end.
std::vector<std::string> fields_of(std::string_view text, std::size_t& at, char delimiter) {
  std::vector<std::string> fields(1);
  bool quoted = false, start = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '"' && at + 1 < text.size() && text[at + 1] == '"') fields.back() += text[at++];
      else if (c == '"') quoted = false;
      else fields.back() += c;
    } else if (c == '"' && start) {
      quoted = true;
      start = false;
    } else if (c == '\n' || c == '\r') {
      at += c == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      return fields;
    } else if (c == delimiter) {
      fields.emplace_back();
      start = true;
    } else {
      fields.back() += c;
      start = false;
    }
  }
  return fields;
}

// How many of the first rows have the most frequent number of fields, if that is more than one; times fields as tie-break.
std::pair<std::size_t, std::size_t> regularity(std::string_view sample, char delimiter) {
  std::vector<std::size_t> counts;
  for (std::size_t at = 0; at < sample.size() && counts.size() < sample_rows;) counts.push_back(fields_of(sample, at, delimiter).size());
  std::sort(counts.begin(), counts.end());
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (std::size_t i = 0; i < counts.size();) {
    std::size_t end = i;
    while (end < counts.size() && counts[end] == counts[i]) ++end;
    if (counts[i] > 1) best = std::max(best, {end - i, counts[i]});
    i = end;
  }
  return best;
}

char find_delimiter(std::string_view sample) {
  if (sample.starts_with("sep=") && sample.size() > 5 && (sample[5] == '\n' || sample[5] == '\r')) return sample[4];
  char best = '\0';
  std::pair<std::size_t, std::size_t> most{0, 0};
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto found = regularity(sample, candidate);
    if (found > most) {
      most = found;
      best = candidate;
    }
  }
  return best;
}

bool is_heading(std::string_view field) {
  const auto digits = std::count_if(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
  return field.size() <= heading_bytes && digits <= 2 && field.find('@') == field.npos;
}

// The headings in one line, or nothing if the first row holds data.
std::string headings_of(std::string_view sample, char delimiter) {
  std::size_t at = 0;
  if (sample.starts_with("sep=")) fields_of(sample, at, '\0');
  std::string out;
  std::size_t named = 0;
  for (const std::string& field : fields_of(sample, at, delimiter)) {
    if (!is_heading(field)) return {};
    named += field.empty() ? 0 : 1;
    if (out.size() < headings_bytes) out.append(out.empty() ? "" : ", ").append(field);
  }
  for (char& c : out) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return named > 1 ? out : std::string();
}

class Reader {
 public:
  Reader(TextStream& in, char delimiter, std::string headings, Emit& emit)
      : in_(in), delimiter_(delimiter), headings_(std::move(headings)), emit_(emit) {}

  void run() {
    std::size_t at = 0;  // end of the complete rows of the group, in ahead()
    while (!emit_.stop_requested()) {
      std::size_t end = row_end(at);
      if (end == at) break;
      if (at > lead_ && end - lead_ > group_bytes) {
        flush(at, row_ - 1, false);
        end -= at;
        at = 0;
      }
      if (row_is_whole_) {
        at = end;
        ++row_;
      } else {
        tell_cut(end);
        flush(end, row_, true);
        at = lead_;
      }
      if (row_is_whole_ && at - lead_ >= group_bytes) {
        flush(at, row_ - 1, false);
        at = 0;
      }
    }
    if (at > lead_) flush(at, row_ - 1, false);
    emit_.property("rows", std::to_string(row_ - 1));
  }

 private:
  // The end of the row that begins at `at`, its line end included; row_is_whole_ is false if it is longer than a row may be.
  std::size_t row_end(std::size_t at) {
    row_is_whole_ = true;
    for (std::size_t p = at;;) {
      const std::string_view text = in_.ahead();
      const std::size_t found = next_special(text, p);
      if (found > at + row_bytes) {
        row_is_whole_ = false;
        return ceil_char(text, at + row_bytes);
      }
      if (found + 1 >= text.size() && in_.more()) {
        p = found;
        continue;
      }
      const std::string_view now = in_.ahead();
      if (found >= now.size()) return now.size();
      if (now[found] == '\n') return found + 1;
      if (now[found] == '\r') return found + (found + 1 < now.size() && now[found + 1] == '\n' ? 2 : 1);
      const bool begins_field = found == at || now[found - 1] == delimiter_;
      p = begins_field && position_ + found >= unquoted_until_ ? past_quoted(found) : found + 1;
    }
  }
  // Behind the quote that closes the one at `open`; behind `open` itself if none does.
  std::size_t past_quoted(std::size_t open) {
    for (std::size_t p = open + 1;;) {
      const std::size_t close = in_.ahead().find('"', p);
      const bool far = std::min(close, in_.ahead().size()) - open > quoted_bytes;
      if (!far && (close == std::string_view::npos || close + 1 == in_.ahead().size())) {
        const std::size_t seen = in_.ahead().size();
        if (in_.more()) {
          p = close == std::string_view::npos ? seen : close;
          continue;
        }
      }
      if (far || close == std::string_view::npos) return lost_quote(open);
      if (close + 1 >= in_.ahead().size() || in_.ahead()[close + 1] != '"') return close + 1;
      p = close + 2;
    }
  }
  std::size_t lost_quote(std::size_t open) {
    if (!told_) emit_.issue({Code::corrupt, "csv", "a quote is not closed; it was taken for an ordinary character", in_.source(open, open + 1), true});
    told_ = true;
    unquoted_until_ = position_ + in_.ahead().size();
    return open + 1;
  }

  void tell_cut(std::size_t end) {
    if (!cut_told_) {
      emit_.issue({Code::limit, "csv", "row_bytes=" + std::to_string(row_bytes) + ": longer rows were cut into pieces; their text is complete", in_.source(lead_, end), true});
    }
    cut_told_ = true;
  }

  // Emits what lies before `end`: rows first_ to `last`.  At a cut inside a row the neighbours see a margin of each other.
  void flush(std::size_t end, std::uint64_t last, bool cut) {
    if (cut) in_.ensure(end + margin_bytes);
    const std::size_t seen = cut ? floor_char(in_.ahead(), std::min(in_.ahead().size(), end + margin_bytes)) : end;
    MappedText out;
    in_.copy(0, seen, out);
    TextSegment segment = TextSegment::of(Blob::own(std::move(out.text)), std::move(out.map), "body");
    segment.owned = {lead_, end};
    segment.place = last == first_ ? "row " + std::to_string(first_) : "rows " + std::to_string(first_) + "-" + std::to_string(last);
    if (!headings_.empty()) segment.place += ", columns " + headings_;
    emit_.text(std::move(segment));
    const std::size_t skipped = cut ? floor_char(in_.ahead(), end - std::min(end, margin_bytes)) : end;
    lead_ = end - skipped;
    in_.skip(skipped);
    position_ += skipped;
    first_ = row_;
  }

  TextStream& in_;
  char delimiter_;
  std::string headings_;
  Emit& emit_;
  std::size_t lead_ = 0;             // bytes of ahead() that an earlier segment owns
  std::uint64_t position_ = 0;       // of ahead() in the stream
  std::uint64_t unquoted_until_ = 0;  // before this, quotes are ordinary characters
  std::uint64_t row_ = 1, first_ = 1;  // the row being read, the first one of the group
  bool row_is_whole_ = true, told_ = false, cut_told_ = false;
};

}  // namespace

void extract_csv(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  TextStream in(content, charset_of(identity.claimed_type), "csv", emit);
  if (!in.is_text()) return emit_whole_text(content, identity, "csv", emit);
  in.ensure(look_bytes);
  const std::string_view sample = in.ahead().substr(0, look_bytes);
  const char delimiter = identity.media_type == "text/tab-separated-values" ? '\t' : find_delimiter(sample);
  std::string headings = delimiter == '\0' ? std::string() : headings_of(sample, delimiter);
  if (!headings.empty()) emit.property("columns", headings);
  Reader(in, delimiter, std::move(headings), emit).run();
}

}  // namespace evtriage
