package io.cpdevents.local.commands;

import picocli.CommandLine.Command;

/** {@code ./cpd audit}, whose work its commands do. */
@Command(
    name = "audit",
    description = "./cpd audit verify checks that nobody has changed the log of who did what")
final class AuditCommand {}
