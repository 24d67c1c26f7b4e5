// doctor: what this installation is made of, for the examiner's own records and for a second laboratory.
// Tested by tests/whole/cli_test.py.
#include "pipeline/app/commands.h"
#include "pipeline/app/plan.h"

namespace evtriage {

int command_doctor(const Typed& typed) {
  const Result<std::unique_ptr<Plan>> plan = make_plan(typed);
  if (!plan) return complain(kUsage, plan.error().detail);
  say("evtriage " EVTRIAGE_VERSION);
  say("isolation: " + (*plan)->cage->level_sentence());
  say("profile digest: " + (*plan)->profile_digest());
  say("profile (names under \"limits.\" can be set by --limits FILE):");
  const std::string text = (*plan)->profile.canonical_text();
  say(text.substr(0, text.size() - 1));
  for (const PackInfo& pack : (*plan)->rules->packs()) {
    say("rule pack " + pack.id + " " + pack.version + ": " + std::to_string(pack.rules) + " rules");
  }
  return kComplete;
}

}  // namespace evtriage
