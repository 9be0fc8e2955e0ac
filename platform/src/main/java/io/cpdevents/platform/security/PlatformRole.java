package io.cpdevents.platform.security;

/** A person's role on the platform itself. */
public enum PlatformRole {
  PLATFORM_ADMIN,
  PLATFORM_FINANCE,
  PLATFORM_SUPPORT
}
