"""Files that staff send with what they write, and read: the field, the pages, and evidence."""
