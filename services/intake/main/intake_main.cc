// Starts the intake service.
#include "intake/main/run_intake.h"

int main(int argc, char** argv) { return jixiao::intake::RunIntake(argc, argv, jixiao::intake::ReleasedSteps()); }
