// Types decide; a suffix only where the type says no more than "a zip", "an OLE2 file" or nothing at all.
// Tested by tests/extractors/formats_test.cpp.
#include "extractors/formats.h"

#include <algorithm>
#include <array>
#include <string>

#include "extractors/suffix.h"

namespace evtriage {
namespace {

using Words = std::span<const std::string_view>;

bool is_one_of(std::string_view word, Words words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool has_suffix(const Identity& identity, Words suffixes) { return is_one_of(suffix_of(identity.name), suffixes); }
bool is_zip(const Identity& identity) { return identity.media_type == "application/zip"; }
bool is_unknown(const Identity& identity) { return identity.media_type == "application/octet-stream"; }
bool is_ole(const Identity& identity) {
  return identity.media_type.starts_with("application/cdfv2") || identity.media_type == "application/x-ole-storage";
}

bool accepts_pdf(const Identity& identity) { return identity.media_type == "application/pdf"; }

bool accepts_ooxml(const Identity& identity) {
  constexpr std::array<std::string_view, 17> suffixes = {"docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "xlam",
                                                         "xlsb", "pptx", "pptm", "ppsx", "ppsm", "potx", "potm", "vsdx"};
  return identity.media_type.starts_with("application/vnd.openxmlformats-officedocument") ||
         (identity.media_type.starts_with("application/vnd.ms-") && identity.media_type.ends_with(".macroenabled.12")) ||
         (is_zip(identity) && has_suffix(identity, suffixes));
}

bool accepts_odf(const Identity& identity) {
  constexpr std::array<std::string_view, 8> suffixes = {"odt", "ods", "odp", "odg", "ott", "ots", "otp", "odf"};
  constexpr std::array<std::string_view, 4> flat = {"fodt", "fods", "fodp", "fodg"};
  const bool is_xml = identity.media_type == "text/xml" || identity.media_type == "application/xml";
  return identity.media_type.starts_with("application/vnd.oasis.opendocument") || (is_zip(identity) && has_suffix(identity, suffixes)) ||
         (is_xml && has_suffix(identity, flat));
}

bool accepts_epub(const Identity& identity) {
  constexpr std::array<std::string_view, 1> suffixes = {"epub"};
  return identity.media_type == "application/epub+zip" || (is_zip(identity) && has_suffix(identity, suffixes));
}

bool accepts_pst(const Identity& identity) {
  constexpr std::array<std::string_view, 3> suffixes = {"pst", "ost", "pab"};
  return identity.media_type == "application/vnd.ms-outlook-pst" || (identity.media_type == "application/vnd.ms-outlook" && has_suffix(identity, suffixes));
}

bool accepts_ole(const Identity& identity) {
  constexpr std::array<std::string_view, 7> types = {"application/msword",        "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
                                                     "application/vnd.ms-outlook", "application/x-msi",        "application/vnd.visio",
                                                     "application/encrypted"};
  return is_ole(identity) || is_one_of(identity.media_type, types);
}

bool accepts_rtf(const Identity& identity) { return identity.media_type == "text/rtf" || identity.media_type == "application/rtf"; }

bool accepts_tnef(const Identity& identity) {
  constexpr std::array<std::string_view, 1> suffixes = {"tnef"};
  const bool claimed = identity.claimed_type.starts_with("application/vnd.ms-tnef") || identity.claimed_type.starts_with("application/ms-tnef");
  return identity.media_type == "application/vnd.ms-tnef" || identity.media_type == "application/ms-tnef" ||
         (is_unknown(identity) && (claimed || has_suffix(identity, suffixes)));
}

bool accepts_dbx(const Identity& identity) { return identity.media_type == "application/x-outlook-express"; }

bool accepts_sqlite(const Identity& identity) {
  return identity.media_type == "application/vnd.sqlite3" || identity.media_type == "application/x-sqlite3";
}

bool accepts_sqlite_wal(const Identity& identity) { return is_unknown(identity) && identity.name.ends_with("-wal"); }
bool accepts_sqlite_journal(const Identity& identity) { return is_unknown(identity) && identity.name.ends_with("-journal"); }

// What WhatsApp calls the chats that it exports as text, in any language: the Arabic name is spelled with the same letters.
bool accepts_whatsapp_chat(const Identity& identity) {
  std::string name(identity.name.substr(identity.name.rfind('/') + 1));  // npos + 1 is 0
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  constexpr std::string_view arabic = "\xd9\x88\xd8\xa7\xd8\xaa\xd8\xb3\xd8\xa7\xd8\xa8";
  if (identity.media_type != "text/plain" || !name.ends_with(".txt")) return false;
  return name.find("whatsapp") != name.npos || name.find(arabic) != name.npos || name == "_chat.txt";
}

bool accepts_chat_json(const Identity& identity) {
  return identity.media_type == "application/x-chat-export+json" || identity.media_type == "application/x-location-history+json";
}

bool accepts_chat_html(const Identity& identity) { return identity.media_type == "application/x-chat-export+html"; }

bool accepts_android_backup(const Identity& identity) {
  return identity.media_type == "application/x-google-ab" || (is_unknown(identity) && suffix_of(identity.name) == "ab");
}

bool accepts_image(const Identity& identity) {
  constexpr std::array<std::string_view, 4> others = {"image/svg+xml", "image/svg", "image/vnd.djvu", "image/vnd.dwg"};
  return identity.media_type.starts_with("image/") && !is_one_of(identity.media_type, others);
}

bool accepts_media(const Identity& identity) {
  constexpr std::array<std::string_view, 3> types = {"application/ogg", "application/vnd.rn-realmedia", "application/mxf"};
  return identity.media_type.starts_with("audio/") || identity.media_type.starts_with("video/") || is_one_of(identity.media_type, types);
}

bool accepts_archive(const Identity& identity) {
  constexpr std::array<std::string_view, 30> types = {
      "application/zip", "application/java-archive", "application/vnd.android.package-archive", "application/x-7z-compressed",
      "application/x-rar", "application/vnd.rar", "application/x-tar", "application/x-gtar", "application/vnd.ms-cab-compressed",
      "application/x-iso9660-image", "application/x-cpio", "application/x-archive", "application/vnd.debian.binary-package",
      "application/x-lha", "application/x-lzh-compressed", "application/x-lharc", "application/x-xar", "application/warc",
      "application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz", "application/zstd", "application/x-zstd",
      "application/x-lz4", "application/x-lzip", "application/x-lzma", "application/x-compress", "application/x-ustar",
      "application/x-bzip"};
  constexpr std::array<std::string_view, 3> suffixes = {"lzma", "warc", "tar"};
  return is_one_of(identity.media_type, types) || (is_unknown(identity) && has_suffix(identity, suffixes));
}

bool accepts_parts(const Identity& identity) { return identity.media_type == "application/x-raw-disk-image"; }
bool accepts_file_system(const Identity& identity) { return identity.media_type.starts_with("application/x-volume-"); }
bool accepts_ewf(const Identity& identity) { return identity.media_type.starts_with("application/x-ewf"); }
bool accepts_qcow2(const Identity& identity) { return identity.media_type == "application/x-qemu-disk"; }
bool accepts_vmdk(const Identity& identity) { return identity.media_type == "application/x-vmdk-disk"; }
bool accepts_vhd(const Identity& identity) { return identity.media_type == "application/x-vhd-disk" || identity.media_type == "application/x-vhdx-disk"; }

constexpr Format formats[] = {
    {"pdf", 1, "pdf", accepts_pdf},         {"ooxml", 2, "office", accepts_ooxml}, {"odf", 1, "office", accepts_odf},
    {"epub", 1, "office", accepts_epub},    {"pst", 1, "mail", accepts_pst},       {"tnef", 1, "mail", accepts_tnef},
    {"dbx", 1, "mail", accepts_dbx},
    {"ole", 2, "office", accepts_ole},      {"rtf", 1, "office", accepts_rtf},     {"image", 1, "image", accepts_image},
    {"media", 1, "media", accepts_media},   {"archive", 3, "archive", accepts_archive}, {"sqlite", 2, "phone", accepts_sqlite},
    {"sqlite-wal", 2, "phone", accepts_sqlite_wal}, {"sqlite-journal", 2, "phone", accepts_sqlite_journal},
    {"whatsapp-chat", 1, "phone", accepts_whatsapp_chat}, {"chat-json", 1, "phone", accepts_chat_json},
    {"chat-html", 1, "phone", accepts_chat_html}, {"android-backup", 1, "phone", accepts_android_backup},
    {"parts", 1, "disk", accepts_parts},    {"file-system", 1, "disk", accepts_file_system},
    {"ewf", 1, "disk", accepts_ewf},        {"qcow2", 1, "disk", accepts_qcow2},   {"vmdk", 1, "disk", accepts_vmdk},
    {"vhd", 1, "disk", accepts_vhd},
};

}  // namespace

std::span<const Format> caged_formats() { return formats; }

}  // namespace evtriage
