package dev.tegata.runner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The folders of one job, which go when it is over.
record JobFolder(
    Path root, Path workspace, Path temp, Path home, Path toolCache, Consumer<String> complaint)
    implements AutoCloseable {

  /// Makes the folders of a job in the repository `name`. `complaint` is told when they cannot be
  /// deleted, since a step may have had another user write there.
  static JobFolder create(String name, Consumer<String> complaint) throws IOException {
    Path root = Files.createTempDirectory("tegata-job-").toRealPath();
    JobFolder folder =
        new JobFolder(
            root,
            root.resolve("work").resolve(name).resolve(name),
            root.resolve("temp"),
            root.resolve("home"),
            root.resolve("tools"),
            complaint);
    Files.createDirectories(folder.workspace);
    Files.createDirectories(folder.temp.resolve("_runner_file_commands"));
    Files.createDirectories(folder.temp.resolve("_github_workflow"));
    Files.createDirectories(folder.home);
    Files.createDirectories(folder.toolCache);
    return folder;
  }

  Path eventFile() {
    return temp.resolve("_github_workflow").resolve("event.json");
  }

  /// The file of a step by which it tells the runner something, such as `set_env_3`.
  Path commandFile(String prefix, int step) {
    return temp.resolve("_runner_file_commands").resolve(prefix + "_" + step);
  }

  /// Deletes everything, also from folders that a step has made read-only.
  @Override
  public void close() {
    try {
      delete(root);
    } catch (IOException e) {
      complaint.accept("`%s` cannot be deleted: %s".formatted(root, e.getMessage()));
    }
  }

  /// Deletes a folder with everything in it, if it is there.
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
