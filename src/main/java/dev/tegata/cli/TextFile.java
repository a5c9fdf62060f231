package dev.tegata.cli;

import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads a file that the user named, or says why it cannot be read.
final class TextFile {
  private static final long MAX_BYTES = 4L << 20;

  private TextFile() {}

  /// What `reader` makes of the text in `file`.
  ///
  /// @throws UsageFault with file, line and column when it makes nothing of it
  static <T> T read(Path file, Function<String, T> reader) {
    try {
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
