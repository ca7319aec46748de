"""Forms of many pages, as data: one thing on each page, saved on each, left and resumed anywhere."""
