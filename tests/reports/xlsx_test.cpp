// The workbook: the same case gives the same bytes, full sheets go on on the next one, openpyxl reads it all.
#include "reports/xlsx.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

std::string workbook(const test::SampleCase& sample, const std::string& name, std::uint32_t rows = sheet_rows) {
  auto reader = open_case(sample.dir() + "/results.sqlite");
  if (!reader) return {};
  const std::string file = sample.dir() + "/" + name;
  const CaseInput input{reader->get(), read_custody(sample.dir() + "/custody.jsonl"), read_seal(sample.dir()), Language::en};
  const auto written = write_xlsx(input, file, sample.dir(), rows);
  EXPECT_TRUE(written) << (written ? "" : written.error().detail);
  return file;
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Xlsx, SameCaseSameBytes) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  const auto one = bytes_of(workbook(sample, "one.xlsx"));
  EXPECT_GT(one.size(), 5000u);
  EXPECT_TRUE(one == bytes_of(workbook(sample, "two.xlsx")));
}

TEST(Xlsx, AFolderThatIsNotThereIsAnError) {
  const test::SampleCase sample;
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  const CaseInput input{reader->get(), read_custody(sample.dir() + "/custody.jsonl"), read_seal(sample.dir()), Language::en};
  EXPECT_FALSE(write_xlsx(input, sample.dir() + "/none/case.xlsx", sample.dir()));
}

// Every row of every table stands in its sheets, in order, and no cell is a formula.
constexpr const char* judge = R"py(
import json, subprocess, sys
import openpyxl
book_file, folder, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
book = openpyxl.load_workbook(book_file)
assert book.sheetnames[0] == "about", book.sheetnames
for sheet in book:
    assert sheet.title == "about" or sheet.max_row <= rows, (sheet.title, sheet.max_row)
    for row in sheet.iter_rows():
        for cell in row: assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
about = [[c.value for c in row] for row in book["about"].iter_rows()]
for name in ("items", "contacts", "findings", "exhibits", "mentions"):
    lines = [json.loads(l) for l in open(f"{folder}/{name}.jsonl", encoding="utf-8")]
    got = []
    sheets = [s for s in book.sheetnames if s == name or s.startswith(name + " (")]
    for number, title in enumerate(sheets):
        table = [[c.value for c in row] for row in book[title].iter_rows()]
        if number + 1 < len(sheets):
            assert table[-1][0] == f'continued on sheet "{sheets[number + 1]}"', table[-1]
            table.pop()
        assert any(r[0] == title and r[1] == name and r[3] - r[2] + 1 == len(table) - 1 for r in about), (title, about)
        got += [dict(zip(table[0], row)) for row in table[1:]]
    assert len(got) == len(lines), (name, len(got), len(lines))
    for row, line in zip(got, lines):
        for key, value in line.items():
            if key not in row: continue
            cell = row[key]
            if isinstance(value, list): value = "; ".join(map(str, value)) or None
            if isinstance(value, (dict,)): assert json.loads(cell) == value; continue
            if value == "": value = None
            assert cell == value, (name, key, cell, value)
)py";

TEST(Xlsx, OpenpyxlReadsEveryRow) {
  if (std::system("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null") != 0) GTEST_SKIP() << "no openpyxl";
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  std::ofstream(sample.dir() + "/judge.py") << judge;
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  for (const auto table : table_names()) {
    std::ofstream lines(sample.dir() + "/" + std::string(table) + ".jsonl", std::ios::binary);
    ASSERT_TRUE((*reader)->each_line(table, [&](std::string_view line) { lines << line << '\n'; return true; }));
  }
  for (const std::uint32_t rows : {sheet_rows, 5u, 4u}) {
    const auto file = workbook(sample, "case.xlsx", rows);
    EXPECT_EQ(std::system(("/usr/bin/python3 '" + sample.dir() + "/judge.py' '" + file + "' '" + sample.dir() + "' " + std::to_string(rows)).c_str()), 0) << rows;
  }
}

TEST(Xlsx, HostileEvidenceIsTextInReadableCells) {
  if (std::system("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null") != 0) GTEST_SKIP() << "no openpyxl";
  const test::SampleCase sample(true);
  ASSERT_EQ(sample.problem(), "");
  std::ofstream(sample.dir() + "/judge.py") << R"py(
import sys, openpyxl
seen = 0
for sheet in openpyxl.load_workbook(sys.argv[1]):
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.value
            if isinstance(cell.value, str):
                assert "\u202e" not in cell.value and all(c >= " " or c == "\n" for c in cell.value), repr(cell.value)
                seen += "=HYPERLINK" in cell.value
                assert not cell.value.startswith("=") or cell.number_format == "@"
assert seen > 5, seen
)py";
  EXPECT_EQ(std::system(("/usr/bin/python3 '" + sample.dir() + "/judge.py' '" + workbook(sample, "hostile.xlsx") + "'").c_str()), 0);
}

}  // namespace
}  // namespace evtriage::reports
