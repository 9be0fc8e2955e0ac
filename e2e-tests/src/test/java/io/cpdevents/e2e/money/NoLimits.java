package io.cpdevents.e2e.money;

import io.cpdevents.driver.Organization;

/**
 * Organizations that publish and sell for as long as a simulation lasts: a trial ends after two
 * weeks, and no plan can be bought yet.
 */
final class NoLimits {

  private NoLimits() {}

  /** Lets it publish whatever it wants, whatever billing-service tells after that. */
  static Organization holdFor(Organization organization) {
    organization
        .world()
        .databases()
        .execute(
            "registration",
            """
            INSERT INTO entitlements (organization_id, version, plan_id)
            VALUES (?, 1000000, 'free')
            ON CONFLICT (organization_id) DO UPDATE
            SET version = 1000000, max_publications = NULL, max_registrations = NULL,
                next_look_at = NULL
            """,
            organization.id());
    return organization;
  }
}
