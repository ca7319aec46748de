"""The sector's files: bytes to typed rows and findings, and back. Plain Python, worth using on its own.

Every reader is ``read_x(data: bytes) -> Reading[Row]`` in a module of its own name. A file that is not what it claims
to be raises ``FileRefused`` before anything is read; everything smaller is a ``Finding``, and the row says what was kept.
"""
