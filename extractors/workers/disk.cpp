// The worker for disks: The Sleuth Kit, and our own readers of image formats.
// Tested by tests/whole/disk_test.py, through the cage.
#include "extractors/disk/disk.h"
#include "pipeline/sandbox/worker.h"

namespace {

constexpr evtriage::WorkerFormat formats[] = {
    {"parts", evtriage::extract_parts},
    {"file-system", evtriage::extract_file_system},
    {"ewf", evtriage::extract_ewf},
    {"qcow2", evtriage::extract_qcow2},
    {"vmdk", evtriage::extract_vmdk},
    {"vhd", evtriage::extract_vhd}};

evtriage::Result<void> warm() {
  evtriage::prepare_disks();
  return {};
}

}  // namespace

int main() { return evtriage::serve(formats, {.warm = warm}); }
