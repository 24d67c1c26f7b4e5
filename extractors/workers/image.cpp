// The worker for pictures: Exiv2.
// SPDX-License-Identifier: GPL-2.0-or-later (Exiv2 is linked; the main program never links it)
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/image/image.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"image", evtriage::extract_image}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
