"""Speed and memory, measured in one run on one machine that is named beside the figures."""
