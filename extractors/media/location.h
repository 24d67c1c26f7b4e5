// Where a video says that it was made: MP4, MOV and 3GP keep it in the movie's user data.
//
// Own parser over ByteReader, because libmediainfo 23.04 does not give every form: (c)xyz (Apple, Android), loci
// (3GPP TS 26.244, 8.10), and the key com.apple.quicktime.location.ISO6709.
// Tested by tests/extractors/media/location_test.cpp; fuzzed by tests/fuzz/fuzz_media_location.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct MediaLocation {
  std::string position;  // "5.552000,-0.196900"
  std::string name;      // of the place, if the file names it; valid UTF-8
  ByteRange source;
};

struct MediaLocations {
  std::vector<MediaLocation> found;  // in the order of the file, equal ones once
  std::optional<ByteRange> cut;      // the last box, if the file ends inside it
};

// Empty for files that are no ISO base media.
MediaLocations read_locations(const Content& content);

// ISO 6709 decimal degrees ("+05.5520-000.1969+012/"), degrees and minutes ("+0533.12-00011.81/") or seconds.
std::optional<std::string> iso6709_position(std::string_view text);

}  // namespace evtriage
