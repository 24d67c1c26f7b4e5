// Feeds a file to libmediainfo piece by piece and keeps what it says.
//
// The library is never given a name, so it opens nothing; what it throws is caught where it is called.
// Tested by tests/extractors/media/media_test.cpp.
#include "extractors/media/media.h"

#include <MediaInfo/MediaInfo.h>

#include <algorithm>

#include "extractors/media/fields.h"
#include "extractors/media/location.h"

namespace evtriage {
namespace {

constexpr std::uint64_t piece_bytes = 256 << 10;
constexpr std::uint64_t most_bytes = 256 << 20;   // given to the library
constexpr std::size_t most_jumps = 2000;
constexpr std::size_t most_properties = 300, most_value = 4096, most_lines = 64 << 10;
constexpr std::size_t most_streams = 32;          // of a kind
constexpr std::size_t most_covers = 16;

using MediaInfoLib::MediaInfo;

std::string utf8(const MediaInfoLib::String& text, std::size_t most) {
  std::string out;
  for (const wchar_t c : text) {
    if (out.size() >= most) break;
    const auto code = static_cast<char32_t>(c);
    if (code != 0) append_utf8(out, code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code);
  }
  return out;
}

class Reader {
 public:
  Reader(const Content& content, Emit& emit) : content_(content), emit_(emit) {}

  void run() {
    MediaInfo library;
    library.Option(L"File_IsSeekable", L"1");
    library.Option(L"Cover_Data", L"base64");
    feed(library);
    library.Open_Buffer_Finalize();
    const bool known = !library.Get(MediaInfoLib::Stream_General, 0, L"Format").empty();
    if (!known) emit_.issue({Code::unsupported, "media", "the format of the file is not known", {}, true});
    general(library);
    streams(library);
  }
  void finish() {
    const MediaLocations places = read_locations(content_);
    if (places.cut) emit_.issue({Code::truncated, "media", "the file ends inside a box of its container", places.cut, true});
    for (const MediaLocation& place : places.found) {
      property("gps", place.position);
      line("GPS", place.position, place.source);
      line("Place", place.name, place.source);
    }
    if (!lines_.empty()) emit_.text(TextSegment::of(Blob::own(std::move(lines_)), std::move(map_), "metadata"));
    for (std::size_t i = 0; i < covers_.size(); ++i) {
      Child child;
      child.step = {StepKind::member, i + 1, {}, "cover"};
      child.kind = ItemKind::embedded;
      child.media_type = i < cover_types_.size() ? cover_types_[i] : "";
      emit_.child(std::move(child), resident(std::move(covers_[i])));
    }
    if (left_out_ > 0) {
      emit_.issue({Code::limit, "media", "properties=" + std::to_string(most_properties) + ", text bytes=" + std::to_string(most_lines) + ": " +
                   std::to_string(left_out_) + " more were left out", {}, true});
    }
  }

