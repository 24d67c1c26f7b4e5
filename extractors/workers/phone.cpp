// The worker for phones: our own readers of SQLite and of what applications keep in it; no foreign library.
// Tested by tests/whole/phone_test.py, through the cage.
#include "extractors/phone/phone.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"sqlite", evtriage::extract_sqlite}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
