"""The common day step: one invented workload with the same rules in glasstown's engine idiom, in C++ and in Mesa."""