 private:
  void feed(MediaInfo& library) {
    std::uint64_t at = 0, given = 0;
    std::size_t jumps = 0;
    library.Open_Buffer_Init(content_.size(), 0);
    while (at < content_.size() && !emit_.stop_requested()) {
      if (given > most_bytes || jumps > most_jumps) {
        emit_.issue({Code::limit, "media", "bytes=" + std::to_string(most_bytes) + " or jumps=" + std::to_string(most_jumps) +
                     " given to the library: the rest was not looked at", ByteRange{at, content_.size()}, true});
        return;
      }
      const ByteRange range{at, std::min(content_.size(), at + piece_bytes)};
      const auto piece = content_.read(range);
      if (!piece) {
        emit_.issue({piece.error().code, "media", piece.error().detail, range, true});
        return;
      }
      const std::size_t state = library.Open_Buffer_Continue(reinterpret_cast<const unsigned char*>(piece->view().data()), static_cast<std::size_t>(piece->size()));
      given += piece->size();
      at = range.end;
      if ((state & 8) != 0) return;  // it has seen enough
      const std::uint64_t wanted = library.Open_Buffer_Continue_GoTo_Get();
      if (wanted == UINT64_MAX || wanted == at) continue;
      at = std::min<std::uint64_t>(wanted, content_.size());
      ++jumps;
      library.Open_Buffer_Init(content_.size(), at);
    }
  }
  void general(MediaInfo& library) {
    constexpr auto kind = MediaInfoLib::Stream_General;
    const std::size_t count = library.Count_Get(kind, 0);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = utf8(library.Get(kind, 0, i, MediaInfoLib::Info_Name), 200);
      const MediaInfoLib::String raw = library.Get(kind, 0, i, MediaInfoLib::Info_Text);
      if (raw.empty()) continue;
      if (name == "Cover_Data") covers(raw);
      const FieldUse use = use_of_general(name);
      if (use == FieldUse::drop) continue;
      const std::string value = utf8(raw, most_value);
      if (name == "Cover_Mime") cover_types_ = split(value);
      if (name == "Title") property("dc:title", value);
      if (name == "Encoded_Date" || name == "Recorded_Date") {
        if (const std::string date = media_date(value); !date.empty()) property("dcterms:created", date);
      }
      property("MediaInfo.General." + name, value);
      if (use == FieldUse::words) line(name, value);
    }
  }
  void streams(MediaInfo& library) {
    constexpr std::pair<MediaInfoLib::stream_t, std::string_view> kinds[] = {
        {MediaInfoLib::Stream_Video, "Video"}, {MediaInfoLib::Stream_Audio, "Audio"}, {MediaInfoLib::Stream_Text, "Text"}, {MediaInfoLib::Stream_Image, "Image"}};
    for (const auto& [kind, word] : kinds) {
      const std::size_t streams = library.Count_Get(kind);
      if (streams > most_streams) {
        emit_.issue({Code::limit, "media", "streams of a kind=" + std::to_string(most_streams) + ": the rest of " + std::to_string(streams) + " was not read", {}, true});
      }
      for (std::size_t s = 0; s < std::min(streams, most_streams); ++s) {
        const std::string prefix = "MediaInfo." + std::string(word) + std::to_string(s + 1) + ".";
        const std::size_t count = library.Count_Get(kind, s);
        for (std::size_t i = 0; i < count; ++i) {
          const std::string name = utf8(library.Get(kind, s, i, MediaInfoLib::Info_Name), 200);
          const FieldUse use = use_of_stream(name);
          if (use == FieldUse::drop) continue;
          const std::string value = utf8(library.Get(kind, s, i, MediaInfoLib::Info_Text), most_value);
          property(prefix + name, value);
          if (use == FieldUse::words) line(name, value);
        }
      }
    }
  }
  static std::vector<std::string> split(std::string_view text) {  // "image/jpeg / image/png"
    std::vector<std::string> out;
    while (out.size() < most_covers) {
      const std::size_t end = text.find(" / ");
      out.emplace_back(text.substr(0, end));
      if (end == text.npos) break;
      text.remove_prefix(end + 3);
    }
    return out;
  }
  void covers(const MediaInfoLib::String& raw) {
    std::string text;
    for (const wchar_t c : raw) text += c > 0 && c < 0x80 ? static_cast<char>(c) : '?';
    for (const std::string& cover : split(text)) {
      std::string bytes = from_base64(cover);
      if (!bytes.empty()) covers_.push_back(std::move(bytes));
    }
  }
  void property(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    if (properties_ == most_properties) {
      ++left_out_;
      return;
    }
    ++properties_;
    emit_.property(name, value);
  }
  void line(const std::string& label, const std::string& value, std::optional<ByteRange> source = std::nullopt) {
    if (value.empty()) return;
    const std::string text = label + ": " + value + "\n";
    if (text.size() > most_lines - lines_.size()) {
      ++left_out_;
    } else {
      lines_ += text;
      map_.append(text.size(), source.value_or(ByteRange{0, content_.size()}), 0, 0);
    }
  }
  const Content& content_;
  Emit& emit_;
  std::size_t properties_ = 0, left_out_ = 0;
  std::string lines_;
  OffsetMap map_;
  std::vector<std::string> covers_, cover_types_;
};

}  // namespace

void extract_media(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Reader reader(content, emit);
  try {
    reader.run();
  } catch (const std::exception& error) {
    emit.issue({Code::corrupt, "media", "the library gave up: " + printable(std::string_view(error.what()).substr(0, 160)), {}, true});
  }
  reader.finish();
}

}  // namespace evtriage
