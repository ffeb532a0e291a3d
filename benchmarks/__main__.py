"""Say what there is to run."""

print("python -m benchmarks.upload | profile | memory | startup; benchmarks/README.md tells more")
