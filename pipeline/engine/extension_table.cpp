// What an extension may hold.  Only extensions whose formats all have a look of their own are listed: an
// extension that anybody uses for anything (dat, bin, db, tmp, log of binary records) can never lie.
// Tested by tests/pipeline/engine/identify_test.cpp.
#include <algorithm>
#include <string>

#include "pipeline/engine/identify.h"
#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

struct Extension {
  std::string_view extension;
  std::uint32_t families;
};

constexpr std::uint32_t old_office = family_ole | family_zip | family_rtf | family_text;

constexpr Extension extensions[] = {
    {"7z", family_archive},      {"aac", family_media},       {"accdb", family_database},
    {"apk", family_zip},         {"avi", family_media},       {"avif", family_image},
    {"bmp", family_image},       {"bz2", family_archive},     {"csv", family_text},
    {"dll", family_program},     {"doc", old_office},         {"docm", family_zip | family_ole},
    {"docx", family_zip | family_ole},                        {"eml", family_text},
    {"epub", family_zip},        {"exe", family_program},     {"flac", family_media},
    {"gif", family_image},       {"gz", family_archive},      {"heic", family_image | family_media},
    {"heif", family_image | family_media},                    {"htm", family_text},
    {"html", family_text},       {"jar", family_zip},         {"jpeg", family_image},
    {"jpg", family_image},       {"json", family_text},       {"m4a", family_media},
    {"m4v", family_media},       {"mbox", family_text},       {"md", family_text},
    {"mkv", family_media},       {"mov", family_media},       {"mp3", family_media},
    {"mp4", family_media},       {"msg", family_ole | family_text},
    {"odp", family_zip},         {"ods", family_zip},         {"odt", family_zip},
    {"ogg", family_media},       {"opus", family_media},      {"pdf", family_pdf},
    {"png", family_image},       {"ppt", old_office},         {"pptx", family_zip | family_ole},
    {"rar", family_archive},     {"rtf", family_rtf | family_text},
    {"sqlite", family_database}, {"sqlite3", family_database}, {"tar", family_archive},
    {"tgz", family_archive},     {"tif", family_image},       {"tiff", family_image},
    {"txt", family_text | family_rtf},                        {"vcf", family_text},
    {"wav", family_media},       {"webm", family_media},      {"webp", family_image},
    {"wma", family_media},       {"wmv", family_media},       {"xhtml", family_text},
    {"xls", old_office},         {"xlsm", family_zip | family_ole},
    {"xlsx", family_zip | family_ole},                        {"xml", family_text},
    {"xz", family_archive},      {"zip", family_zip | family_archive},
    {"zst", family_archive},
};

struct TypeFamily {
  std::string_view type;
  Family family;
};

constexpr TypeFamily types[] = {
    {"application/epub+zip", family_zip},
    {"application/gzip", family_archive},
    {"application/java-archive", family_zip},
    {"application/javascript", family_text},
    {"application/json", family_text},
    {"application/mbox", family_text},
    {"application/msword", family_ole},
    {"application/octet-stream", family_unknown},
    {"application/pdf", family_pdf},
    {"application/vnd.android.package-archive", family_zip},
    {"application/vnd.microsoft.portable-executable", family_program},
    {"application/vnd.ms-excel", family_ole},
    {"application/vnd.ms-outlook", family_ole},
    {"application/vnd.ms-powerpoint", family_ole},
    {"application/vnd.rar", family_archive},
    {"application/vnd.sqlite3", family_database},
    {"application/x-7z-compressed", family_archive},
    {"application/x-bzip2", family_archive},
    {"application/x-chat-export+html", family_text},
    {"application/x-chat-export+json", family_text},
    {"application/x-dosexec", family_program},
    {"application/x-executable", family_program},
    {"application/x-location-history+json", family_text},
    {"application/x-mach-binary", family_program},
    {"application/x-ms-shortcut", family_program},
    {"application/x-msaccess", family_database},
    {"application/x-ndjson", family_text},
    {"application/x-object", family_program},
    {"application/x-ole-storage", family_ole},
    {"application/x-pie-executable", family_program},
    {"application/x-rar", family_archive},
    {"application/x-sharedlib", family_program},
    {"application/x-sqlite3", family_database},
    {"application/x-tar", family_archive},
    {"application/x-xz", family_archive},
    {"application/zip", family_zip},
    {"application/zstd", family_archive},
    {"application/CDFV2", family_ole},
    {"image/svg+xml", family_text},
    {"message/rfc822", family_text},
    {"text/rtf", family_rtf},
};

}  // namespace

Family family_of(std::string_view type) {
  for (const TypeFamily& known : types) {
    if (type == known.type) return known.family;
  }
  if (type.starts_with("application/vnd.openxmlformats-") || type.starts_with("application/vnd.oasis.opendocument.")) {
    return family_zip;
  }
  if (type.starts_with("text/") || type.starts_with("message/")) return family_text;
  if (type.starts_with("image/")) return family_image;
  if (type.starts_with("audio/") || type.starts_with("video/")) return family_media;
  if (type.starts_with("font/")) return family_font;
  return family_unknown;
}

std::uint32_t families_of_extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name.size() - dot > 8) return 0;
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto* const found = std::lower_bound(std::begin(extensions), std::end(extensions), extension,
                                             [](const Extension& a, const std::string& b) { return a.extension < b; });
  return found != std::end(extensions) && found->extension == extension ? found->families : 0;
}

bool is_opaque(std::string_view type) {
  const Family family = family_of(type);
  if (type == "application/x-tar" || type == "image/svg+xml" || type == "image/bmp" || type == "image/x-ms-bmp") return false;
  return family == family_image || family == family_media || family == family_zip || family == family_archive;
}

}  // namespace evtriage
