package io.cpdevents.e2e.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of who may do what: a row for every operation. The access annotations of the
 * services are its source, by the OpenAPI document; docs/permissions.md is the table for readers,
 * and {@link TenantsIT} tries every cell of it.
 */
final class Permissions {

  static final List<String> MEMBERS = List.of("owner", "admin", "finance", "staff");
  static final List<String> STAFF =
      List.of("platform-admin", "platform-finance", "platform-support");

  private static final String YES = "yes";
  private static final String NO = "";
  private static final String OWN = "own";

  private Permissions() {}

  /** The page, made from the operations. */
  static String page(List<Operation> operations) {
    StringBuilder rows = new StringBuilder();
    operations.stream()
        .filter(operation -> !operation.access().equals("public") || !operation.roles().isEmpty())
        .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
        .forEach(operation -> rows.append(row(operation)));
    String open =
        operations.stream()
            .filter(operation -> operation.access().equals("public"))
            .map(Operation::toString)
            .sorted()
            .map(operation -> "`" + operation + "`")
            .collect(Collectors.joining(" · "));
    String withoutFactor =
        operations.stream()
            .filter(operation -> operation.node().path("x-without-factor").asBoolean(false))
            .map(Operation::toString)
            .sorted()
            .map(operation -> "`" + operation + "`")
            .collect(Collectors.joining(" · "));
    return """
    # Permissions

    Who may do what. This page is made from the OpenAPI document, and the document from the access annotations at the
    endpoints (`@OrganizationEndpoint` and the like); `TenantsIT` tries every cell, so an endpoint that does otherwise, or has
    no rule, fails the build.

    `yes` in a column of the organization is about what belongs to the organization in which one has that role; whatever
    belongs to another is 404. `own` is about what is one's own: every person with a session may. The columns of the platform
    are about everybody's. A role that is missing is 403 `role-missing`, no session 401 `session-missing`. An API key belongs to an
    organization and has one of its roles: in the column *API key*, `yes` means that a key may do what its role may; otherwise it
    is 403 `api-key-refused`. The column *proof* says where one must have proved within five minutes who one is (403
    `step-up-required`): `always`, or `by-request` where it depends on what is asked for.

    Who has a role that asks for a second factor, and has proved none in the session, may call what the last line names and what is
    open to everybody; all else is 403 `factor-required`.

    | operation | anybody logged in | owner | admin | finance | staff | API key | proof | platform-admin | platform-finance | platform-support |
    |---|---|---|---|---|---|---|---|---|---|---|
    %s
    Open to everybody, with or without a session (where roles are named above, they see what is not public yet): %s

    Before a second factor that a role asks for: %s
    """
        .formatted(rows, open, withoutFactor);
  }

  private static String row(Operation operation) {
    Set<String> roles = new LinkedHashSet<>(operation.roles());
    List<String> cells = new ArrayList<>();
    cells.add("`" + operation + "`");
    cells.add(operation.access().equals("account") ? OWN : NO);
    MEMBERS.forEach(role -> cells.add(roles.contains(role) ? YES : NO));
    cells.add(operation.takesApiKeys() ? YES : NO);
    cells.add(operation.node().path("x-step-up").asString(NO));
    STAFF.forEach(role -> cells.add(roles.contains(role) ? YES : NO));
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
