package dev.tegata.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// The variables that a step has before anybody sets one: a chosen few of the machine's, and none
/// of the credentials that happen to lie about there.
///
/// HOME is a folder of the job's own. What tools keep in the home folder would otherwise answer in
/// place of what is under test: the AWS CLI takes profiles from `~/.aws`, and, worse, keeps the
/// sessions it got for a role in `~/.aws/cli/cache` and uses them again, in the next run, whatever
/// the trust policy says by then. But tools are also *installed* under the home folder, behind
/// shims that look there for the rest of themselves (pyenv's `aws`, for one), so each such
/// installation is pointed at by its own variable.
final class BaseEnvironment {
  private static final Set<String> KEPT =
      Set.of(
          "PATH",
          "LANG",
          "LANGUAGE",
          "TZ",
          "USER",
          "LOGNAME",
          "SHELL",
          "TMPDIR",
          "LD_LIBRARY_PATH",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "AWS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "GIT_SSL_CAINFO",
          "NIX_SSL_CERT_FILE",
          "NODE_EXTRA_CA_CERTS",
          "PIP_CERT",
          "REQUESTS_CA_BUNDLE",
          "JAVA_HOME",
          "GOROOT");

  /// Where tools are installed that live under the home folder, by the variable that says so.
  private static final Map<String, String> INSTALLATIONS =
      Map.ofEntries(
          Map.entry("PYENV_ROOT", ".pyenv"),
          Map.entry("RBENV_ROOT", ".rbenv"),
          Map.entry("NODENV_ROOT", ".nodenv"),
          Map.entry("GOENV_ROOT", ".goenv"),
          Map.entry("ASDF_DATA_DIR", ".asdf"),
          Map.entry("MISE_DATA_DIR", ".local/share/mise"),
          Map.entry("NVM_DIR", ".nvm"),
          Map.entry("VOLTA_HOME", ".volta"),
          Map.entry("RUSTUP_HOME", ".rustup"),
          Map.entry("SDKMAN_DIR", ".sdkman"),
          Map.entry("PYTHONUSERBASE", ".local"));

  private BaseEnvironment() {}

  /// What a step has of `machine`, with `home` for its home folder.
  static SequencedMap<String, String> of(Map<String, String> machine, Path home) {
    SequencedMap<String, String> env = new LinkedHashMap<>();
    new TreeMap<>(machine)
        .forEach((name, value) -> {
          if (KEPT.contains(name.toUpperCase(Locale.ROOT)) || name.startsWith("LC_")) {
            env.put(name, value);
          }
        });
    new TreeMap<>(INSTALLATIONS)
        .forEach((name, folder) -> {
          Path usual = Path.of(machine.getOrDefault("HOME", ""), folder);
          if (machine.containsKey(name)) {
            env.put(name, machine.get(name));
          } else if (usual.isAbsolute() && Files.isDirectory(usual)) {
            env.put(name, usual.toString());
          }
        });
    if (env.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("HTTP_PROXY"))) {
      for (String name : List.of("NO_PROXY", "no_proxy")) { // the issuer and the cloud are here
        env.merge(name, "127.0.0.1,localhost", (there, here) -> there + "," + here);
      }
    }
    env.put("HOME", home.toString());
    Path aws = home.resolve(".aws");
    // for SDKs that find the home folder by another way than HOME
    env.put("AWS_CONFIG_FILE", aws.resolve("config").toString());
    env.put("AWS_SHARED_CREDENTIALS_FILE", aws.resolve("credentials").toString());
    // a cloud machine's own role would answer where the workflow has no credentials
    env.put("AWS_EC2_METADATA_DISABLED", "true");
    return env;
  }

  /// The folders of a `PATH`.
  static List<String> folders(String path) {
    return List.of(path.split(":", -1));
  }
}
