"""Side-by-side figures: `python -m benchmarks` (`make bench`). Ratios hold on other machines; seconds do not."""
