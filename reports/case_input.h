// What every report is made from, and where its bytes go.
// Tested by tests/reports/html_test.cpp and tests/whole/exchange_test.py.
#pragma once
#include <functional>
#include <string_view>

#include "pipeline/custody/custody.h"
#include "pipeline/store/store.h"
#include "reports/custody_view.h"
#include "reports/strings.h"

namespace evtriage::reports {

using Sink = std::function<void(std::string_view)>;

struct CaseInput {
  CaseReader* reader = nullptr;
  CustodyView custody;
  Result<Seal> seal = Error{};
  Language language = Language::en;
};

}  // namespace evtriage::reports
