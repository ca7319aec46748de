"""Postcodes, catchments and the distances between homes and schools."""
