"""Whether the tests notice when one thing of the code is changed: operators, thresholds and words, sampled."""
