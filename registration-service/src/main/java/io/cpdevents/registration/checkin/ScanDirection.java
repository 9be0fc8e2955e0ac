package io.cpdevents.registration.checkin;

/** Which way somebody goes through the door. */
public enum ScanDirection {
  IN,
  OUT
}
