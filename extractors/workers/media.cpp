// The worker for audio and video: libmediainfo.
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/media/media.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"media", evtriage::extract_media}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
