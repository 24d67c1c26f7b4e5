// Bare host names, IPv4 addresses, and the file names and versions that look like them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extractors/contacts/found_in.h"

namespace evtriage::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Domain, BareHostsWithAPlainEnding) {
  EXPECT_THAT(values("domain", "site example.com, jobs.org.ng. (gouv.bf)"), ElementsAre("example.com", "jobs.org.ng", "gouv.bf"));
  EXPECT_THAT(values("domain", "EXAMPLE.COM"), ElementsAre("example.com"));
}

TEST(Domain, FileNamesCodeAndSlipsAreRefused) {
  for (const auto* text : {"readme.md", "main.py", "setup.sh", "a.out", "System.Net", "obj.id", "fini.Il", "done.it", "e.g.", "i.e.", "foo.com()",
                           "path/foo.com", "$a.com", "1.5", "3.14.15", "image.png", "config.in", "libfoo.la", "Makefile.vc", "cfg.mk", "div.example", "x.next"}) {
    EXPECT_THAT(values("domain", text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace evtriage::contacts
