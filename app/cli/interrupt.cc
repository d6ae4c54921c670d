#include "app/cli/interrupt.h"

namespace sqlenv::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
volatile std::sig_atomic_t g_seen = 0;

void note(int) { g_seen = 1; }

}  // namespace

Interrupt::Interrupt() {
  g_seen = 0;
  struct sigaction action = {};
  action.sa_handler = note;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < 3; ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    // nohup starts programs with the signal ignored, which is kept.
    if (before_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

Interrupt::~Interrupt() {
  for (int i = 0; i < 3; ++i) sigaction(kSignals[i], &before_[i], nullptr);
}

bool Interrupt::seen() { return g_seen != 0; }

}  // namespace sqlenv::cli
