package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarTest {

  @TempDir private Path directory;

  @Test
  void an_executable_jar_becomes_plain_jars_in_its_order() throws IOException {
    Path jar = executableJar("io.example.Main");
    ServiceJar laidOut = ServiceJar.laidOut(jar, directory.resolve("out"));
    assertThat(laidOut.mainClass()).isEqualTo("io.example.Main");
    assertThat(laidOut.classPath())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("application.jar", "b.jar", "a.jar");
    try (JarFile application = new JarFile(laidOut.classPath().getFirst().toFile())) {
      assertThat(application.getEntry("io/example/Main.class")).isNotNull();
      assertThat(application.getEntry("application.yml")).isNotNull();
    }
    assertThat(ServiceJar.laidOut(jar, directory.resolve("out"))).isEqualTo(laidOut);
  }

  @Test
  void a_new_build_is_laid_out_beside_the_one_that_may_still_run() throws IOException {
    Path out = directory.resolve("out");
    ServiceJar former = ServiceJar.laidOut(executableJar("io.example.Main"), out);
    Path jar = executableJar("io.example.Other");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
    ServiceJar next = ServiceJar.laidOut(jar, out);
    assertThat(next.classPath()).doesNotContainAnyElementsOf(former.classPath());
    assertThat(next.mainClass()).isEqualTo("io.example.Other");
    assertThat(former.classPath()).allSatisfy(path -> assertThat(path).exists());
  }

  @Test
  void a_jar_that_cannot_run_is_refused() throws IOException {
    Path jar = executableJar(null);
    assertThatThrownBy(() -> ServiceJar.laidOut(jar, directory.resolve("out")))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("not an executable jar");
  }

  private Path executableJar(@org.jspecify.annotations.Nullable String mainClass)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (mainClass != null) {
      manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), mainClass);
    }
    Path jar = directory.resolve("service.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (String name :
          new String[] {
            "BOOT-INF/classes/io/example/Main.class",
            "BOOT-INF/classes/application.yml",
            "BOOT-INF/lib/b.jar",
            "BOOT-INF/lib/a.jar"
          }) {
        out.putNextEntry(new JarEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
