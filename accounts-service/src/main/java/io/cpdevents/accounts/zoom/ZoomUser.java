package io.cpdevents.accounts.zoom;

/** A person at Zoom. */
record ZoomUser(String id, String email) {}
