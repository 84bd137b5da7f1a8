"""Notices at the publishing desk: drafts, two people, the hour of publication, withdrawal."""
