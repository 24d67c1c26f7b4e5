// A report on its way to the disk: written under a temporary name, synced, renamed; never half there.
// Also the lines of a text file of the case.  The only file of this folder that opens files.
// Tested by tests/reports/report_file_test.cpp.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage::reports {

class ReportWriter {  // buffers; the first error sticks and is given by finish()
 public:
  // Creates DIR/.NAME.part, mode 0600, replacing a left-over of an interrupted writing.
  ReportWriter(const std::string& dir, std::string name);
  ~ReportWriter();  // not finished: removes the temporary file
  ReportWriter(const ReportWriter&) = delete;
  ReportWriter& operator=(const ReportWriter&) = delete;
  void write(std::string_view bytes);
  bool failed() const { return failed_; }
  // The temporary file, for a library that writes by name instead of through write(); it must not replace it.
  const std::string& part() const { return part_; }
  // Flush, fsync, rename, fsync of the folder; gives the path written.
  Result<std::string> finish();

 private:
  void flush();
  std::string dir_, name_, part_, buffer_, failure_;
  int file_ = -1;
  bool failed_ = false;
};

// Calls `line` with each line without its LF; false ends.  Lines above 16 MiB: Error (limit).
Result<void> each_file_line(const std::string& path, const std::function<bool(std::string_view)>& line);

}  // namespace evtriage::reports
