"""The trail, for whoever answers for the data: searching it, one event, and who saw one child."""
