package io.cpdevents.e2e;

import io.cpdevents.driver.World;
import io.cpdevents.driver.document.DocumentCheck;
import io.cpdevents.local.LocalPlatform;

/** The platform that all journeys of a run share: started at the first use. */
public final class SharedPlatform {

  private static final TestPlatform SHARED = TestPlatform.start("platform");

  private SharedPlatform() {}

  /** The one of this run. */
  public static LocalPlatform get() {
    return SHARED.platform();
  }

  /** Its people, and everything that was acknowledged in this run. */
  public static World world() {
    return SHARED.world();
  }

  /** Whether what was asked and answered in this run is as the OpenAPI document says. */
  public static DocumentCheck document() {
    return TestPlatform.document();
  }
}
