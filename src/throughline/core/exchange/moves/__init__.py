"""One child's record on its way to another school or authority, until somebody there says that it has arrived."""
