// Formats for the tests of the cage: called in process and through a worker, they must give the same records.
#pragma once
#include <memory>
#include <string>

#include "pipeline/core/plugin.h"

namespace evtriage::test {

// Everything that an Emit can be told, several times; `content` must not be empty.
void extract_everything(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// Reads the item in many ways and orders, and tells a checksum, or the error, of each read.
void extract_reads(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// The whole item as one child through a spool, in pieces.
void extract_spooled(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// The first byte off, the rest is a child: nested until nothing is left.
void extract_nested(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// Reads the item as a whole and touches every page of it.
void extract_whole(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// Children as a disk has them: runs of the item, the item backwards (decoded as it is asked for), notes of the container.
void extract_disk(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
// A live child that cannot be read from its second half on.
void extract_half(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);
void extract_nothing(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage::test
