// The door of the archives: zip, 7z, rar, tar, cab, iso, cpio, ar, lha, xar, warc, and streams that are only
// compressed (gzip, bzip2, xz, zstd, lz4, lzip, lzma, compress).
//
// Members become children of kind member, numbered from 1 in the order of the archive's directory, with the name's
// raw bytes.  Directories, links and devices are members with empty content and a media type inode/...; link
// targets stand in properties of the archive.  Nothing is ever written to disk and no program is ever started.
// Tested by tests/extractors/archive/archive_test.cpp and its neighbours.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Errors go out as issues of the stage "archive".  Children may refer to `content`: it must outlive their use,
// which ends when emit.child() returns.
void extract_archive(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Whether the content ends in a zip directory that fits: true too for a picture or a program with a zip behind it,
// which extract_archive then reads.  Reads at most the last 64 KiB.
bool has_zip_at_end(const Content& content);

// Loads the character table that libarchive needs to give names that are stored as UTF-16 (7z, rar, Joliet).  Call
// once before the process loses its file system; false: such names will be told as lost.  It changes no locale.
bool prepare_archives();

}  // namespace evtriage
