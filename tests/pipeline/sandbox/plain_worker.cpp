// The worker of the family "plain": formats that behave.
#include "pipeline/sandbox/worker.h"
#include "tests/pipeline/sandbox/test_formats.h"

int main() {
  using namespace evtriage;
  const WorkerFormat formats[] = {{"everything", test::extract_everything},
                                  {"reads", test::extract_reads},
                                  {"spooled", test::extract_spooled},
                                  {"nested", test::extract_nested},
                                  {"whole", test::extract_whole},
                                  {"disk", test::extract_disk},
                                  {"half", test::extract_half},
                                  {"nothing", test::extract_nothing}};
  return serve(formats, {});
}
