"""Behind `themes` and `claims`: the pattern language, and who says what of whom, where and when."""
