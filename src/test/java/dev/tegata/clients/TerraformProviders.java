package dev.tegata.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where Terraform finds the AWS provider: in a mirror on this machine if there is one, so that the
/// tests need no network, or else in its registry.
///
/// Source: <https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation>
final class TerraformProviders {
  private static final String AWS = "registry.terraform.io/hashicorp/aws";
  private static final String CONFIGURATION = "TF_CLI_CONFIG_FILE";

  private TerraformProviders() {}

  /// `program` with a configuration that names the mirror; the one that the machine has comes
  /// first.
  static Program reachable(Program program) {
    boolean isConfigured =
        Optional.ofNullable(System.getenv(CONFIGURATION))
            .map(Path::of)
            .filter(Files::exists)
            .isPresent();
    if (isConfigured) {
      return program;
    }
    Path file = program.folder().resolve("terraform.rc");
    try {
      Files.writeString(file, mirror().map(TerraformProviders::configuration).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return program.with(CONFIGURATION, file.toString());
  }

  private static String configuration(Path mirror) {
    return "provider_installation {\n  filesystem_mirror { path = \"" + mirror + "\" }\n}\n";
  }

  private static Optional<Path> mirror() {
    Path home = Path.of(System.getProperty("user.home"));
    Stream<Path> usual =
        Stream.of(
            home.resolve(".terraform.d/plugins"),
            home.resolve(".local/share/terraform/plugins"),
            Path.of("/usr/local/share/terraform/plugins"),
            Path.of("/usr/share/terraform/plugins"));
    return Stream.concat(usual, folders(Path.of("/opt")).stream())
        .filter(folder -> Files.isDirectory(folder.resolve(AWS)))
        .findFirst();
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
