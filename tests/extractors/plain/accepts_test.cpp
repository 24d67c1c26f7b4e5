// Which format an item is: by type, by suffix, and where the two disagree.
#include "extractors/plain/plain_accepts.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

TEST(PlainAccepts, TypesAndSuffixes) {
  const auto format = [](std::string_view type, std::string_view name, std::string_view claimed = "") { return plain_format({type, claimed, name}); };
  EXPECT_EQ(format("text/plain", "ledger.CSV"), "csv");
  EXPECT_EQ(format("application/json", "a"), "json");
  EXPECT_EQ(format("text/plain", "chat.jsonl"), "json");
  EXPECT_EQ(format("text/xml", "a.kml"), "xml");
  EXPECT_EQ(format("text/xml", "Info.plist"), "plist");
  EXPECT_EQ(format("image/svg+xml", "a.svg"), "xml");
  EXPECT_EQ(format("text/vcard", "x"), "vcard");
  EXPECT_EQ(format("text/plain", "x.ics"), "calendar");
  EXPECT_EQ(format("application/octet-stream", "a.lnk"), "shortcut");
  EXPECT_EQ(format("application/x-ms-shortcut", "holiday.jpg"), "shortcut");
  EXPECT_EQ(format("text/plain", "", "text/calendar; charset=utf-8"), "calendar");
  EXPECT_EQ(format("text/plain", "notes.txt"), "");
  EXPECT_EQ(format("text/html", "a.xml"), "");
  EXPECT_EQ(format("image/jpeg", "a.json"), "");
  EXPECT_EQ(format("application/xhtml+xml", "a.xhtml"), "");
  EXPECT_EQ(format("message/rfc822", "a.csv"), "");
  EXPECT_EQ(format("text/plain", "a.verylongsuffix"), "");
}

}  // namespace
}  // namespace evtriage
