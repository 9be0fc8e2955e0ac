package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Every column that can hold what people type says in its comment whether it is about a person, and
 * then what their export and their erasure do with it: {@code SELECT declare_columns(…)} in the
 * migration that makes it.
 */
public final class PersonalColumns {

  private static final String SILENT =
      """
      SELECT c.relname || '.' || a.attname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_type t ON t.oid = a.atttypid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname NOT LIKE 'flyway%'
        AND t.typname IN ('text', '_text', 'varchar', '_varchar', 'json', 'jsonb', '_jsonb', 'inet',
                          'cidr', 'bytea', 'tsvector', 'xml')
        AND coalesce(col_description(c.oid, a.attnum), '')
            !~ '(^|; )(not personal|personal: (no )?export, (erase|keep|passing))$'
      ORDER BY 1
      """;

  private PersonalColumns() {}

  /** Fails for every column of a migrated database that says nothing. */
  public static void assertDeclared(DataSource database) {
    List<String> silent = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SILENT)) {
      while (rows.next()) {
        silent.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertThat(silent)
        .as("columns without SELECT declare_columns('…', 'table', 'column') in a migration")
        .isEmpty();
  }
}
