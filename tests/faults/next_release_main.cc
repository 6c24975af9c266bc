// Starts intake as the next release could be.
#include "faults/next_release.h"
#include "intake/main/run_intake.h"

int main(int argc, char** argv) { return jixiao::intake::RunIntake(argc, argv, jixiao::faults::StepsOfNextRelease()); }
