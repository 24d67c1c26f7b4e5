// The flow: ranges of text ids in order -> read, unpack, fold, match (parallel, each with a reader of its own)
// -> hits in order.  Tokens bound the memory.
// Tested by tests/whole/search_test.py.
#include "pipeline/search/search.h"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/core/text.h"
#include "pipeline/search/query.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

namespace tbb = oneapi::tbb;

constexpr std::uint64_t ids_at_a_time = 128;
constexpr std::size_t context_bytes = 80;

struct Found {  // of one range of ids
  std::vector<SearchHit> hits;
  SearchSum sum;
  std::optional<Error> error;
};

std::uint64_t number_of(const std::optional<std::string>& cell) {
  std::uint64_t value = 0;
  if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), value);
  return value;
}

// Whole characters before and behind the match.
std::string before_of(std::string_view text, std::uint64_t at) {
  std::size_t begin = static_cast<std::size_t>(at) - std::min<std::size_t>(static_cast<std::size_t>(at), context_bytes);
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
  return std::string(text.substr(begin, static_cast<std::size_t>(at) - begin));
}
std::string after_of(std::string_view text, std::uint64_t at) {
  const std::string_view rest = text.substr(static_cast<std::size_t>(at), context_bytes);
  return std::string(rest.substr(0, valid_utf8_prefix(rest)));
}

class Searcher {  // one thread's
 public:
  Searcher(const std::string& results_file, const Query& query) : query_(query), reader_(open_case(results_file)) {}

  Found range(std::uint64_t first) {
    Found out;
    if (!reader_) {
      out.error = reader_.error();
      return out;
    }
    const auto done = (*reader_)->query(
        "SELECT t.item, t.segment, t.place, t.origin, t.text_begin, text_of(t.text, t.text_bytes), i.address, i.exhibit, i.path FROM texts t "
        "JOIN items i ON i.id = t.item WHERE t.id >= ?1 AND t.id < ?1 + ?2 ORDER BY t.id",
        {std::to_string(first), std::to_string(ids_at_a_time)}, [&](const CaseReader::Row& row) {
          text(row, out);
          return !out.error;
        });
    if (!done) out.error = done.error();
    return out;
  }

 private:
  void text(const CaseReader::Row& row, Found& out) {
    if (!row[5]) {
      out.error = Error{Code::corrupt, "a kept text of item " + row[0].value_or("?") + " cannot be unpacked"};
      return;
    }
    const std::string& utf8 = *row[5];
    ++out.sum.texts;
    out.sum.bytes += utf8.size();
    const std::vector<ByteRange> ranges = query_.matches(utf8, folded_);
    out.sum.hits += ranges.size();
    out.sum.texts_hit += ranges.empty() ? 0 : 1;
    const std::uint64_t begin = number_of(row[4]);
    for (const ByteRange range : ranges) {
      out.hits.push_back({number_of(row[0]), number_of(row[1]), row[7].value_or(""), row[8].value_or(""), row[6].value_or(""),
                          row[2].value_or(""), row[3].value_or(""),
                          {begin + range.begin, begin + range.end}, before_of(utf8, range.begin),
                          utf8.substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size())),
                          after_of(utf8, range.end)});
    }
  }

  const Query& query_;
  FoldedText folded_;
  Result<std::unique_ptr<CaseReader>> reader_;
};

Result<std::uint64_t> last_text(const std::string& results_file) {
  const auto reader = open_case(results_file);
  if (!reader) return reader.error();
  std::uint64_t last = 0;
  const auto done = (*reader)->query("SELECT max(id) FROM texts", {}, [&](const CaseReader::Row& row) {
    last = number_of(row[0]);
    return true;
  });
  if (!done) return done.error();
  return last;
}

class Gather {  // the end of the flow: one call at a time, in order
 public:
  explicit Gather(const std::function<bool(const SearchHit&)>& take) : take_(take) {}
  bool is_over() const { return over_; }  // asked by the source, which runs on another thread
  void add(const Found& found) {
    if (over_) return;
    if (found.error) {
      error_ = found.error;
      over_ = true;
      return;
    }
    sum_.texts += found.sum.texts;
    sum_.bytes += found.sum.bytes;
    sum_.hits += found.sum.hits;
    sum_.texts_hit += found.sum.texts_hit;
    for (const SearchHit& hit : found.hits) {
      if (!take_(hit)) {
        over_ = true;
        return;
      }
    }
  }
  Result<SearchSum> result() const {
    if (error_) return *error_;
    return sum_;
  }

 private:
  const std::function<bool(const SearchHit&)>& take_;
  std::atomic<bool> over_ = false;
  std::optional<Error> error_;
  SearchSum sum_;
};

void flow(const std::string& results_file, const Query& query, std::uint64_t last, unsigned threads, Gather& gather) {
  tbb::enumerable_thread_specific<Searcher> searchers([&] { return Searcher(results_file, query); });
  std::uint64_t next = 1;
  const auto source = [&](tbb::flow_control& control) -> std::uint64_t {
    if (next > last || gather.is_over()) {
      control.stop();
      return 0;
    }
    return std::exchange(next, next + ids_at_a_time);
  };
  using tbb::filter_mode;
  tbb::parallel_pipeline(
      std::size_t{threads} * 3,
      tbb::make_filter<void, std::uint64_t>(filter_mode::serial_in_order, source) &
          tbb::make_filter<std::uint64_t, std::shared_ptr<Found>>(
              filter_mode::parallel,
              [&](std::uint64_t first) { return std::make_shared<Found>(searchers.local().range(first)); }) &
          tbb::make_filter<std::shared_ptr<Found>, void>(filter_mode::serial_in_order,
                                                         [&](const std::shared_ptr<Found>& found) { gather.add(*found); }));
}

}  // namespace

Result<SearchSum> search_case(const std::string& results_file, const SearchOrder& order,
                              const std::function<bool(const SearchHit&)>& take) {
  const Result<Query> query = order.is_regex ? Query::regex(order.query) : Query::words(order.query);
  if (!query) return query.error();
  const Result<std::uint64_t> last = last_text(results_file);
  if (!last) return last.error();
  Gather gather(take);
  const auto cores = static_cast<unsigned>(tbb::info::default_concurrency());
  const unsigned threads = order.threads == 0 ? cores : order.threads;
  const tbb::global_control more(tbb::global_control::max_allowed_parallelism, std::max(threads, cores));
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] { flow(results_file, *query, *last, threads, gather); });
  return gather.result();
}

}  // namespace evtriage
