package io.cpdevents.platform.test;

import java.util.ServiceLoader;

/**
 * The servers that tests need, started once for a JVM. {@link EmbeddedInfrastructure} is used
 * unless another implementation is named in {@code META-INF/services}, for example one with
 * Testcontainers.
 */
public interface Infrastructure {

  /** A fresh, empty database with its two roles. */
  TestDatabase createDatabase();

  /** Removes a database of {@link #createDatabase()}. */
  void dropDatabase(TestDatabase database);

  /** Kafka's address. Every topic of the contracts' table exists there. */
  String bootstrapServers();

  /** The one of this JVM. */
  static Infrastructure shared() {
    return Shared.INSTANCE;
  }

  /** Starts it at the first use. */
  final class Shared {
    private static final Infrastructure INSTANCE =
        ServiceLoader.load(Infrastructure.class)
            .findFirst()
            .orElseGet(EmbeddedInfrastructure::start);

    private Shared() {}
  }
}
