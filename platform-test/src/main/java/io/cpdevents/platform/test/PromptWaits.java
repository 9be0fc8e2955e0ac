package io.cpdevents.platform.test;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets tests look at once for what they wait for, and then often. Awaitility's own default, a tenth
 * of a second before the first look and between looks, was minutes of a build: most of what is
 * waited for is there after some milliseconds.
 */
public final class PromptWaits implements LauncherSessionListener {

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(LOOK_EVERY);
  }
}
