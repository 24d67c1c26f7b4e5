// The worker for office documents: zlib, OpenSSL for what a password opens, and our own readers of XML, OLE2 and RTF.
// Tested by tests/whole/documents_test.py, through the cage.
#include "extractors/office/office.h"
#include "extractors/ole/ole.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"ooxml", evtriage::extract_ooxml},
    {"odf", evtriage::extract_odf},
    {"epub", evtriage::extract_epub},
    {"ole", evtriage::extract_ole},
    {"rtf", evtriage::extract_rtf}};

}  // namespace

int main() { return evtriage::serve(formats, {}); }
