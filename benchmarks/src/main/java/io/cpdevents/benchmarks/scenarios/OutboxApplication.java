package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.platform.test.servers.PostgresCluster;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that has nothing but what platform gives to every service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OutboxApplication {

  /** Writers of the load, and one for everything else. */
  private static final int CONNECTIONS = 6;

  /** Starts it in this process, on a database of its own. */
  static ConfigurableApplicationContext start(
      PostgresCluster postgres, String database, String kafka) {
    return new SpringApplicationBuilder(OutboxApplication.class)
        .properties(
            "spring.application.name=benchmark-service",
            "cpd.service=benchmark",
            "cpd.security.internal-token=benchmark",
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.datasource.url=" + postgres.jdbcUrl(database),
            "spring.datasource.username=" + PostgresCluster.SUPERUSER,
            "spring.datasource.password=" + postgres.superuserPassword(),
            "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS,
            "spring.kafka.bootstrap-servers=" + kafka,
            "logging.level.root=WARN",
            // A fresh topic's partitions have no leader for a moment, twelve times.
            "logging.level.org.apache.kafka=ERROR",
            "logging.level.io.cpdevents=WARN")
        .run();
  }
}
