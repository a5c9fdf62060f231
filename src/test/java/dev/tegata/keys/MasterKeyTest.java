package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("master.key");
  }

  @Test
  void what_a_master_key_seals_it_opens_after_a_restart() {
    byte[] sealed = MasterKey.create(file).seal("a secret".getBytes(UTF_8), "test");
    assertThat(MasterKey.read(file).open(sealed, "test")).hasValue("a secret".getBytes(UTF_8));
  }

  @Test
  void only_its_owner_may_read_the_file() throws IOException {
    MasterKey.create(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_others_may_read_is_refused() throws IOException {
    MasterKey.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> MasterKey.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may be read by others (rw-r-----)")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_damaged_file_is_refused_without_its_content() throws IOException {
    MasterKey.create(file);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> MasterKey.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the master key `" + file + "` is damaged");
  }

  @Test
  void an_existing_key_is_never_overwritten() throws IOException {
    MasterKey.create(file);
    String before = Files.readString(file);
    assertThatThrownBy(() -> MasterKey.create(file)).isInstanceOf(UncheckedIOException.class);
    assertThat(file).hasContent(before);
  }

  @Test
  void nothing_opens_for_another_purpose_or_with_another_ring_or_altered() {
    KeyRing ring = KeyRing.create();
    byte[] sealed = ring.seal("a secret".getBytes(UTF_8), "one");
    assertThat(ring.open(sealed, "other")).isEmpty();
    assertThat(KeyRing.create().open(sealed, "one")).isEmpty();
    sealed[sealed.length - 1] ^= 1;
    assertThat(ring.open(sealed, "one")).isEmpty();
  }

  @Test
  void a_key_ring_does_not_tell_its_keys() {
    assertThat(KeyRing.create()).hasToString("KeyRing[hidden]");
  }
}
