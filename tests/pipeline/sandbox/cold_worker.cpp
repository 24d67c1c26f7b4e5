// A worker whose family cannot be warmed.
#include "pipeline/sandbox/worker.h"

int main() {
  return evtriage::serve({}, {.warm = [] { return evtriage::Result<void>(evtriage::Error{evtriage::Code::unsupported, "the table is not there"}); }});
}
