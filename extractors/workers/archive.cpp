// The worker for archives: libarchive, libdeflate, zlib.
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/archive/archive.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"archive", evtriage::extract_archive}};

evtriage::Result<void> warm() {
  if (evtriage::prepare_archives()) return {};
  return evtriage::Error{evtriage::Code::unsupported, "the system has no C.UTF-8 locale, which names in archives need: install libc-bin"};
}

}  // namespace

int main() { return evtriage::serve(formats, {.warm = warm}); }
