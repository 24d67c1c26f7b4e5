// Which items the caged formats take, by type and, where the type says too little, by suffix.
#include "extractors/formats.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "extractors/suffix.h"

namespace evtriage {
namespace {

std::string format_of(std::string_view type, std::string_view name, std::string_view claimed = "") {
  for (const Format& format : caged_formats()) {
    if (format.accepts({type, claimed, name})) return std::string(format.name);
  }
  return "";
}

TEST(Formats, TypesDecide) {
  EXPECT_EQ(format_of("application/pdf", "a.txt"), "pdf");
  EXPECT_EQ(format_of("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a"), "ooxml");
  EXPECT_EQ(format_of("application/vnd.oasis.opendocument.spreadsheet", "a"), "odf");
  EXPECT_EQ(format_of("application/epub+zip", "a"), "epub");
  EXPECT_EQ(format_of("application/msword", "a"), "ole");
  EXPECT_EQ(format_of("application/vnd.ms-outlook", "mail.msg"), "ole");
  EXPECT_EQ(format_of("application/vnd.ms-outlook", "store.PST"), "pst");
  EXPECT_EQ(format_of("text/rtf", "a"), "rtf");
  EXPECT_EQ(format_of("image/heic", "a"), "image");
  EXPECT_EQ(format_of("video/mp4", "a"), "media");
  EXPECT_EQ(format_of("application/x-xz", "a"), "archive");
  EXPECT_EQ(format_of("application/vnd.sqlite3", "msgstore.db"), "sqlite");
  EXPECT_EQ(format_of("application/x-raw-disk-image", "a.dd"), "parts");
  EXPECT_EQ(format_of("application/x-volume-ntfs", "a"), "file-system");
  EXPECT_EQ(format_of("application/x-ewf", "a.E01"), "ewf");
  EXPECT_EQ(format_of("application/x-qemu-disk", "a"), "qcow2");
  EXPECT_EQ(format_of("application/x-vmdk-disk", "a"), "vmdk");
  EXPECT_EQ(format_of("application/x-vhdx-disk", "a"), "vhd");
  EXPECT_EQ(format_of("application/octet-stream", "databases/msgstore.db-wal"), "sqlite-wal");
  EXPECT_EQ(format_of("application/octet-stream", "sms.db-journal"), "sqlite-journal");
  EXPECT_EQ(format_of("text/plain", "export/WhatsApp Chat with Ama.txt"), "whatsapp-chat");
  EXPECT_EQ(format_of("text/plain", "_chat.txt"), "whatsapp-chat");
  EXPECT_EQ(format_of("application/x-google-ab", "backup"), "android-backup");
  EXPECT_EQ(format_of("application/x-chat-export+json", "anything"), "chat-json");
  EXPECT_EQ(format_of("application/x-location-history+json", "anything"), "chat-json");
  EXPECT_EQ(format_of("application/x-chat-export+html", "anything"), "chat-html");
  EXPECT_EQ(format_of("application/json", "result.json"), "");
  EXPECT_EQ(format_of("text/plain", "notes.txt"), "");
}

TEST(Formats, SuffixesHelpWhereTheTypeSaysTooLittle) {
  EXPECT_EQ(format_of("application/zip", "a.zip"), "archive");
  EXPECT_EQ(format_of("application/zip", "Fees.XLSX"), "ooxml");
  EXPECT_EQ(format_of("application/zip", "a.odt"), "odf");
  EXPECT_EQ(format_of("application/octet-stream", "winmail.dat", "application/ms-tnef"), "tnef");
}

TEST(Formats, OthersAreLeftToTheProgramItself) {
  for (const auto& [type, name] : {std::pair{"text/plain", "a.docx"}, {"text/html", "a.pdf"}, {"message/rfc822", "a.eml"},
                                   {"application/mbox", "a"}, {"image/svg+xml", "a.svg"}, {"application/octet-stream", "a.bin"}}) {
    EXPECT_EQ(format_of(type, name), "") << type << " " << name;
  }
}

TEST(Suffix, IsLowerCaseAndShort) {
  EXPECT_EQ(suffix_of("a.b.JPG"), "jpg");
  EXPECT_EQ(suffix_of("plain"), "");
  EXPECT_EQ(suffix_of("ends."), "");
  EXPECT_EQ(suffix_of("a.markdown"), "markdown");
  EXPECT_EQ(suffix_of("a.ninebytes"), "");
}

TEST(Formats, NamesAreDistinct) {
  std::set<std::string_view> names;
  for (const Format& format : caged_formats()) EXPECT_TRUE(names.insert(format.name).second) << format.name;
}

}  // namespace
}  // namespace evtriage
