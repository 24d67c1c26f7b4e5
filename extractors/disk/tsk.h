// The Sleuth Kit over a Content: handles that close themselves, and reads that never fail.
//
// What cannot be read is given to the library as zero bytes and counted, so that one bad sector does not cost the file
// system.  The library keeps its error text for each thread; nothing else outlives a handle.
// Tested by tests/extractors/disk/file_system_test.cpp.
#pragma once
#include <tsk/libtsk.h>

#include <memory>
#include <string>

#include "pipeline/core/content.h"

namespace evtriage::disk {

class TskImage {  // used from one thread; outlives what is opened on it
 public:
  explicit TskImage(const Content& content);
  ~TskImage();
  TskImage(const TskImage&) = delete;
  TskImage& operator=(const TskImage&) = delete;
  TSK_IMG_INFO* get() { return &state_->info; }
  std::uint64_t lost_bytes() const { return state_->lost_bytes; }  // were read as zeros, perhaps several times

 private:
  struct State {
    TSK_IMG_INFO info;  // first: the library hands this address back
    const Content* content;
    std::uint64_t lost_bytes;
  };
  static ssize_t read(TSK_IMG_INFO* info, TSK_OFF_T offset, char* out, size_t length);
  std::unique_ptr<State> state_;
};

struct CloseTsk {
  void operator()(TSK_VS_INFO* volumes) const { tsk_vs_close(volumes); }
  void operator()(TSK_FS_INFO* system) const { tsk_fs_close(system); }
  void operator()(TSK_FS_DIR* folder) const { tsk_fs_dir_close(folder); }
  void operator()(TSK_FS_FILE* file) const { tsk_fs_file_close(file); }
};
template <class T>
using TskHandle = std::unique_ptr<T, CloseTsk>;

// What the library said last, in printable characters; it is forgotten.
std::string tsk_failure();

}  // namespace evtriage::disk
