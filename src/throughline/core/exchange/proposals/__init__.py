"""A file about children, from arriving to being on the record or taken back again. See ``proposal_tables``."""
