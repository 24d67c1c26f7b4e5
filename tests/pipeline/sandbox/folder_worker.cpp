// The worker of the family "folder": needs one folder of the machine while it parses, and tries for more.
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "pipeline/sandbox/worker.h"

namespace {

using namespace evtriage;

// The item is a list of paths, one a line: tells what each one gives.
void look(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const Result<Blob> bytes = content.read({0, content.size()});
  std::string_view paths = bytes->chars();
  while (!paths.empty()) {
    const std::string path(paths.substr(0, paths.find('\n')));
    paths.remove_prefix(std::min(paths.size(), path.size() + 1));
    char text[16] = {};
    const int file = open(path.c_str(), O_RDONLY);
    const ssize_t n = file < 0 ? -1 : read(file, text, sizeof text - 1);
    const int writing = open(path.c_str(), O_RDWR), creating = open((path + ".new").c_str(), O_WRONLY | O_CREAT, 0600);
    emit.property(path, n < 0 ? "refused" : std::string(text, static_cast<std::size_t>(n)));
    if (writing >= 0 || creating >= 0) emit.property("escaped", path);
    for (const int opened : {file, writing, creating}) {
      if (opened >= 0) close(opened);
    }
  }
}

}  // namespace

int main() {
  const std::string_view folders[] = {"/nonexistent/folder", EVTRIAGE_TEST_DATA};
  const WorkerFormat formats[] = {{"look", look}};
  return serve(formats, {.folders = folders});
}
