// Signed, detached and enveloped messages made by openssl (data/README.md), every truncation of them, loops of lengths.
#include "extractors/cms.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace evtriage {
namespace {

std::string sample(const std::string& name) {
  std::ifstream stream(EVTRIAGE_SOURCE_DIR "/tests/extractors/data/" + name, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << name;
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Cms, WhatWasSignedIsTakenOut) {
  for (const char* name : {"signed_definite.p7m", "signed_stream.p7m"}) {
    const CmsContent content = cms_content(sample(name));
    EXPECT_EQ(content.kind, CmsKind::signed_data) << name;
    EXPECT_EQ(content.bytes, "Content-Type: text/plain\r\n\r\nthe passports are kept\r\n") << name;
    EXPECT_TRUE(content.whole) << name;
  }
}

TEST(Cms, DetachedAndEnveloped) {
  const CmsContent detached = cms_content(sample("signed_detached.p7s"));
  EXPECT_EQ(detached.kind, CmsKind::signed_data);
  EXPECT_TRUE(detached.bytes.empty() && detached.whole);
  EXPECT_EQ(cms_content(sample("enveloped.p7m")).kind, CmsKind::enveloped);
  EXPECT_EQ(cms_content("no such thing").kind, CmsKind::none);
  EXPECT_EQ(cms_content("").kind, CmsKind::none);
}

TEST(Cms, EveryTruncation) {
  for (const char* name : {"signed_definite.p7m", "signed_stream.p7m"}) {
    const std::string whole = sample(name);
    const std::string expected = cms_content(whole).bytes;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const CmsContent content = cms_content(whole.substr(0, size));
      EXPECT_TRUE(expected.starts_with(content.bytes));
      if (content.kind == CmsKind::signed_data && content.bytes.size() < expected.size()) {
        EXPECT_FALSE(content.whole) << size;
      }
    }
  }
  std::string nested = "\x30\x80";
  for (int i = 0; i < 100'000; ++i) nested += "\x24\x80";
  cms_content(nested);
}

}  // namespace
}  // namespace evtriage
