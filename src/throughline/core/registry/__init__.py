"""What a module may add: one page of typed sockets, checked when Throughline starts, then sealed."""
