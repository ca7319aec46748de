"""Answering somebody who asks what is held about them: by when, and without telling of other people."""
