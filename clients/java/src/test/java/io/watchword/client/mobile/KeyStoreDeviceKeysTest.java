package io.watchword.client.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a file, and in a store that the platform has. */
@Timeout(60)
class KeyStoreDeviceKeysTest {

  private static final char[] PASSWORD = "correct horse".toCharArray();
  private static final SignedText TEXT =
      new SignedText.Claim("server", "login", "device", "key", "profile", "code", "camera", "n");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("keys.p12");
  }

  private static void assertSigns(DeviceKeyHolder keys, String name, ECPublicKey key)
      throws GeneralSecurityException {
    DeviceKey device = DeviceKey.of(key);
    for (int i = 0; i < 64; i++) {
      byte[] signature = keys.sign(name, TEXT.bytes());
      assertThat(signature).hasSize(64);
      assertThat(device.verifies(TEXT, signature)).isTrue();
    }
  }

  @Test
  void aKeyComesBackFromTheFile() throws Exception {
    KeyStoreDeviceKeys keys = KeyStoreDeviceKeys.ofFile(file(), PASSWORD);
    ECPublicKey first = keys.create("first");
    keys.create("second");
    keys.delete("second");
    keys.delete("never-there");
    KeyStoreDeviceKeys again = KeyStoreDeviceKeys.ofFile(file(), PASSWORD);
    assertThat(again.find("first")).contains(first);
    assertThat(again.find("second")).isEmpty();
    assertSigns(again, "first", first);
    assertThatThrownBy(() -> again.sign("second", TEXT.bytes()))
        .isInstanceOf(InvalidKeyException.class);
    Certificate certificate = certificate("first");
    certificate.verify(certificate.getPublicKey());
  }

  private Certificate certificate(String name) throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(file().toFile(), PASSWORD).getCertificate(name);
  }

  @Test
  void anotherPasswordOpensNothing() throws Exception {
    KeyStoreDeviceKeys.ofFile(file(), PASSWORD).create("first");
    assertThatThrownBy(() -> KeyStoreDeviceKeys.ofFile(file(), "wrong".toCharArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void onlyTheOwnerReadsTheFiles() throws Exception {
    KeyStoreDeviceKeys.ofFile(file(), PASSWORD).create("first");
    EnrollmentFile enrollments = new EnrollmentFile(folder.resolve("enrollments.json"));
    enrollments.write("W8DUJ2", "{}");
    for (Path file : new Path[] {file(), folder.resolve("enrollments.json")}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aStoreOfThePlatformMakesItsOwnKeys() throws Exception {
    KeyStore platform = KeyStore.getInstance("PKCS12");
    platform.load(null, null);
    KeyStoreDeviceKeys keys =
        KeyStoreDeviceKeys.of(
            platform,
            PASSWORD,
            (store, name) -> {
              KeyPair pair = InMemoryDeviceKeys.generate();
              Certificate[] chain = {SelfSigned.of(pair, "platform")};
              store.setKeyEntry(name, pair.getPrivate(), PASSWORD, chain);
            });
    assertSigns(keys, "made-inside", keys.create("made-inside"));
    assertThat(platform.containsAlias("made-inside")).isTrue();
    KeyStoreDeviceKeys soft = KeyStoreDeviceKeys.of(platform, PASSWORD);
    assertSigns(soft, "made-outside", soft.create("made-outside"));
  }

  @Test
  void aKeyInMemorySigns() throws Exception {
    InMemoryDeviceKeys keys = new InMemoryDeviceKeys();
    assertSigns(keys, "first", keys.create("first"));
    keys.delete("first");
    assertThat(keys.find("first")).isEmpty();
    assertThatThrownBy(() -> keys.sign("first", TEXT.bytes()))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void enrollmentsComeBackFromTheFile() throws Exception {
    Path file = folder.resolve("enrollments.json");
    EnrollmentFile store = new EnrollmentFile(file);
    assertThat(store.profiles()).isEmpty();
    store.forget("W8DUJ2");
    store.write("W8DUJ2", "{\"a\":\"\u00e9\"}");
    store.write("OTHER", "{}");
    store.write("OTHER", "{\"b\":1}");
    EnrollmentFile again = new EnrollmentFile(file);
    assertThat(again.profiles()).containsExactlyInAnyOrder("W8DUJ2", "OTHER");
    assertThat(again.read("W8DUJ2")).hasValue("{\"a\":\"\u00e9\"}");
    assertThat(again.read("OTHER")).hasValue("{\"b\":1}");
    again.forget("OTHER");
    assertThat(store.read("OTHER")).isEmpty();
    Files.writeString(file, "damaged");
    assertThatThrownBy(() -> store.read("W8DUJ2")).isInstanceOf(IOException.class);
  }

  @Test
  void anAppThatStartsAgainAnswersWithTheKeysOfItsFiles() throws Exception {
    EnrollmentFile enrollments = new EnrollmentFile(folder.resolve("enrollments.json"));
    try (MobileCounterpart server = new MobileCounterpart();
        AppUnderTest app = new AppUnderTest()) {
      try (MobileAuthClient client =
          new MobileAuthClient(
              app.config(server.url())
                  .keys(KeyStoreDeviceKeys.ofFile(file(), PASSWORD), enrollments)
                  .build())) {
        client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
        client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
      }
      assertThat(KeyStore.getInstance(file().toFile(), PASSWORD).size()).isEqualTo(1);
      try (MobileAuthClient client =
          new MobileAuthClient(
              app.config(server.url())
                  .keys(KeyStoreDeviceKeys.ofFile(file(), PASSWORD), enrollments)
                  .build())) {
        client.handleMobileAuthWithOtp(server.code(), app);
        app.next().callback().acceptAuthenticationRequest();
        assertThat(app.untilTheEnd()).containsExactly("start", "finish", "success");
        client.disenroll().get(10, TimeUnit.SECONDS);
      }
      assertThat(KeyStore.getInstance(file().toFile(), PASSWORD).size()).isZero();
    }
  }

  @Test
  void aStoreThatIsDamagedIs8000() throws Exception {
    Path file = folder.resolve("enrollments.json");
    Files.writeString(file, "damaged");
    try (MobileCounterpart server = new MobileCounterpart();
        AppUnderTest app = new AppUnderTest();
        MobileAuthClient client =
            new MobileAuthClient(
                app.config(server.url()).keys(app.memory, new EnrollmentFile(file)).build())) {
      client.handleMobileAuthWithOtp(server.code(), app);
      assertThat(app.untilTheEnd()).containsExactly("error 8000");
    }
  }
}
