"""Formal documents (文书): drafted by an officer, issued by a second person, filled into the
office's own templates, delivered on a day that is noted."""
