"""The look: page layouts, template tags, form rendering, charts and maps, made once for every portal and module."""
