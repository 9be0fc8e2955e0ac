package io.cpdevents.e2e;

import io.cpdevents.contracts.Topic;
import io.cpdevents.driver.World;
import io.cpdevents.driver.inside.Databases;
import io.cpdevents.local.LocalPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** All that a platform has written down; a reader is handed each place and its text. */
record Written(LocalPlatform platform, World world) {

  void inLogs(BiConsumer<String, String> reader) {
    try (Stream<Path> logs = Files.walk(platform.options().home().resolve("logs"))) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
          lines.forEach(line -> reader.accept(log.getFileName().toString(), line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void onTopics(BiConsumer<String, String> reader) {
    world.topics().read(List.of(Topic.values()), reader);
  }

  void inDatabases(BiConsumer<String, String> reader) {
    for (String database : Databases.OF_SERVICES) {
      for (List<String> table :
          world
              .databases()
              .texts(
                  database,
                  """
                  SELECT c.table_name,
                    string_agg(CASE WHEN c.data_type = 'bytea'
                      THEN format('coalesce(encode(%1$I, ''escape''), '''')', c.column_name)
                      ELSE format('coalesce(%1$I::text, '''')', c.column_name) END,
                      ' || chr(10) || ')
                  FROM information_schema.columns c JOIN information_schema.tables t
                    USING (table_schema, table_name)
                  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  GROUP BY c.table_name
                  """)) {
        String name = database + "." + table.get(0);
        world
            .databases()
            .texts(database, "SELECT " + table.get(1) + " FROM \"" + table.get(0) + "\"")
            .forEach(row -> reader.accept(name, row.getFirst()));
      }
    }
  }
}
