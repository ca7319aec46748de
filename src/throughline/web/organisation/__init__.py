"""Who works where: an organisation’s own staff, and the authority’s accounts."""
