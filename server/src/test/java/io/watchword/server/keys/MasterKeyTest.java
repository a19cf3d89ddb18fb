package io.watchword.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

  private static final byte[] KEY = new byte[32];

  @TempDir Path folder;

  @Test
  void anAbsentFileIsRefusedAndTheMessageTellsHowToMakeOne() {
    Path file = folder.resolve("master.key");
    assertThatThrownBy(() -> MasterKey.fromFile(file))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = written(Base64.getEncoder().encodeToString(KEY));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> MasterKey.fromFile(file))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyOfAnotherLengthIsRefusedWithoutQuotingIt() throws IOException {
    String text = Base64.getEncoder().encodeToString(new byte[31]);
    Path file = written(text);
    assertThatThrownBy(() -> MasterKey.fromFile(file))
        .isInstanceOf(KeyFault.class)
        .hasMessageNotContaining(text);
    assertThatThrownBy(() -> MasterKey.fromText("the variable X", text))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("the variable X")
        .hasMessageNotContaining(text);
    Path empty = written("");
    assertThatThrownBy(() -> MasterKey.fromFile(empty)).isInstanceOf(KeyFault.class);
  }

  @Test
  void theSameKeyIsReadFromRawBytesBase64AndHexadecimal() throws IOException {
    String id = MasterKey.fromText("test", HexFormat.of().formatHex(KEY)).id();
    Path base64 = written(Base64.getEncoder().encodeToString(KEY) + "\n");
    assertThat(MasterKey.fromFile(base64).id()).isEqualTo(id);
    Path raw = written("");
    Files.write(raw, KEY);
    assertThat(MasterKey.fromFile(raw).id()).isEqualTo(id);
  }

  @Test
  void aNewFileIsPrivateAndKept() throws IOException {
    Path file = folder.resolve("new/master.key");
    MasterKey made = MasterKey.fromFileOrNew(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(MasterKey.fromFileOrNew(file, new SecureRandom()).id()).isEqualTo(made.id());
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).hasSize(1);
    }
    Path other = folder.resolve("other/master.key");
    assertThat(MasterKey.fromFileOrNew(other, new SecureRandom()).id()).isNotEqualTo(made.id());
  }

  @Test
  void aMasterKeyPrintsNothingOfItself() throws IOException {
    MasterKey key = MasterKey.fromFile(written(Base64.getEncoder().encodeToString(KEY)));
    assertThat(key.toString()).isEqualTo("MasterKey[secret]");
  }

  private Path written(String text) throws IOException {
    Path file = Files.createTempFile(folder, "master", ".key");
    return Files.writeString(file, text);
  }
}
