package io.cpdevents.platform.test;

/**
 * A database of one test context.
 *
 * @param name unique in this JVM
 * @param url JDBC address
 * @param owner role for migrations
 * @param runtimeRole role of the running service: reads and writes rows, no DDL
 */
public record TestDatabase(
    String name,
    String url,
    String owner,
    String ownerPassword,
    String runtimeRole,
    String runtimePassword) {}
