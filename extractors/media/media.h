// Audio and video: the door of this folder.
//
// Tested by tests/extractors/media/media_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Container, codecs, duration, dates, titles, comments and place of audio and video files, by libmediainfo, under its
// own field names ("MediaInfo.General.Format", "MediaInfo.Video1.Width"); "gps" in decimal degrees; what a person
// wrote as text; covers as children.  Nothing is decoded; the file is read by ranges, mostly its head and tail.
void extract_media(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
