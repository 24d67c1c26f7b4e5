// Processes of the cage: none is left behind, whoever dies first, and the cage goes on without those that died.
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/pipeline/sandbox/cage_support.h"
#include "tests/pipeline/sandbox/test_formats.h"

namespace evtriage::test {
namespace {

// Process numbers of all that run one of the test workers and descend from, or were started for, `marker`.
std::vector<int> workers_alive(const std::string& folder) {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    std::string command;
    std::getline(file, command, '\0');
    if (command.starts_with(folder)) found.push_back(std::stoi(name));
  }
  return found;
}

class OwnFolder {  // the workers under a name of their own, to tell their processes from those of other tests
 public:
  OwnFolder() : path(testing::TempDir() + "/cage." + std::to_string(getpid())) {
    std::filesystem::create_directory(path);
    for (const char* family : {"plain", "chaos"}) {
      const std::string name = std::string("/evtriage-worker-") + family;
      std::filesystem::create_symlink(EVTRIAGE_TEST_WORKERS + name, path + name);
    }
  }
  ~OwnFolder() { std::filesystem::remove_all(path); }
  std::string path;
};

bool all_end(const std::string& folder) {
  for (int i = 0; i < 500; ++i) {
    if (workers_alive(folder).empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(Cage, NothingIsLeftBehind) {
  const OwnFolder folder;
  for (const bool confine : {true, false}) {
    CageSettings with = settings();
    with.worker_folder = folder.path;
    with.confine = confine;
    auto cage = started(with);
    ASSERT_TRUE(cage);
    FakeEmit emit(1);
    cage->extractor(format("nothing"))->extract(*resident("x"), identity, emit);
    EXPECT_GE(workers_alive(folder.path).size(), 3u);
    cage.reset();
    EXPECT_TRUE(all_end(folder.path));
  }
}

// A second coordinator is killed while one of its workers is in an endless loop.
TEST(Cage, KilledCoordinatorLeavesNothingBehind) {
  const OwnFolder folder;
  for (const bool confine : {true, false}) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t coordinator = fork();
    if (coordinator == 0) {
      CageSettings with = settings();
      with.worker_folder = folder.path;
      with.confine = confine;
      const auto cage = started(with);
      const auto loop = cage->extractor(format("chaos", "chaos"));
      std::thread([&] {
        FakeEmit emit(4);
        loop->extract(*resident("hang"), identity, emit);
      }).detach();
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      if (write(ready[1], "x", 1) != 1) _exit(1);
      pause();
      _exit(0);
    }
    char x = 0;
    ASSERT_EQ(read(ready[0], &x, 1), 1);
    EXPECT_GE(workers_alive(folder.path).size(), 3u);
    kill(coordinator, SIGKILL);
    waitpid(coordinator, nullptr, 0);
    EXPECT_TRUE(all_end(folder.path)) << confine;
    close(ready[0]);
    close(ready[1]);
  }
}

TEST(Cage, SurvivesTheDeathOfItsProcesses) {
  const OwnFolder folder;
  CageSettings with = settings();
  with.worker_folder = folder.path;
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  const auto content = resident(bytes_of(1000));
  const std::string expected = in_process(extract_everything, *content);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(caged(*cage, format("everything"), *content), expected);
    for (const int process : workers_alive(folder.path)) kill(process, SIGKILL);
    EXPECT_TRUE(all_end(folder.path));
  }
  EXPECT_EQ(caged(*cage, format("everything"), *content), expected);
}

}  // namespace
}  // namespace evtriage::test
