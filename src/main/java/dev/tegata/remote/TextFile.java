package dev.tegata.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads a file that the user named, or says why it cannot be read.
public final class TextFile {
  /// Stands for standard input where a command takes it in the place of a file.
  public static final Path STANDARD_INPUT = Path.of("-");

  private static final int MAX_BYTES =
      64 << 20; // the details of a large account are some megabytes

  private TextFile() {}

  /// What `reader` makes of the text in `file`.
  ///
  /// @throws UsageFault with file, line and column when it makes nothing of it
  public static <T> T read(Path file, Function<String, T> reader) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return reader.apply(new String(System.in.readNBytes(MAX_BYTES), UTF_8));
      }
      if (Files.isDirectory(file)) {
        throw new UsageFault(file + " is a folder, not a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UsageFault(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return reader.apply(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UsageFault("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw new UsageFault(file + " is not UTF-8 text");
    } catch (YamlException e) {
      throw new UsageFault(e.in(file.toString()));
    } catch (IOException e) {
      throw new UsageFault(file + " cannot be read: " + e.getMessage());
    }
  }
}
