// CSV and JSON Lines of every table: same rows, no formula, no control; python3's csv module as judge.
#include "reports/tables.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/core/text.h"
#include "reports/json_read.h"
#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string table_text(const std::string& dir, std::string_view table, bool csv) {
  auto reader = open_case(dir + "/results.sqlite");
  if (!reader) return {};
  std::string out;
  const auto done = (csv ? write_csv : write_json_lines)(**reader, dir + "/custody.jsonl", table, [&](std::string_view bytes) {
    out += bytes;
    return true;
  });
  EXPECT_TRUE(done) << table;
  return out;
}

TEST(Tables, EveryTableOfTheStoreCanBeExported) {
  const auto exported = exported_tables();
  for (const auto table : table_names()) EXPECT_NE(std::find(exported.begin(), exported.end(), table), exported.end()) << table;
}

TEST(Tables, CsvHasTheContractsColumnsInOrder) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  EXPECT_THAT(table_text(sample.dir(), "contacts", true), testing::StartsWith("\xEF\xBB\xBFid,type,value,country,countries,confidence,mentions,items,first_item,label\r\n"));
  EXPECT_THAT(table_text(sample.dir(), "contacts", true), HasSubstr("phone,'+12025550143,US"));
  EXPECT_THAT(table_text(sample.dir(), "findings", true), HasSubstr("T02; T03"));
  EXPECT_THAT(table_text(sample.dir(), "events", true), HasSubstr("case_number=2026-014"));
}

TEST(Tables, FieldsAreThoseOfTheCanonicalLine) {
  const test::SampleCase sample(true);
  ASSERT_EQ(sample.problem(), "");
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  for (const auto table : table_names()) {
    using Fields = std::vector<std::tuple<std::string, std::string, bool>>;
    std::vector<Fields> of_lines, of_rows;
    ASSERT_TRUE((*reader)->each_line(table, [&](std::string_view line) {
      const auto object = read_json_object(line);
      EXPECT_TRUE(object) << line;
      Fields& fields = of_lines.emplace_back();
      for (const JsonField& one : *object) fields.emplace_back(one.key, one.text, one.kind == 'a' || one.kind == 'o');
      return true;
    }));
    ASSERT_TRUE((*reader)->each_row(table, [&](std::span<const CaseReader::Field> row) {
      Fields& fields = of_rows.emplace_back();
      for (const auto& one : row) fields.emplace_back(one.name, one.text, one.is_json);
      std::sort(fields.begin(), fields.end());
      return true;
    }));
    for (Fields& fields : of_lines) std::sort(fields.begin(), fields.end());
    EXPECT_EQ(of_rows, of_lines) << table;
  }
}

TEST(Tables, HostileCellsAreHarmless) {
  const test::SampleCase sample(true);
  ASSERT_EQ(sample.problem(), "");
  for (const auto table : exported_tables()) {
    const auto csv = table_text(sample.dir(), table, true);
    EXPECT_TRUE(is_valid_utf8(csv)) << table;
    EXPECT_THAT(csv, Not(HasSubstr("\u202e"))) << table;
    for (const unsigned char c : csv) ASSERT_TRUE(c >= 0x20 || c == '\n' || c == '\r') << table;
    EXPECT_THAT(csv, Not(HasSubstr("\n=")));
    EXPECT_THAT(csv, Not(HasSubstr(",=")));
    EXPECT_THAT(csv, Not(HasSubstr(",@")));
    EXPECT_THAT(csv, Not(HasSubstr(",\"=")));
  }
}

TEST(Tables, UnknownTablesAreRefusedWithTheKnownOnes) {
  const test::SampleCase sample;
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  const auto refused = write_csv(**reader, "", "passwords", [](std::string_view) { return true; });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::unsupported);
  EXPECT_THAT(refused.error().detail, HasSubstr("contacts"));
}

TEST(Tables, AReaderThatWantsNoMoreEndsTheWalk) {
  const test::SampleCase sample;
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  int calls = 0;
  EXPECT_TRUE(write_csv(**reader, "", "items", [&](std::string_view) { return ++calls < 2; }));
  EXPECT_EQ(calls, 2);
}

// Every CSV row, read by python3, must say what the JSON line says.
constexpr const char* judge = R"py(
import csv, json, sys
folder = sys.argv[1]
for table in sys.argv[2:]:
    lines = [json.loads(l) for l in open(f"{folder}/{table}.jsonl", encoding="utf-8")]
    with open(f"{folder}/{table}.csv", encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f, strict=True))
    assert len(rows) == len(lines), (table, len(rows), len(lines))
    for row, line in zip(rows, lines):
        for key, cell in row.items():
            value = line.get(key)
            if table == "events" and key == "fields": continue
            if value is None: want = ""
            elif isinstance(value, bool): want = str(value).lower()
            elif isinstance(value, list): want = "; ".join(map(str, value))
            elif isinstance(value, dict): want = None
            else: want = str(value)
            if want is None: assert json.loads(cell) == value, (table, key, cell)
            else: assert cell.lstrip("'") == want.replace("\t", " "), (table, key, cell, want)
)py";

TEST(Tables, PythonReadsTheCsvBack) {
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "no python3";
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  std::string command = "python3 '" + sample.dir() + "/judge.py' '" + sample.dir() + "'";
  std::ofstream(sample.dir() + "/judge.py") << judge;
  for (const auto table : exported_tables()) {
    for (const bool csv : {false, true}) {
      std::ofstream(sample.dir() + "/" + std::string(table) + (csv ? ".csv" : ".jsonl"), std::ios::binary) << table_text(sample.dir(), table, csv);
    }
    command += " " + std::string(table);
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace evtriage::reports
