package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every column that can hold what people type says in its comment whether it is about a person, and
 * then what their export and their erasure do with it: {@code SELECT declare_columns(…)} in the
 * migration that makes it.
 */
public final class PersonalColumns {

  private PersonalColumns() {}

  /** Fails for every column of a migrated database that says nothing. */
  public static void assertDeclared(JdbcClient jdbc) {
    List<String> silent =
        jdbc.sql(
                """
                SELECT c.relname || '.' || a.attname AS name
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_type t ON t.oid = a.atttypid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                  AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
                  AND c.relname NOT LIKE 'flyway%'
                  AND t.typname IN ('text', '_text', 'varchar', '_varchar', 'json', 'jsonb', '_jsonb',
                                    'inet', 'cidr', 'bytea', 'tsvector', 'xml')
                  AND coalesce(col_description(c.oid, a.attnum), '')
                      !~ '(^|; )(not personal|personal: (no )?export, (erase|keep|passing))$'
                ORDER BY 1
                """)
            .query((row, _) -> row.getString("name"))
            .list();
    assertThat(silent)
        .as("columns without SELECT declare_columns('…', 'table', 'column') in a migration")
        .isEmpty();
  }
}
