// ZIP files of stored members, made without a library, so that a test can lie in each field.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evtriage::office_test {

inline std::uint32_t crc_of(std::string_view bytes) {  // ISO 3309, bit by bit
  std::uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

inline std::string little(std::uint64_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xff : 0);
  return out;
}

struct Member {
  std::string name, bytes;
  unsigned flags = 0, method = 0;
  std::uint32_t claimed_size = 0;  // 0: the true one
  std::string own_name = {};       // in the local header, if another
};

inline std::string zip(const std::vector<Member>& members) {
  std::string out, directory;
  for (const Member& member : members) {
    const std::uint64_t at = out.size(), size = member.claimed_size != 0 ? member.claimed_size : member.bytes.size();
    const std::string own = member.own_name.empty() ? member.name : member.own_name;
    const std::string common = little(20, 2) + little(member.flags, 2) + little(member.method, 2) + little(0, 4) + little(crc_of(member.bytes), 4) +
                               little(member.bytes.size(), 4) + little(size, 4);
    out += "PK\3\4" + common + little(own.size(), 2) + little(0, 2) + own + member.bytes;
    directory += "PK\1\2" + little(20, 2) + common + little(member.name.size(), 2) + little(0, 12) + little(at, 4) + member.name;
  }
  const std::string end = "PK\5\6" + little(0, 4) + little(members.size(), 2) + little(members.size(), 2) + little(directory.size(), 4) + little(out.size(), 4) + little(0, 2);
  return out + directory + end;
}

}  // namespace evtriage::office_test
