// The worker for PDF: poppler.
// SPDX-License-Identifier: GPL-2.0-or-later (poppler is linked; the main program never links it)
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/pdf/pdf.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"pdf", evtriage::extract_pdf}};

evtriage::Result<void> warm() {
  evtriage::warm_pdf();
  return {};
}

}  // namespace

int main() { return evtriage::serve(formats, {.warm = warm}); }
