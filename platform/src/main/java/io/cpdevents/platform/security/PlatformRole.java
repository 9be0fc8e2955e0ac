package io.cpdevents.platform.security;

/** What a person may do for the platform itself. */
public enum PlatformRole {
  PLATFORM_ADMIN,
  PLATFORM_FINANCE,
  PLATFORM_SUPPORT
}
