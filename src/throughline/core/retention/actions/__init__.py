"""What is done about keeping: holds, periods, disposals, subject access packs."""
