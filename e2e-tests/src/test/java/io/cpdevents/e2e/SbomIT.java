package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.test.HouseDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who asks what a service consists of, because some library has a weakness, is told the truth. */
class SbomIT {

  private static final String LIBRARIES = "BOOT-INF/lib/";

  /** They have no code, only dependencies, so Spring Boot leaves them out of the jar. */
  private static final String STARTER = "spring-boot-starter";

  /** Takes the jar apart for its image; Spring Boot adds it, and no service runs it. */
  private static final String UNPACKER = "spring-boot-jarmode-tools-";

  private static final String SBOM = "META-INF/sbom/application.cdx.json";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway",
        "accounts-service",
        "registration-service",
        "billing-service",
        "payout-service",
        "notification-service"
      })
  void the_bill_of_materials_names_every_library_in_the_jar_and_nothing_else(String service)
      throws Exception {
    boolean offline = System.getProperty("cpd.offline", "").endsWith("true");
    assumeFalse(offline, "offline, Maven makes no bill of materials");
    try (JarFile jar = new JarFile(jarOf(service).toFile())) {
      JsonNode sbom = sbomIn(jar);

      assertThat(sbom.path("bomFormat").asString("")).isEqualTo("CycloneDX");
      assertThat(sbom.path("metadata").path("component").path("name").asString(""))
          .isEqualTo(service);
      Map<String, String> named = named(sbom);
      named.keySet().removeIf(name -> name.startsWith(STARTER));
      Map<String, String> held = held(jar);
      held.keySet().removeIf(name -> name.startsWith(UNPACKER));
      assertThat(named.keySet()).isEqualTo(held.keySet()).hasSizeGreaterThan(50);
      assertThat(named).isEqualTo(held);
      assertThat(sbom.path("components").toString()).contains("\"purl\":\"pkg:maven/");
    }
  }

  private static Path jarOf(String service) throws IOException {
    try (Stream<Path> files = Files.list(HouseDocs.repositoryRoot().resolve(service + "/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(service + "-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode sbomIn(JarFile jar) throws IOException {
    List<JarEntry> found = jar.stream().filter(entry -> entry.getName().endsWith(SBOM)).toList();
    assertThat(found).hasSize(1);
    return ContractsJson.mapper().readTree(jar.getInputStream(found.getFirst()).readAllBytes());
  }

  /** The hash of each library by its file's name, as the bill of materials tells it. */
  private static Map<String, String> named(JsonNode sbom) {
    Map<String, String> named = new TreeMap<>();
    for (JsonNode component : sbom.path("components")) {
      Set<String> hashes = new TreeSet<>();
      component
          .path("hashes")
          .forEach(hash -> {
            if (hash.path("alg").asString("").equals("SHA-256")) {
              hashes.add(hash.path("content").asString(""));
            }
          });
      named.put(
          component.path("name").asString("") + "-" + component.path("version").asString(""),
          String.join(",", hashes));
    }
    return named;
  }

  private static Map<String, String> held(JarFile jar)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> held = new TreeMap<>();
    for (JarEntry entry : jar.stream().toList()) {
      String name = entry.getName();
      if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(jar.getInputStream(entry).readAllBytes());
        held.put(
            name.substring(LIBRARIES.length(), name.length() - ".jar".length()),
            HexFormat.of().formatHex(digest));
      }
    }
    return held;
  }
}
