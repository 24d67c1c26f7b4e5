// The worker for mail stores: libpff, and our own reader of TNEF.
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/outlook/outlook.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"pst", evtriage::extract_pst},
    {"tnef", evtriage::extract_tnef},
    {"dbx", evtriage::extract_dbx}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
